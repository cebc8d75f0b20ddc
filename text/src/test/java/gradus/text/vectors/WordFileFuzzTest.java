package gradus.text.vectors;

import gradus.tensor.io.LoadProgress;
import gradus.text.fasttext.FastText;
import gradus.text.fasttext.TinyFastText;
import gradus.text.io.Mutations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand damaged files for each reader. */
@Timeout(120)
class WordFileFuzzTest {

  private static final String ROWS =
      "the -0.038194 -0.24487 0.72812\n. . . 1e-05 2 -3.5\nnaïve .5 +1. -0\nof 1 2 3\nthe 4 5 6\n";

  private static final byte[] GLOVE = utf8(ROWS);
  private static final byte[] WORD2VEC = utf8("5 3\n" + ROWS);

  /** What is left out is told in the log: here a hundred thousand times. */
  private static Object log;

  @TempDir private Path folder;

  /** By reflection, since this module does not read java.logging. */
  @BeforeAll
  static void silence() throws ReflectiveOperationException {
    Class<?> level = Class.forName("java.util.logging.Level");
    Class<?> logger = Class.forName("java.util.logging.Logger");
    log = logger.getMethod("getLogger", String.class).invoke(null, "gradus.text");
    logger.getMethod("setLevel", level).invoke(log, level.getField("OFF").get(null));
  }

  @AfterAll
  static void speak() throws ReflectiveOperationException {
    Class<?> level = Class.forName("java.util.logging.Level");
    log.getClass().getMethod("setLevel", level).invoke(log, new Object[] {null});
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final Consumer<Path> TABLE =
      file -> WordVectors.load(file, UnicodeErrors.STRICT, LoadProgress.silent());

  private static void model(Path file) {
    FastText model = FastText.load(file, LoadProgress.silent());
    model.get("unseen");
    model.sentenceVector("the naïve cat");
    if (!model.labels().isEmpty()) {
      model.predict("the naïve cat", 2);
    }
  }

  @Test
  void word2vecText() {
    Mutations.fuzz(folder, 1_000_000, List.of(WORD2VEC), TABLE);
  }

  @Test
  void gloveText() {
    Mutations.fuzz(folder, 2_000_000, List.of(GLOVE), TABLE);
  }

  @Test
  void word2vecBinary() {
    Mutations.fuzz(
        folder,
        3_000_000,
        List.of(BinaryVectorsTest.bytes("3 2\n", true), BinaryVectorsTest.bytes("3 2\n", false)),
        TABLE);
  }

  @Test
  void packed() {
    Mutations.fuzz(
        folder,
        4_000_000,
        List.of(TextVectorsTest.packed(WORD2VEC), TextVectorsTest.packed(GLOVE)),
        TABLE);
    Mutations.fuzz(
        folder,
        5_000_000,
        List.of(WORD2VEC, BinaryVectorsTest.bytes("3 2\n", true), new TinyFastText().bytes()),
        TextVectorsTest::packed,
        TABLE);
  }

  @Test
  void fastText() {
    var old = new TinyFastText();
    old.version = 0;
    var tree = new TinyFastText();
    tree.model = 3;
    tree.loss = 1;
    tree.wordNgrams = 3;
    List<byte[]> files = List.of(new TinyFastText().bytes(), old.bytes(), tree.bytes());
    Mutations.fuzz(folder, 6_000_000, files, WordFileFuzzTest::model);
    Mutations.fuzz(folder, 7_000_000, files, TABLE);
  }

  @Test
  void quantisedFastText() {
    var kept = new TinyFastText();
    kept.model = 3;
    kept.loss = 3;
    kept.quantised = true;
    kept.quantisedOutput = true;
    kept.normed = true;
    kept.kept = new int[] {3, 17, 4};
    var plain = new TinyFastText();
    plain.quantised = true;
    Mutations.fuzz(
        folder, 8_000_000, List.of(kept.bytes(), plain.bytes()), WordFileFuzzTest::model);
  }
}
