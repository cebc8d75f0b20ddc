package gradus.text.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.io.FormatException;
import gradus.text.training.TextBlocks;
import gradus.text.training.TokenSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phrases against what gensim 4.2 gives for the same sentences. */
class PhrasesTest {

  private static final List<List<String>> SENTENCES =
      """
      the bank of america lends in new york
      she moved to new york in may
      new york is not york
      he met her in the bank of the river
      machine learning is learning by machine
      the bank of america hires for machine learning
      york is old and new york is new
      a machine in new york learns machine learning
      of the bank of america and of machine learning
      in the new year the bank of england lends
      the river of new york
      learning new york by heart
      """
          .lines()
          .map(line -> List.of(line.split(" ")))
          .toList();

  private static final Corpus CORPUS = Corpus.of(SENTENCES);

  @TempDir Path folder;

  private static void check(
      PhrasesTransformation phrases, Map<String, Double> scores, String... joined) {
    Map<String, Double> all =
        switch (phrases) {
          case Phrases counts -> counts.exportPhrases();
          case FrozenPhrases frozen -> frozen.phrases();
        };
    assertThat(all.keySet()).isEqualTo(scores.keySet());
    scores.forEach((phrase, score) -> assertThat(all.get(phrase)).isCloseTo(score, within(1e-12)));
    for (int i = 0; i < joined.length; i++) {
      assertThat(phrases.apply(SENTENCES.get(i))).isEqualTo(List.of(joined[i].split(" ")));
    }
    phrases
        .findPhrases(CORPUS)
        .forEach((phrase, score) -> assertThat(all.get(phrase)).isEqualTo(score));
  }

