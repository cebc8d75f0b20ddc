package gradus.bench.compare;

import gradus.tensor.Tensor;
import gradus.tensor.io.LoadProgress;
import gradus.text.vectors.WordVectorFormat;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Loading files of word vectors beside gensim: both load the same file, in turns, gensim in a
 * process that times itself. The first load of this process counts by itself: nothing is compiled
 * yet.
 */
final class LoadRows {

  private static final int WORDS = 400_000;
  private static final int DIM = 100;
  private static final int TURNS = 3;

  static final List<Row> ROWS =
      List.of(
          row("load word2vec text", WordVectorFormat.WORD2VEC_TEXT),
          row("load word2vec binary", WordVectorFormat.WORD2VEC_BINARY));

  private static volatile Object sink;

  private LoadRows() {}

  private static Row row(String name, WordVectorFormat format) {
    return Row.of(name, "400,000 words x 100, beside gensim", 2, Work.NONE, new Match(format));
  }

  private record Match(WordVectorFormat format) implements Row.Match {

    @Override
    public String peer() {
      return "gensim";
    }

    @Override
    public Result run(Row row, Limits limits) {
      Optional<Gensim> started = Gensim.start();
      if (started.isEmpty()) {
        return Result.failed(row, limits.threads(), "there is no Python with gensim");
      }
      Path file = null;
      try (Gensim gensim = started.get()) {
        file = Files.createTempFile("gradus-load", ".vectors");
        table().save(file, format);
        return match(row, limits.threads(), gensim, file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        delete(file);
      }
    }

    private Result match(Row row, int threads, Gensim gensim, Path file) {
      boolean binary = format == WordVectorFormat.WORD2VEC_BINARY;
      double first = load(file);
      String mine = digest(WordVectors.load(file, LoadProgress.silent()));
      double[] my = new double[TURNS];
      double[] their = new double[TURNS];
      for (int i = 0; i < TURNS; i++) {
        Gensim.Loaded loaded = gensim.load(file, binary);
        if (!loaded.digest().equals(mine)) {
          return Result.failed(row, threads, "results differ");
        }
        their[i] = loaded.seconds();
        my[i] = load(file);
      }
      double[] ratios = IntStream.range(0, TURNS).mapToDouble(i -> their[i] / my[i]).toArray();
      for (double[] values : List.of(ratios, my, their)) {
        Arrays.sort(values);
      }
      double peer = 1e6 * their[TURNS / 2];
      String version = "gensim " + gensim.version();
      return new Result(
          row,
          threads,
          1e6 * my[TURNS / 2],
          peer,
          ratios[TURNS / 2],
          ratios[0],
          ratios[TURNS - 1],
          their[0] / my[0],
          Double.NaN,
          Double.NaN,
          Double.NaN,
          List.of(
              new Result.Other(
                  version + ", beside the first load",
                  peer,
                  peer / 1e6 / first,
                  "%.0f ms".formatted(1e3 * first))),
          "");
    }
  }

  /** Numbers of five digits, as published tables have them. */
  private static WordVectors table() {
    Tensor.manualSeed(1);
    float[] values = Tensor.randn(WORDS, DIM).mul(0.4).toFloatArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(1e5 * values[i]) / 1e5f;
    }
    List<String> words = IntStream.range(0, WORDS).mapToObj(i -> "wörd" + 7L * i).toList();
    return WordVectors.of(words, Tensor.fromArray(values, WORDS, DIM));
  }

  /** How many seconds it takes. */
  private static double load(Path file) {
    sink = null;
    System.gc(); // what the load before left is not this one's to clean up
    long start = System.nanoTime();
    sink = WordVectors.load(file, LoadProgress.silent());
    return (System.nanoTime() - start) / 1e9;
  }

  private static String digest(WordVectors table) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      String words = String.join("\n", table.vocabulary().words());
      digest.update(words.getBytes(StandardCharsets.UTF_8));
      float[] values = table.vectors().toFloatArray();
      ByteBuffer bytes =
          ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      digest.update(bytes);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
