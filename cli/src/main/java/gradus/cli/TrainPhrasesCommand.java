package gradus.cli;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.Phrases;
import gradus.text.corpus.PhrasesOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * {@code gradus vectors train phrases}: word2vec's {@code word2phrase}, gensim's {@code Phrases}.
 */
@Command(
    name = "phrases",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Find words that stand together more often than by chance, and write the text with them"
          + " joined: new york becomes new_york.",
      "OUT gets the text, a sentence a line, packed if its name ends in .gz. Options and defaults"
          + " are gensim's."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  gradus vectors train phrases wiki.txt.gz -o joined.txt.gz --connector-words english",
      "  gradus vectors train word2vec joined.txt.gz -o wiki.bin"
    })
final class TrainPhrasesCommand extends Training {

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Pairs of words that occur less often are no phrase (default: 5).")
  private Integer minCount;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description = "What a phrase must score above (default: 10; with npmi from -1 to 1).")
  private Double threshold;

  @Option(
      names = "--scoring",
      paramLabel = "NAME",
      description = "default or npmi (default: default).")
  private String scoring;

  @Option(
      names = "--delimiter",
      paramLabel = "TEXT",
      description = "What stands between the words of a phrase (default: _).")
  private String delimiter;

  @Option(
      names = "--connector-words",
      paramLabel = "WORDS",
      description =
          "Words that may stand within a phrase: a list with commas, or english for the usual"
              + " ones.")
  private String connectorWords;

  @Option(
      names = "--max-vocab-size",
      paramLabel = "N",
      description = "How many words and pairs are counted at a time (default: 40 million).")
  private Integer maxVocabSize;

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "1",
      description = "With 2, phrases of phrases too: up to four words (default: 1).")
  private int passes;

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "Write the phrases with their scores too, a phrase a line.")
  private Path list;

  @Override
  void train(TrainingFiles files) throws IOException {
    if (passes < 1) {
      throw new ParameterException(
          spec().commandLine(), "phrases: %d passes. Say at least 1.".formatted(passes));
    }
    Corpus corpus = files.corpus();
    files.resume(); // there is nothing to go on from, and it says so
    Map<String, Double> found = Map.of();
    for (int pass = 0; pass < passes; pass++) {
      Phrases phrases = Phrases.of(corpus, this::options);
      found = phrases.exportPhrases();
      corpus = phrases.freeze().apply(corpus);
    }
    corpus.save(files.output());
    files.written(files.output(), "the text with %,d phrases".formatted(found.size()));
    if (list != null) {
      write(found);
      files.written(list, "the phrases");
    }
  }

  private void write(Map<String, Double> phrases) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(list)) {
      List<Map.Entry<String, Double>> best =
          phrases.entrySet().stream()
              .sorted(
                  Map.Entry.<String, Double>comparingByValue()
                      .reversed()
                      .thenComparing(Map.Entry.comparingByKey()))
              .toList();
      for (Map.Entry<String, Double> phrase : best) {
        out.write("%s\t%s%n".formatted(phrase.getKey(), phrase.getValue()));
      }
    }
  }

  private void options(PhrasesOptions o) {
    set(minCount, o, PhrasesOptions::minCount);
    set(threshold, o, PhrasesOptions::threshold);
    set(scoring, o, PhrasesOptions::scoring);
    set(delimiter, o, PhrasesOptions::delimiter);
    set(maxVocabSize, o, PhrasesOptions::maxVocabSize);
    if (connectorWords != null) {
      o.connectorWords(
          connectorWords.equals("english")
              ? Phrases.ENGLISH_CONNECTOR_WORDS
              : List.of(connectorWords.split(",")));
    }
  }

  /** Passes on what was said; what was not keeps the library's default. */
  private static <T> void set(
      T value, PhrasesOptions options, BiFunction<PhrasesOptions, T, PhrasesOptions> option) {
    Optional.ofNullable(value).ifPresent(given -> option.apply(options, given));
  }
}