  /** The lines of a corpus as a trainer sees them. */
  private static List<List<String>> read(Corpus corpus) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    try (TextBlocks text = corpus.blocks()) {
      for (TextBlocks.Block block = text.next(); block != null; block = text.next()) {
        block.tell(
            new TokenSink() {
              @Override
              public void word(byte[] bytes, int from, int to, int hash) {
                line.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
              }

              @Override
              public void endOfLine() {
                lines.add(List.copyOf(line));
                line.clear();
              }
            });
      }
    }
    return lines;
  }

  @Test
  void theDefaultScore() {
    Phrases phrases = Phrases.of(CORPUS, o -> o.minCount(2).threshold(1));
    assertThat(phrases.size()).isEqualTo(80);
    assertThat(phrases.count("new_york")).isEqualTo(7);
    assertThat(phrases.count("old_york")).isZero();
    check(
        phrases,
        Map.of(
            "bank_of", 6.0,
            "machine_learning", 4.444444444444445,
            "new_york", 4.938271604938271,
            "of_america", 3.333333333333333,
            "the_bank", 6.0,
            "york_is", 2.2222222222222223),
        "the_bank of_america lends in new_york",
        "she moved to new_york in may",
        "new_york is not york",
        "he met her in the_bank of the river",
        "machine_learning is learning by machine",
        "the_bank of_america hires for machine_learning",
        "york_is old and new_york is new",
        "a machine in new_york learns machine_learning",
        "of the_bank of_america and of machine_learning",
        "in the new year the_bank of england lends",
        "the river of new_york",
        "learning new_york by heart");
    assertThat(phrases.findPhrases(CORPUS).keySet())
        .containsExactly("the_bank", "of_america", "new_york", "machine_learning", "york_is");
  }

  @Test
  void connectorWordsStandWithinPhrases() {
    Phrases phrases =
        Phrases.of(
            CORPUS,
            o -> o.minCount(2).threshold(1).connectorWords(Phrases.ENGLISH_CONNECTOR_WORDS));
    assertThat(phrases.size()).isEqualTo(56);
    check(
        phrases,
        Map.of(
            "bank_of_america", 3.7333333333333334,
            "machine_learning", 3.1111111111111107,
            "new_york", 3.45679012345679,
            "york_is", 1.5555555555555554),
        "the bank_of_america lends in new_york",
        "she moved to new_york in may",
        "new_york is not york",
        "he met her in the bank of the river",
        "machine_learning is learning by machine",
        "the bank_of_america hires for machine_learning",
        "york_is old and new_york is new",
        "a machine in new_york learns machine_learning",
        "of the bank_of_america and of machine_learning");
  }

  @Test
  void normalizedPointwiseMutualInformation() {
    Phrases phrases =
        Phrases.of(CORPUS, o -> o.minCount(2).threshold(0.4).scoring("npmi").delimiter("~~"));
    check(
        phrases,
        Map.of(
            "bank~~of", 0.8354599924682509,
            "machine~~learning", 0.7366779472807986,
            "new~~york", 0.8005439438343118,
            "of~~america", 0.7087190129607157,
            "the~~bank", 0.8354599924682509,
            "the~~river", 0.6325517614641091,
            "york~~is", 0.5883063350791311),
        "the~~bank of~~america lends in new~~york",
        "she moved to new~~york in may",
        "new~~york is not york",
        "he met her in the~~bank of the~~river");
  }

  @Test
  void rareOnesAreDroppedWhenThereAreTooMany() {
    Phrases phrases = Phrases.of(CORPUS, o -> o.minCount(1).threshold(0.1).maxVocabSize(40));
    assertThat(phrases.size()).isEqualTo(24);
    check(
        phrases,
        Map.of(
            "bank_of", 2.4000000000000004,
            "machine_learning", 2.0,
            "new_york", 1.7777777777777777,
            "of_america", 2.0,
            "the_bank", 2.4000000000000004),
        "the_bank of_america lends in new_york");
  }

  @Test
  void countsOfTwoCorpora() {
    Consumer<PhrasesOptions> options = o -> o.minCount(2).threshold(1).maxVocabSize(50);
    Phrases phrases = Phrases.of(Corpus.of(SENTENCES.subList(0, 6)), options);
    assertThat(phrases.size()).isEqualTo(52);
    phrases.addVocab(Corpus.of(SENTENCES.subList(6, 12)));
    assertThat(phrases.size()).isEqualTo(24);
    check(
        phrases,
        Map.of(
            "bank_of", 1.7999999999999998,
            "machine_learning", 1.3333333333333333,
            "new_york", 1.4814814814814814,
            "the_bank", 1.7999999999999998),
        "the_bank of america lends in new_york");
  }

  @Test
  void phrasesOfPhrases() {
    List<List<String>> sentences =
        List.of(
            List.of("new_york", "city"),
            List.of("new", "york", "city"),
            List.of("new_york", "city"),
            List.of("new", "york", "city"));
    Phrases phrases = Phrases.of(Corpus.of(sentences), o -> o.minCount(1).threshold(0.1));
    check(phrases, Map.of("new_york", 4.5, "new_york_city", 0.75, "york_city", 0.75));
    assertThat(phrases.apply(sentences.get(0))).containsExactly("new_york_city");
    assertThat(phrases.apply(sentences.get(1))).containsExactly("new_york", "city");
    Corpus joined = phrases.apply(phrases.apply(Corpus.of(sentences)));
    assertThat(read(joined)).allMatch(line -> line.equals(List.of("new_york_city")));
  }

  @Test
  void aCorpusIsJoinedAsItsSentencesAre() throws IOException {
    Phrases phrases = Phrases.of(CORPUS, o -> o.minCount(2).threshold(1));
    List<List<String>> joined = SENTENCES.stream().map(phrases::apply).toList();
    assertThat(read(phrases.apply(CORPUS))).isEqualTo(joined);
    assertThat(read(phrases.freeze().apply(CORPUS))).isEqualTo(joined);
    Path file = folder.resolve("text.txt");
    Files.write(file, SENTENCES.stream().map(words -> String.join(" ", words)).toList());
    assertThat(read(phrases.apply(Corpus.of(file)))).isEqualTo(joined);
    assertThat(phrases.apply(Corpus.of(file)))
        .hasToString("Corpus(%s with phrases)".formatted(file));
    assertThat(phrases.apply(List.of())).isEmpty();
  }

  @Test
  void savedAndLoaded() throws IOException {
    List<List<String>> sentences = new ArrayList<>(SENTENCES);
    sentences.add(List.of("tab\tand", "line\nfeed", "tab\tand", "line\nfeed", "back\\slash"));
    sentences.add(List.of("tab\tand", "line\nfeed", "café", "naïve", "文", ""));
    Consumer<PhrasesOptions> options =
        o -> o.minCount(2).threshold(0.9).connectorWords(List.of("of", "a\tb")).delimiter(" \\ ");
    Phrases phrases = Phrases.of(Corpus.of(sentences), options);
    assertThat(phrases.exportPhrases()).containsKey("tab\tand \\ line\nfeed");
    Path file = folder.resolve("phrases.gz");
    phrases.save(file);
    Phrases loaded = Phrases.load(file);
    assertThat(loaded.exportPhrases()).isEqualTo(phrases.exportPhrases());
    assertThat(loaded.size()).isEqualTo(phrases.size());
    phrases.addVocab(CORPUS);
    loaded.addVocab(CORPUS);
    assertThat(loaded.exportPhrases()).isEqualTo(phrases.exportPhrases());

    Path small = folder.resolve("frozen.txt");
    phrases.freeze().save(small);
    FrozenPhrases frozen = FrozenPhrases.load(small);
    assertThat(frozen.phrases()).isEqualTo(phrases.exportPhrases());
    assertThat(frozen.apply(List.of("bank", "of", "america")))
        .isEqualTo(phrases.apply(List.of("bank", "of", "america")))
        .containsExactly("bank \\ of \\ america");
    frozen.save(folder.resolve("again.txt"));
    assertThat(folder.resolve("again.txt")).hasSameBinaryContentAs(small);
  }

  @Test
  void whatIsNoFileOfPhrases() throws IOException {
    Phrases phrases = Phrases.of(CORPUS, o -> o.minCount(2).threshold(1));
    Path file = folder.resolve("frozen.txt");
    phrases.freeze().save(file);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Phrases.load(file))
        .withMessageContaining("line 1")
        .withMessageContaining("it is not \"gradus phrases\", with which such files begin.");
    List<String> lines = Files.readAllLines(file);
    for (int kept = 0; kept < lines.size(); kept++) {
      Files.write(file, lines.subList(0, kept));
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> FrozenPhrases.load(file))
          .withMessageContaining("the file ends here.");
    }
    damaged(lines, 1, "minCount\t0", "minCount is 0. It must be at least 1.");
    damaged(lines, 2, "threshold\tmuch", "\"much\" is no number that can stand here.");
    damaged(lines, 3, "scoring\tmine", "scoring is mine.");
    damaged(lines, 3, "scoring", "there is no tab.");
    damaged(lines, 4, "limit\t_", "delimiter must stand here.");
    damaged(lines, 6, "entries\t-1", "entries is -1. It must be at least 0.");
    damaged(lines, 6, "entries\t2", "there is more than the entries that were announced.");
    damaged(lines, 8, lines.get(7), "the word stands there twice.");
    damaged(lines, 8, "2.5\ta\\b", "a backslash stands before neither n, t nor a backslash.");
  }

  private void damaged(List<String> lines, int line, String text, String error) throws IOException {
    List<String> changed = new ArrayList<>(lines);
    changed.set(line, text);
    Path file = Files.write(folder.resolve("damaged.txt"), changed);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> FrozenPhrases.load(file))
        .withMessageContaining("damaged.txt")
        .withMessageContaining(error);
  }

  @Test
  void optionsOutOfRange() {
    refused(o -> o.minCount(0), "phrases: minCount is 0. It must be at least 1.");
    refused(o -> o.threshold(0), "phrases: threshold is 0.0. It must be a number above 0.");
    refused(
        o -> o.threshold(Double.NaN), "phrases: threshold is NaN. It must be a number above 0.");
    refused(
        o -> o.scoring("npmi"),
        "phrases: threshold is 10.0. With scoring(\"npmi\") it must be between -1 and 1.");
    refused(o -> o.scoring("pmi"), "phrases: scoring is pmi. Valid are \"default\" and \"npmi\".");
    refused(o -> o.maxVocabSize(0), "phrases: maxVocabSize is 0. It must be at least 1.");
    refused(
        o -> o.delimiter(""),
        "phrases: the delimiter is empty. Take a character that stands in no word, such as _.");
    refused(o -> o.delimiter(null), "phrases: delimiter is null. Give one.");
    refused(o -> o.connectorWords(null), "phrases: connectorWords is null. Give one.");
    refused(
        o -> o.connectorWords(Arrays.asList("a", null)),
        "phrases: a connector word is null. Give one.");
    refused(null, "phrases: options is null. Give one.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Phrases.of(null))
        .withMessage("phrases: the corpus is null. Give one.");
  }

  private static void refused(Consumer<PhrasesOptions> options, String error) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Phrases.of(CORPUS, options))
        .withMessage(error);
  }

  @Test
  void anEmptyCorpusHasNone() {
    Phrases phrases = Phrases.of(Corpus.of(List.of()));
    assertThat(phrases.size()).isZero();
    assertThat(phrases.exportPhrases()).isEmpty();
    assertThat(phrases.apply(List.of("a", "b"))).containsExactly("a", "b");
    assertThat(phrases).hasToString("Phrases(0 words and pairs, minCount 5, threshold 10.0)");
    assertThat(phrases.freeze())
        .hasToString("FrozenPhrases(0 phrases, minCount 5, threshold 10.0)");
  }
}
