package gradus.cli;

import static gradus.cli.Commands.gradus;
import static gradus.cli.Commands.withInput;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code query}, {@code neighbors} and {@code analogies}, from the command line and the input. */
class AskingTest {

  @TempDir Path folder;
  private String words;

  @BeforeEach
  void write() throws IOException {
    words = Commands.words(folder);
  }

  @Test
  void vectorsOfWords() {
    var outcome = gradus("vectors", "query", words, "boy", "queen");
    assertThat(outcome.out()).isEqualTo("boy 1.0 -0.2 0.0\nqueen 1.0 1.0 2.0\n");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(withInput("king man\n\n boy\n", false, "vectors", "query", words).out())
        .isEqualTo("king 1.0 0.0 2.0\nman 1.0 0.0 0.1\nboy 1.0 -0.2 0.0\n");
  }

  /** What is not known is told, and the rest is answered all the same. */
  @Test
  void unknownWordsAreToldOnTheErrorStream() {
    var outcome = gradus("vectors", "query", words, "kign", "boy");
    assertThat(outcome.out()).isEqualTo("boy 1.0 -0.2 0.0\n");
    assertThat(outcome.err())
        .startsWith("gradus: word vectors: \"kign\" is not among the 5 words.")
        .contains("Did you mean king?")
        .hasLineCount(1);
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void textsNeedAModelOfFastText() {
    var outcome = gradus("vectors", "query", words, "--sentences", "the king");
    assertThat(outcome.err())
        .isEqualTo(
            "gradus: query: --sentences needs a model of fastText, .bin or .ftz. Give one, or ask"
                + " for words.\n");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void neighbours() {
    assertThat(gradus("vectors", "neighbors", words, "king", "-k", "2").out())
        .isEqualTo("queen 0.9129\nwoman 0.3795\n".replace("woman 0.3795", second()));
    assertThat(gradus("vectors", "neighbors", "-k", "1", words, "king", "queen").out())
        .isEqualTo("king:\nqueen 0.9129\nqueen:\nking 0.9129\n");
    assertThat(withInput("king\n", true, "vectors", "neighbors", words, "-k", "1").out())
        .as("at a terminal it asks")
        .isEqualTo("Word? queen 0.9129\nWord? \n");
    var none = gradus("vectors", "neighbors", words, "king", "-k", "0");
    assertThat(none.err())
        .isEqualTo("gradus: topN: 0 answers were asked for. Ask for at least 1.\n");
  }

  /** king · man = 1 + 0.2, over √5 · √1.01. */
  private static String second() {
    return "man %.4f".formatted(1.2 / Math.sqrt(5 * 1.01));
  }

  @Test
  void analogies() {
    assertThat(gradus("vectors", "analogies", words, "man", "king", "woman", "-k", "1").out())
        .startsWith("queen 0.9");
    assertThat(
            gradus("vectors", "analogies", words, "man", "king", "woman", "-k1", "--multiply")
                .out())
        .startsWith("queen 1.")
        .hasLineCount(1);
    assertThat(
            withInput(
                "man woman king\nman woman\n", false, "vectors", "analogies", words, "-k", "1"))
        .satisfies(
            outcome -> {
              assertThat(outcome.out()).startsWith("queen 0.9").hasLineCount(1);
              assertThat(outcome.err())
                  .isEqualTo("gradus: analogies: \"man woman\" has 2 words. Give three: A B C.\n");
              assertThat(outcome.code()).isEqualTo(1);
            });
    var four = gradus("vectors", "analogies", words, "man", "king", "woman", "boy");
    assertThat(four.code()).isEqualTo(2);
    assertThat(four.err())
        .isEqualTo(
            "gradus: analogies: 4 words. Give three: A B C.\nTry: gradus vectors analogies --help\n");
  }

  /** fastText's {@code print-word-vectors} and {@code nn} of a word that no text had. */
  @Test
  void unseenWordsOfFastText() {
    String model = Commands.shared("formats/fasttext/sg_ns.bin");
    var vector = gradus("vectors", "query", model, "zzyzx");
    assertThat(vector.code()).isZero();
    assertThat(vector.out().strip().split(" ")).hasSize(11).startsWith("zzyzx");
    assertThat(gradus("vectors", "neighbors", model, "zzyzx", "-k", "3").out()).hasLineCount(3);
    assertThat(gradus("vectors", "analogies", model, "zzyzx", "the", "of", "-k", "2").out())
        .hasLineCount(2)
        .doesNotContain("the ");
    assertThat(gradus("vectors", "query", model, "--sentences", "the king").out())
        .startsWith("the king ");
    assertThat(gradus("vectors", "query", model, "--limit", "5", "zzyzx").code())
        .as("the first words only are a table of words")
        .isEqualTo(1);
  }

  /** What {@code fasttext predict-prob} prints. */
  @Test
  void labels() throws IOException {
    String model = Commands.shared("formats/fasttext/sup_softmax.bin");
    Path texts = Path.of(Commands.shared("formats/fasttext/tiny_supervised.txt"));
    String first = Files.readAllLines(texts).getFirst();
    assertThat(withInput(first + "\n", false, "vectors", "predict", model, "-k2", "--prob").out())
        .isEqualTo("__label__war 0.983777 __label__sci 0.0102086\n");
    assertThat(
            withInput(first + "\n", false, "vectors", "predict", model, "-k2", "--threshold", "0.3")
                .out())
        .isEqualTo("__label__war\n");
    assertThat(withInput("\n\n", false, "vectors", "predict", model).out())
        .as("a line for each")
        .hasLineCount(2);
    var table = gradus("vectors", "predict", words, "a", "text");
    assertThat(table.code()).isEqualTo(1);
    assertThat(table.err()).startsWith("gradus: predict: the model is a table of words.");
    var unlabelled =
        gradus("vectors", "predict", Commands.shared("formats/fasttext/sg_ns.bin"), "a");
    assertThat(unlabelled.err()).contains("was trained without labels").hasLineCount(1);
    assertThat(unlabelled.code()).isEqualTo(1);
  }
}
