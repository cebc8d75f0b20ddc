package gradus.text.fasttext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Files of fastText models, put together byte by byte as its source lays them down, and what their
 * words' vectors must be: a second, plain reading of the same rules.
 */
public final class TinyFastText {

  public static final int DIM = 3;
  public static final List<String> WORDS = List.of("the", "</s>", "naïve", "東京", "banana");
  public static final List<String> LABELS = List.of("__label__a", "__label__b", "__label__c");
  public static final long[] LABEL_COUNTS = {50, 30, 20};

  private final ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private SplittableRandom random;

  public int version = 12;
  public int loss = 2;
  public int model = 2;
  public int bucket = 40;
  public int minn = 2;
  public int maxn = 4;
  public int wordNgrams = 1;
  public boolean quantised;
  public boolean quantisedOutput;
  public boolean normed;

  /** Buckets that are kept, in the order of their rows; null for all. */
  public int[] kept;

  public float[][] input;
  public float[][] output;

  /** A model of version 12, neither quantised nor pruned. */
  public TinyFastText() {}

  public byte[] bytes() {
    out.clear();
    random = new SplittableRandom(11);
    if (version > 0) {
      ints(793712314, version);
    }
    ints(DIM, 5, 1, 1, 5, wordNgrams, loss, model, bucket, minn, maxn, 100);
    out.putDouble(1e-4);
    dictionary();
    int inputRows = WORDS.size() + (kept == null ? bucket : kept.length);
    flag(quantised);
    input = quantised ? quantised(inputRows) : dense(inputRows);
    flag(quantisedOutput);
    int outputRows = model == 3 ? LABELS.size() : WORDS.size();
    output = quantised && quantisedOutput ? quantised(outputRows) : dense(outputRows);
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private void ints(int... values) {
    for (int value : values) {
      out.putInt(value);
    }
  }

  private void flag(boolean value) {
    if (version > 0) {
      out.put((byte) (value ? 1 : 0));
    }
  }

  private void dictionary() {
    int labels = model == 3 ? LABELS.size() : 0;
    ints(WORDS.size() + labels, WORDS.size(), labels);
    out.putLong(1000);
    if (version > 0) {
      out.putLong(kept == null ? -1 : kept.length);
    }
    for (int i = 0; i < WORDS.size() + labels; i++) {
      boolean word = i < WORDS.size();
      String entry = word ? WORDS.get(i) : LABELS.get(i - WORDS.size());
      out.put(entry.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
      out.putLong(word ? 9 - i : LABEL_COUNTS[i - WORDS.size()]).put((byte) (word ? 0 : 1));
    }
    for (int i = 0; kept != null && i < kept.length; i++) {
      ints(kept[i], i);
    }
  }

  private float[][] dense(int rows) {
    out.putLong(rows).putLong(DIM);
    float[][] matrix = new float[rows][DIM];
    for (float[] row : matrix) {
      for (int i = 0; i < DIM; i++) {
        row[i] = random.nextFloat() - 0.5f;
        out.putFloat(row[i]);
      }
    }
    return matrix;
  }

  /** Two parts: of two numbers, and of the one that is left. */
  private float[][] quantised(int rows) {
    out.put((byte) (normed ? 1 : 0)).putLong(rows).putLong(DIM).putInt(2 * rows);
    byte[] codes = new byte[2 * rows];
    random.nextBytes(codes);
    out.put(codes);
    float[] centroids = quantiser(DIM, 2, 2, 1);
    byte[] lengthCodes = new byte[rows];
    float[] lengths = null;
    if (normed) {
      random.nextBytes(lengthCodes);
      out.put(lengthCodes);
      lengths = quantiser(1, 1, 1, 1);
    }
    float[][] matrix = new float[rows][DIM];
    for (int row = 0; row < rows; row++) {
      float length = normed ? lengths[lengthCodes[row] & 255] : 1;
      int first = codes[2 * row] & 255;
      int second = codes[2 * row + 1] & 255;
      matrix[row][0] = length * centroids[2 * first];
      matrix[row][1] = length * centroids[2 * first + 1];
      matrix[row][2] = length * centroids[512 + second];
    }
    return matrix;
  }

  private float[] quantiser(int dim, int parts, int size, int last) {
    ints(dim, parts, size, last);
    float[] centroids = new float[dim * 256];
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] = random.nextFloat() - 0.5f;
      out.putFloat(centroids[i]);
    }
    return centroids;
  }

  /** The rows that a word's vector is the mean of. */
  public List<Integer> rows(String word) {
    List<Integer> rows = new ArrayList<>();
    if (WORDS.contains(word)) {
      rows.add(WORDS.indexOf(word));
    }
    int[] letters = ("<" + word + ">").codePoints().toArray();
    for (int from = 0; from < letters.length && (version == 0 || !word.equals("</s>")); from++) {
      for (int to = from + 1; to <= Math.min(letters.length, from + maxn); to++) {
        boolean mark = to == from + 1 && (from == 0 || to == letters.length);
        if (to - from >= minn && !mark) {
          add(rows, (int) (hash(new String(letters, from, to - from)) % bucket));
        }
      }
    }
    return rows;
  }

  void add(List<Integer> rows, int inBucket) {
    if (kept == null) {
      rows.add(WORDS.size() + inBucket);
      return;
    }
    for (int i = 0; i < kept.length; i++) {
      if (kept[i] == inBucket) {
        rows.add(WORDS.size() + i);
      }
    }
  }

  /** FNV-1a of 32 bits, each byte widened with its sign. */
  public static long hash(String text) {
    long hash = 2_166_136_261L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = ((hash ^ (b & 0xFFFFFFFFL)) * 16_777_619L) & 0xFFFFFFFFL;
    }
    return hash;
  }

  public double[] mean(List<Integer> rows) {
    double[] mean = new double[DIM];
    for (int row : rows) {
      for (int i = 0; i < DIM; i++) {
        mean[i] += input[row][i] / (double) rows.size();
      }
    }
    return mean;
  }
}
