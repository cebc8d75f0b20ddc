package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import gradus.text.corpus.Corpus;
import gradus.text.word2vec.Word2Vec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What gensim 4 answers on the same words; the figures are worked out from its source. */
class GensimFiguresTest {

  @TempDir Path folder;

  /** Lower-case words first, and capitalised twins beside them, as in GoogleNews. */
  private final WordVectors cased =
      table(
          new String[] {"man", "woman", "King", "Queen", "king", "KING", "apple"},
          new float[][] {
            {0, 0, 1}, {0, 1, 1}, {3, 0, 3}, {1, 1, 1}, {3, 0.1f, 3}, {3, 0.2f, 3}, {-1, 0, 0.5f}
          });

  private static WordVectors table(String[] words, float[][] vectors) {
    return WordVectors.of(List.of(words), Tensor.of(vectors));
  }

  private Path questions(String text) throws IOException {
    return Files.writeString(folder.resolve("questions.txt"), text);
  }

  /** The twins of a word asked with are no answers, and the answer counts in any spelling. */
  @Test
  void analogiesOfACasedTable() throws IOException {
    var near =
        table(
            new String[] {"man", "woman", "king", "King", "Queen", "apple"},
            new float[][] {{0, 1, 0}, {0, 0, 1}, {5, 1, 0}, {5, -1, 2}, {4, 0, 1}, {-1, 0, 0}});
    Path file = questions(": family\nman king woman queen\n");
    assertThat(near.evaluateWordAnalogies(file).accuracy()).isEqualTo(1);
    AnalogyReport exact = near.evaluateWordAnalogies(file, 300_000, false);
    assertThat(exact.covered()).isZero();
    assertThat(exact.total()).isEqualTo(1);
    Path cased = questions("man king woman Queen\n");
    assertThat(near.evaluateWordAnalogies(cased, 300_000, false).correct())
        .as("with case King is another word, and nearest")
        .isZero();
  }

  /** A question of words beyond the first ones is not covered, and none of them is an answer. */
  @Test
  void analogiesOfTheFirstWords() throws IOException {
    var table =
        table(
            new String[] {"man", "woman", "king", "queen", "empress"},
            new float[][] {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0.5f}, {1, 1, 1}});
    Path file = questions("man king woman queen\nman king woman empress\n");
    assertThat(table.evaluateWordAnalogies(file).correct()).isEqualTo(1);
    AnalogyReport first = table.evaluateWordAnalogies(file, 4, true);
    assertThat(first.covered()).isEqualTo(1);
    assertThat(first.correct()).isEqualTo(1);
    assertThat(table.evaluateWordAnalogies(file, 5, true).sections())
        .containsExactly(new AnalogyReport.Section("questions.txt", 1, 2, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.evaluateWordAnalogies(file, 0, true))
        .withMessage("evaluateWordAnalogies: restrictVocab is 0. It must be at least 1.");
  }

  @Test
  void aByteOrderMarkBeginsNoQuestion() throws IOException {
    Path file = questions("\uFEFF: family\nman king woman queen\n");
    assertThat(cased.evaluateWordAnalogies(file).sections())
        .extracting(AnalogyReport.Section::name)
        .containsExactly("family");
    Path pairs = Files.writeString(folder.resolve("pairs.txt"), "\uFEFFman\twoman\t3\n");
    assertThat(cased.evaluateWordPairs(pairs).covered()).isEqualTo(1);
  }

  @Test
  void pairsWithAndWithoutCase() throws IOException {
    Path file = folder.resolve("pairs.txt");
    Files.writeString(file, "MAN\twoman\t3\nqueen\tKing\t5\napple\tking\t1\n");
    assertThat(cased.evaluateWordPairs(file).covered()).isEqualTo(3);
    assertThat(cased.evaluateWordPairs(file, 300_000, false).covered()).isEqualTo(1);
    assertThat(cased.evaluateWordPairs(file, 4, true).covered()).isEqualTo(2);
  }

  /** {@code n_similarity}: the mean of (1, 0) and (0, 10) is (0.5, 5). */
  @Test
  void nSimilarityIsTheCosineOfPlainMeans() {
    var table = table(new String[] {"a", "b", "c"}, new float[][] {{1, 0}, {0, 10}, {1, 1}});
    assertThat(table.nSimilarity(List.of("a", "b"), List.of("c"))).isCloseTo(0.7740, within(5e-5));
    assertThat(table.nSimilarity(List.of("a", "b", "none"), List.of("c")))
        .as("unknown words are left out")
        .isCloseTo(0.7740, within(5e-5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.nSimilarity(List.of("none"), List.of("c")))
        .withMessage(
            "nSimilarity: the table holds none of the 1 words. Give at least one that it holds.");
  }

  @Test
  void wordsAreKnownAsWrittenOnly() {
    assertThat(cased.contains("Man")).isFalse();
    assertThat(cased.get("King").toFloatArray()).containsExactly(3, 0, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cased.get("Man"))
        .withMessageContaining("Did you mean man");
  }

  @Test
  void doesntMatchLeavesUnknownWordsOut() {
    List<String> words = List.of("king", "none", "apple", "Queen", "neither", "woman");
    assertThat(cased.doesntMatch(words)).isEqualTo("apple");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cased.doesntMatch(List.of("none", "neither")))
        .withMessageStartingWith("doesntMatch: the table holds none of the 2 words.");
  }

  /** gensim sorts pairs of cosine and word: of equals the first in the alphabet. */
  @Test
  void doesntMatchOfEquals() {
    var table = table(new String[] {"b", "a"}, new float[][] {{1, 0}, {0, 1}});
    assertThat(table.doesntMatch(List.of("b", "a"))).isEqualTo("a");
  }

  /** The words of gensim's {@code common_texts} in the order its documentation prints. */
  @Test
  void wordsOfTheSameFrequency() {
    List<List<String>> commonTexts =
        List.of(
            List.of("human", "interface", "computer"),
            List.of("survey", "user", "computer", "system", "response", "time"),
            List.of("eps", "user", "interface", "system"),
            List.of("system", "human", "system", "eps"),
            List.of("user", "response", "time"),
            List.of("trees"),
            List.of("graph", "trees"),
            List.of("graph", "minors", "trees"),
            List.of("graph", "minors", "survey"));
    assertThat(
            new Word2Vec(o -> o.minCount(1))
                .buildVocab(Corpus.of(commonTexts))
                .vocabulary()
                .words())
        .containsExactly(
            "system",
            "graph",
            "trees",
            "user",
            "minors",
            "eps",
            "time",
            "response",
            "survey",
            "computer",
            "interface",
            "human");
  }

  @Test
  void ratesThatAreNoNumbersAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Word2Vec(o -> o.alpha(Double.NaN)))
        .withMessage("word2vec: alpha is NaN. It must be a number of at least 0.");
    assertThatIllegalArgumentException().isThrownBy(() -> new Word2Vec(o -> o.minAlpha(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Word2Vec(o -> o.sample(Double.POSITIVE_INFINITY)));
  }
}
