package gradus.text.fasttext;

import gradus.tensor.io.FileErrors;
import gradus.tensor.io.FormatException;
import gradus.text.io.BinaryInput;
import gradus.text.io.ByteSource;
import gradus.text.training.HuffmanTree;
import gradus.text.vectors.DistinctWords;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;

/**
 * Reads fastText's {@code .bin} and {@code .ftz}, versions 11 and 12 and those from before there
 * were versions.
 *
 * <p>The file: arguments, dictionary, input matrix (a row for each word and bucket of n-grams),
 * output matrix (a row for each label or word); all little-endian.
 *
 * <p>Public for {@link WordVectors#load(Path)}, which reads such files too; others begin with
 * {@link FastText#load(Path)}.
 */
public final class FastTextReader {

  private static final System.Logger LOG = System.getLogger(FastTextReader.class.getName());

  private FastTextReader() {}

  /**
   * Whether a file begins as fastText's do, by its mark or, for old ones, by sensible arguments.
   */
  public static boolean recognises(byte[] head) {
    if (head.length < 8) {
      return false;
    }
    ByteBuffer ints = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    if (ints.getInt(0) == FastTextArgs.MAGIC) {
      return true;
    }
    return head.length >= 56
        && within(ints.getInt(0), 1, 10_000)
        && within(ints.getInt(4), 0, 10_000)
        && within(ints.getInt(24), 1, 4)
        && within(ints.getInt(28), 1, 3);
  }

  private static boolean within(int value, int least, int most) {
    return value >= least && value <= most;
  }

  static FastText model(ByteSource source) {
    source.passes(source.packed() ? 2 : 1);
    try (BinaryInput in = new BinaryInput(source)) {
      FastTextArgs args = FastTextArgs.read(in);
      FastTextDictionary dictionary = new FastTextDictionary(in, args);
      boolean quantised = quantised(in, args, dictionary);
      FastTextMatrix input =
          quantised ? QuantMatrix.read(in, "input") : FastTextMatrix.Dense.read(in, "input");
      checkInput(in, args, dictionary, input.rows(), input.columns());
      in.reading("whether the output is quantised");
      boolean quantisedOutput = args.version() > 0 && in.readBoolean();
      FastTextMatrix output =
          quantised && quantisedOutput
              ? QuantMatrix.read(in, "output")
              : FastTextMatrix.Dense.read(in, "output");
      checkOutput(in, args, dictionary, output);
      return new FastText(args, dictionary, input, quantisedOutput, output);
    }
  }

  /**
   * The words and their vectors. Where the rows lie in the file as plain floats they are left there
   * until a word needs them, so that only the table is in memory.
   */
  @SuppressWarnings("exports")
  public static WordVectors wordVectors(ByteSource source, int limit) {
    if (source.packed()) {
      return model(source).wordVectors(source.path(), limit);
    }
    source.passes(2);
    FastTextArgs args;
    FastTextDictionary dictionary;
    long[] sizes;
    long start;
    try (BinaryInput in = new BinaryInput(source)) {
      args = FastTextArgs.read(in);
      dictionary = new FastTextDictionary(in, args);
      if (quantised(in, args, dictionary)) {
        return model(source).wordVectors(source.path(), limit);
      }
      sizes = FastTextMatrix.Dense.sizes(in, "input");
      checkInput(in, args, dictionary, sizes[0], sizes[1]);
      start = in.position();
    }
    checkRest(source, args, dictionary, start + Float.BYTES * sizes[0] * sizes[1]);
    return mapped(source, args, dictionary, (int) sizes[0], start, limit);
  }

