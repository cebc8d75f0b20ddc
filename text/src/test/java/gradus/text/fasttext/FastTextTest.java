package gradus.text.fasttext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import gradus.text.vectors.ScoredWord;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fastText's models, on small files made here; see {@link SharedFastTextTest} for real ones. */
class FastTextTest {

  @TempDir private Path folder;

  private final TinyFastText tiny = new TinyFastText();

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("m.bin"), bytes);
  }

  private FastText load(byte[] bytes) throws IOException {
    return FastText.load(file(bytes), LoadProgress.silent());
  }

  private static void close(Tensor actual, double[] expected) {
    float[] values = actual.toFloatArray();
    assertThat(values).hasSize(expected.length);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) values[i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  /** Words' vectors, unseen ones too; the table; the same bytes again. */
  private void holds() throws IOException {
    byte[] bytes = tiny.bytes();
    FastText model = load(bytes);
    for (String word : List.of("the", "</s>", "naïve", "東京", "banana", "bananas", "x", "")) {
      close(model.get(word), tiny.mean(tiny.rows(word)));
      assertThat(model.subwords(word)).hasSameSizeAs(tiny.rows(word));
      assertThat(model.contains(word)).isEqualTo(TinyFastText.WORDS.contains(word));
    }
    WordVectors table = WordVectors.load(file(bytes), LoadProgress.silent());
    assertThat(table.vocabulary().words()).isEqualTo(TinyFastText.WORDS).isEqualTo(model.words());
    for (String word : TinyFastText.WORDS) {
      assertThat(table.get(word).toFloatArray()).isEqualTo(model.get(word).toFloatArray());
    }
    assertThat(model.wordVectors().vectors().toFloatArray())
        .isEqualTo(table.vectors().toFloatArray());
    Path copy = folder.resolve("copy.bin");
    model.save(copy);
    assertThat(Files.readAllBytes(copy)).isEqualTo(bytes);
    Path packed = folder.resolve("copy.bin.gz");
    model.save(packed);
    assertThat(Files.size(packed)).isLessThan(bytes.length);
    assertThat(FastText.load(packed, LoadProgress.silent()).get("bananas").toFloatArray())
        .isEqualTo(model.get("bananas").toFloatArray());
    assertThat(WordVectors.load(packed, LoadProgress.silent()).vectors().toFloatArray())
        .isEqualTo(table.vectors().toFloatArray());
  }

  @Test
  void skipGram() throws IOException {
    holds();
    assertThat(load(new TinyFastText().bytes()))
        .hasToString("FastText(skipgram, loss ns: 5 words, 3 numbers each)");
  }

  @Test
  void withoutSubwords() throws IOException {
    tiny.maxn = 0;
    tiny.bucket = 0;
    holds();
  }

  @Test
  void fromBeforeThereWereVersions() throws IOException {
    tiny.version = 0;
    holds();
  }

  @Test
  void singleLetters() throws IOException {
    tiny.minn = 1;
    tiny.maxn = 1;
    holds();
  }

  @Test
  void quantisedWithLengthsAndKeptBuckets() throws IOException {
    tiny.model = 3;
    tiny.loss = 3;
    tiny.quantised = true;
    tiny.quantisedOutput = true;
    tiny.normed = true;
    tiny.kept = new int[] {3, 17, 4, 0, 39, 21};
    holds();
  }

  @Test
  void quantisedWithoutAnyBucket() throws IOException {
    tiny.model = 3;
    tiny.loss = 3;
    tiny.quantised = true;
    tiny.kept = new int[] {};
    holds();
  }

  @Test
  void versionElevenSupervisedHasNoSubwords() throws IOException {
    tiny.version = 11;
    tiny.model = 3;
    tiny.loss = 3;
    byte[] bytes = tiny.bytes();
    close(load(bytes).get("banana"), tiny.mean(List.of(4)));
  }

  @Test
  void ngramsAreNamed() throws IOException {
    assertThat(load(tiny.bytes()).subwords("東京"))
        .extracting(FastText.Subword::text)
        .containsExactly("東京", "<東", "<東京", "<東京>", "東京", "東京>", "京>");
  }

  @Test
  void sentenceIsTheMeanOfUnitVectors() throws IOException {
    FastText model = load(tiny.bytes());
    double[] sum = new double[TinyFastText.DIM];
    for (String word : List.of("the", "bananas", "東京")) {
      double[] vector = tiny.mean(tiny.rows(word));
      double length = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
      Arrays.setAll(sum, i -> sum[i] + vector[i] / length / 3);
    }
    close(model.sentenceVector(" the\tbananas  東京\nsecond line"), sum);
    close(model.sentenceVector(""), new double[3]);
  }

  /** The rows of a text's words and of its pairs of words, with the end of the line. */
  private List<Integer> features(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.add("</s>");
    List<Integer> rows = new ArrayList<>();
    all.forEach(word -> rows.addAll(tiny.rows(word)));
    for (int i = 0; i + 1 < all.size(); i++) {
      long hash = (int) TinyFastText.hash(all.get(i));
      hash = hash * 116_049_371L + (int) TinyFastText.hash(all.get(i + 1));
      tiny.add(rows, (int) Long.remainderUnsigned(hash, tiny.bucket));
    }
    return rows;
  }

  private double[] scores(List<Integer> rows) {
    double[] hidden = tiny.mean(rows);
    double[] scores = new double[3];
    for (int label = 0; label < 3; label++) {
      for (int i = 0; i < 3; i++) {
        scores[label] += tiny.output[label][i] * hidden[i];
      }
    }
    return scores;
  }

  private Map<String, Double> predicted(int loss) throws IOException {
    tiny.model = 3;
    tiny.loss = loss;
    tiny.wordNgrams = 2;
    FastText model = load(tiny.bytes());
    List<ScoredWord> best = model.predict("banana __label__b naïve zzz", 3);
    assertThat(best).isSortedAccordingTo((x, y) -> Double.compare(y.score(), x.score()));
    assertThat(model.predict("banana __label__b naïve zzz", 1)).isEqualTo(best.subList(0, 1));
    assertThat(model.labels()).isEqualTo(TinyFastText.LABELS);
    close(
        model.sentenceVector("banana naïve zzz"),
        tiny.mean(features(List.of("banana", "naïve", "zzz"))));
    return best.stream().collect(Collectors.toMap(ScoredWord::word, ScoredWord::score));
  }

  private void predicts(int loss, Consumer<double[]> toProbabilities) throws IOException {
    Map<String, Double> predicted = predicted(loss);
    double[] expected = scores(features(List.of("banana", "naïve", "zzz")));
    toProbabilities.accept(expected);
    for (int label = 0; label < 3; label++) {
      assertThat(predicted.get(TinyFastText.LABELS.get(label)))
          .isCloseTo(expected[label] + 1e-5, within(1e-5));
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void predictsBySoftmax() throws IOException {
    predicts(
        3,
        scores -> {
          double sum = Arrays.stream(scores).map(Math::exp).sum();
          Arrays.setAll(scores, i -> Math.exp(scores[i]) / sum);
        });
  }

  /** The two rarer labels share a node; at the root they are left, the frequent one right. */
  @Test
  void predictsByTheTree() throws IOException {
    predicts(
        1,
        scores -> {
          double inner = sigmoid(scores[0]);
          double root = sigmoid(scores[1]);
          // c is lighter than b, so it went left; 50 and 50 tie, and the inner node goes first.
          scores[2] = (1 - root) * (1 - inner);
          scores[1] = (1 - root) * inner;
          scores[0] = root;
        });
  }

  /** fastText takes its sigmoid from a table with steps of 1/32. */
  @Test
  void predictsEachLabelByItself() throws IOException {
    for (int loss : new int[] {2, 4}) {
      predicts(
          loss,
          scores -> Arrays.setAll(scores, i -> sigmoid(Math.floor((scores[i] + 8) * 32) / 32 - 8)));
    }
  }

  @Test
  void askingForWhatIsNotThere() throws IOException {
    FastText model = load(tiny.bytes());
    assertThatIllegalStateException()
        .isThrownBy(() -> model.predict("the", 1))
        .withMessageContaining("this model (skipgram, loss ns) was trained without labels");
    var labelled = new TinyFastText();
    labelled.model = 3;
    FastText other = load(labelled.bytes());
    assertThatIllegalArgumentException().isThrownBy(() -> other.predict("the", 0));
  }

  @Test
  void wordThatIsNotUtf8KeepsItsBytes() throws IOException {
    byte[] bytes = tiny.bytes();
    int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("banana");
    bytes[at + 1] = (byte) 0xe9;
    FastText model = load(bytes);
    assertThat(model.words()).endsWith("b\\xe9nana");
    Path copy = folder.resolve("copy.bin");
    model.save(copy);
    assertThat(Files.readAllBytes(copy)).isEqualTo(bytes);
  }

  @Test
  void saysWhatIsWrongAndWhere() throws IOException {
    byte[] whole = tiny.bytes();
    fails(Arrays.copyOf(whole, whole.length - 1), "the output matrix is said to be [5, 3]");
    fails(Arrays.copyOf(whole, 100), "byte ", "do not fit in the");
    fails(Arrays.copyOf(whole, 30), "byte 30", "the file ends in the middle of the header");
    byte[] later = whole.clone();
    later[4] = 13;
    fails(later, "fastText's version 13. Known are 11, 12 and older.");
    byte[] manyLetters = whole.clone();
    manyLetters[8 + 41] = 1;
    fails(manyLetters, "maxn 260. It must be 0..255");
    byte[] fewer = whole.clone();
    fewer[8 + 32] = 39;
    fails(fewer, "the input matrix is [45, 3]; words, n-grams and dim make it [44, 3]");
  }

  private void fails(byte[] bytes, String... parts) throws IOException {
    Path file = file(bytes);
    assertThatThrownBy(() -> FastText.load(file, LoadProgress.silent()))
        .isInstanceOf(FormatException.class)
        .message()
        .contains(parts);
    assertThatThrownBy(() -> WordVectors.load(file, LoadProgress.silent()))
        .isInstanceOf(FormatException.class)
        .message()
        .contains(parts);
  }

  /** Two bytes a word that stand for a vector of 100,000 numbers. */
  @Test
  void aQuantisedTableLargerThanAnArrayIsRefused() throws IOException {
    int words = 22_000;
    int dim = 100_000;
    ByteBuffer out = ByteBuffer.allocate(110 << 20).order(ByteOrder.LITTLE_ENDIAN);
    for (int i : new int[] {793712314, 12, dim, 5, 1, 1, 5, 1, 2, 2, 0, 0, 0, 100}) {
      out.putInt(i);
    }
    out.putDouble(1e-4).putInt(words).putInt(words).putInt(0).putLong(1).putLong(0);
    for (int i = 0; i < words; i++) {
      out.put(Integer.toString(i).getBytes()).put((byte) 0).putLong(1).put((byte) 0);
    }
    out.put((byte) 1).put((byte) 0).putLong(words).putLong(dim).putInt(words);
    out.position(out.position() + words);
    out.putInt(dim).putInt(1).putInt(dim).putInt(dim).position(out.position() + dim * 1024);
    out.put((byte) 0).putLong(0).putLong(dim);
    Path file = folder.resolve("large.ftz");
    try (var channel =
        java.nio.channels.FileChannel.open(
            file,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(out.flip());
    }
    assertThatThrownBy(() -> WordVectors.load(file, LoadProgress.silent()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("22,000 rows of 100,000 numbers are more than a Java array holds");
  }

  @Test
  void otherFilesAreNoModels() throws IOException {
    Path file = file("the 1 2 3\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThatThrownBy(() -> FastText.load(file, LoadProgress.silent()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("Word vectors without a model are read by WordVectors.load");
  }
}
