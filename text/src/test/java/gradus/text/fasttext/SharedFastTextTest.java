package gradus.text.fasttext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import gradus.tensor.io.LoadProgress;
import gradus.text.io.SharedFiles;
import gradus.text.vectors.ScoredWord;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.jr.ob.JSON;

/** Models that fastText has written, beside what the fastText program prints for them. */
class SharedFastTextTest {

  @TempDir private Path folder;

  private static FastText model(String name) {
    return FastText.load(SharedFiles.format(name), LoadProgress.silent());
  }

  /** The program prints five digits. */
  private static void prints(Tensor actual, List<?> expected, String what) {
    float[] values = actual.toFloatArray();
    assertThat(values).as(what).hasSize(expected.size());
    for (int i = 0; i < values.length; i++) {
      double printed = ((Number) expected.get(i)).doubleValue();
      assertThat((double) values[i])
          .as(what)
          .isCloseTo(printed, within(6e-5 * Math.abs(printed) + 1e-9));
    }
  }

  private static List<Float> numbers(String text) {
    return Arrays.stream(text.strip().split(" ")).map(Float::valueOf).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sg_ns.bin", "cbow_ns.bin", "sg_nosub.bin", "sup_softmax.bin", "sup_quant.ftz"})
  void givesWhatTheProgramPrints(String name) throws IOException {
    FastText model = model("fasttext/" + name);
    String json = name.replaceFirst("\\..*", ".expected.json");
    Map<String, Object> expected =
        JSON.std.mapFrom(Files.readString(SharedFiles.format("fasttext/" + json)));
    ((Map<?, ?>) expected.get("word_vectors"))
        .forEach((word, vector) -> prints(model.get("" + word), (List<?>) vector, "" + word));
    for (Object pair : list(expected, "sentence_vectors")) {
      List<?> both = (List<?>) pair;
      prints(model.sentenceVector("" + both.get(0)), (List<?>) both.get(1), "" + both.get(0));
    }
    for (Object pair : list(expected, "predict_prob")) {
      predicts(model, (List<?>) pair);
    }
    String ngrams = (String) expected.getOrDefault("ngrams_walking", "");
    if (!ngrams.isEmpty()) {
      List<String> lines = ngrams.lines().toList();
      List<FastText.Subword> found = model.subwords("walking");
      assertThat(found).hasSameSizeAs(lines);
      for (int i = 0; i < lines.size(); i++) {
        String[] parts = lines.get(i).split(" ", 2);
        assertThat(found.get(i).text()).isEqualTo(parts[0]);
        prints(found.get(i).vector(), numbers(parts[1]), parts[0]);
      }
    }
    nearest(model, (String) expected.get("nn_the"));
  }

  /**
   * The model that names the language of a text: a tree of 176 labels, quantised, with n-grams of
   * which few were kept. It is not ours to keep: {@code -Dgradus.lid176=FILE}.
   */
  @Test
  void namesLanguages() throws IOException {
    Path file = Path.of(System.getProperty("gradus.lid176", "lid.176.ftz"));
    Assumptions.assumeTrue(Files.exists(file), "left out: needs -Dgradus.lid176=FILE");
    FastText model = FastText.load(file, LoadProgress.silent());
    Map<String, Object> expected =
        JSON.std.mapFrom(Files.readString(SharedFiles.format("fasttext/lid176.expected.json")));
    for (Object pair : list(expected, "predict_prob_top3")) {
      predicts(model, (List<?>) pair);
    }
    for (Object pair : list(expected, "sentence_vectors")) {
      List<?> both = (List<?>) pair;
      prints(model.sentenceVector("" + both.get(0)), numbers("" + both.get(1)), "" + both.get(0));
    }
    model.save(folder.resolve("copy"));
    assertThat(Files.mismatch(folder.resolve("copy"), file)).isEqualTo(-1);
  }

  private static List<?> list(Map<String, Object> expected, String key) {
    return (List<?>) expected.getOrDefault(key, List.of());
  }

  /** "__label__geo 1.00001 __label__war 1.00497e-05": labels and probabilities, best first. */
  private static void predicts(FastText model, List<?> pair) {
    String[] fields = pair.get(1).toString().split(" ");
    List<ScoredWord> found = model.predict(pair.get(0).toString(), fields.length / 2);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).word()).isEqualTo(fields[2 * i]);
      double printed = Double.parseDouble(fields[2 * i + 1]);
      assertThat(found.get(i).score()).isCloseTo(printed, within(2e-5 * printed));
    }
    assertThat(found).hasSize(fields.length / 2);
  }

  /** "Query word? acacia 0.99992": what {@code fasttext nn} answers for "the". */
  private static void nearest(FastText model, String printed) {
    if (printed == null) {
      return;
    }
    List<String> answers =
        printed.replace("Query word? ", "").lines().filter(line -> !line.isBlank()).toList();
    List<ScoredWord> found = model.wordVectors().mostSimilar("the", answers.size());
    for (int i = 0; i < answers.size(); i++) {
      String[] fields = answers.get(i).split(" ");
      assertThat(found.get(i).score()).isCloseTo(Double.parseDouble(fields[1]), within(2e-6));
    }
  }

  /** The tables beside the models: what fastText has written into its .vec. */
  @ParameterizedTest
  @CsvSource({
    "fasttext/sg_ns.bin, fasttext/sg_ns.vec",
    "fasttext/cbow_ns.bin, fasttext/cbow_ns.vec",
    "fasttext/sg_nosub.bin, fasttext/sg_nosub.vec",
    "fasttext/sup_softmax.bin, fasttext/sup_softmax.vec",
    "crime-and-punishment.bin, crime-and-punishment.vec",
    "lee_fasttext.bin, lee_fasttext.vec",
    "toy-model.bin, toy-model.vec"
  })
  void tableOfAModelIsItsVec(String model, String vec) {
    WordVectors table = WordVectors.load(SharedFiles.format(model), LoadProgress.silent());
    WordVectors printed = WordVectors.load(SharedFiles.format(vec), LoadProgress.silent());
    assertThat(table.vocabulary().words()).isEqualTo(printed.vocabulary().words());
    float[] values = table.vectors().toFloatArray();
    float[] five = printed.vectors().toFloatArray();
    for (int i = 0; i < five.length; i++) {
      assertThat(values[i]).isCloseTo(five[i], within(6e-5f * Math.abs(five[i]) + 1e-9f));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fasttext/sg_ns.bin",
        "fasttext/cbow_ns.bin",
        "fasttext/sg_nosub.bin",
        "fasttext/sup_softmax.bin",
        "fasttext/sup_quant.ftz",
        "crime-and-punishment.bin",
        "lee_fasttext.bin",
        "lee_fasttext_new.bin",
        "toy-model.bin",
        "toy-model-pretrained.bin"
      })
  void writesTheSameBytes(String name) throws IOException {
    Path copy = folder.resolve("copy");
    model(name).save(copy);
    assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(SharedFiles.format(name)));
  }

  /** The table reads its rows from the file, the model has them in memory. */
  @ParameterizedTest
  @ValueSource(strings = {"lee_fasttext.bin", "lee_fasttext_new.bin", "toy-model-pretrained.bin"})
  void modelAndTableAgree(String name) {
    FastText model = model(name);
    WordVectors table = WordVectors.load(SharedFiles.format(name), LoadProgress.silent());
    for (String word : model.words()) {
      assertThat(table.get(word).toFloatArray()).isEqualTo(model.get(word).toFloatArray());
    }
  }
}