  private static WordVectors mapped(
      ByteSource source,
      FastTextArgs args,
      FastTextDictionary dictionary,
      int rows,
      long start,
      int limit) {
    try (FileChannel file = FileChannel.open(source.path(), StandardOpenOption.READ);
        Arena arena = Arena.ofShared()) {
      long bytes = (long) Float.BYTES * rows * args.dim();
      var values = file.map(FileChannel.MapMode.READ_ONLY, start, bytes, arena);
      WordVectors table =
          table(
              source.path(),
              dictionary,
              new FastTextMatrix.Mapped(rows, args.dim(), values),
              limit);
      if (file.size() < start + bytes) {
        throw cutShort(source, null);
      }
      return table;
    } catch (InternalError e) {
      // What Java makes of the fault where whole rows are copied out of a mapped file.
      throw cutShort(source, e);
    } catch (IOException e) {
      throw FileErrors.reading(source.path(), e);
    }
  }

  private static FormatException cutShort(ByteSource source, InternalError fault) {
    return new FormatException(
        source.path(),
        "the input matrix",
        "the file has become shorter since it was opened. Does another program write it? Load it when that is done.",
        fault);
  }

  /** The vectors of the first words of a dictionary, as fastText prints them. */
  static WordVectors table(
      Path path, FastTextDictionary dictionary, FastTextMatrix input, int limit) {
    String[] words = dictionary.words().stream().limit(limit).toArray(String[]::new);
    int dim = input.columns();
    float[] table = ByteSource.table(path, "the dictionary", words.length, dim);
    IntStream.range(0, words.length)
        .parallel()
        .forEach(
            word -> {
              float[] mean = dictionary.addRows(words[word], word, new RowMean(input)).mean();
              System.arraycopy(mean, 0, table, word * dim, dim);
            });
    return DistinctWords.table(path, words, words.length, table, dim);
  }

  private static boolean quantised(
      BinaryInput in, FastTextArgs args, FastTextDictionary dictionary) {
    in.reading("whether the input is quantised");
    boolean quantised = args.version() > 0 && in.readBoolean();
    if (!quantised && dictionary.pruned()) {
      throw in.error("n-grams were dropped from a model that is not quantised. fastText has none.");
    }
    return quantised;
  }

  private static void checkInput(
      BinaryInput in, FastTextArgs args, FastTextDictionary dictionary, long rows, long columns) {
    if (rows != dictionary.rows() || columns != args.dim()) {
      throw in.error(
          "the input matrix is [%d, %d]; words, n-grams and dim make it [%d, %d]."
              .formatted(rows, columns, dictionary.rows(), args.dim()));
    }
  }

  private static void checkOutput(
      BinaryInput in, FastTextArgs args, FastTextDictionary dictionary, FastTextMatrix output) {
    int rows = args.supervised() ? dictionary.labels().size() : dictionary.words().size();
    // A model without labels has no use for its output, and some are published without.
    boolean fits = output.rows() == rows || output.rows() == 0 && !args.supervised();
    if (output.columns() != args.dim() || !fits) {
      throw in.error(
          "the output matrix is [%d, %d]; %,d %s and dim make it [%d, %d]."
              .formatted(
                  output.rows(),
                  output.columns(),
                  rows,
                  args.supervised() ? "labels" : "words",
                  rows,
                  args.dim()));
    }
    if (args.supervised() && !HuffmanTree.possible(dictionary.labelCounts())) {
      throw in.error("the counts of the labels in the dictionary are no counts of a text.");
    }
    if (!in.atEnd()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: there are bytes after the output matrix, with which a model ends; they are left out.",
          in.path());
    }
  }

  /** That the output matrix is there, without reading it. */
  private static void checkRest(
      ByteSource source, FastTextArgs args, FastTextDictionary dictionary, long outputStart) {
    try (BinaryInput in = new BinaryInput(source)) {
      in.skip(outputStart);
      in.reading("whether the output is quantised");
      if (args.version() > 0) {
        in.readBoolean();
      }
      long[] sizes = FastTextMatrix.Dense.sizes(in, "output");
      in.skip(Float.BYTES * sizes[0] * sizes[1]);
      checkOutput(
          in,
          args,
          dictionary,
          new FastTextMatrix.Dense((int) sizes[0], (int) sizes[1], new float[0]));
    }
  }
}
