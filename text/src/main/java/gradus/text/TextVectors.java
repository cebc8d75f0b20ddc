package gradus.text;

import gradus.tensor.io.Elements;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads word vectors from text: word2vec's (a line of counts first), GloVe's (without), fastText's
 * {@code .vec}.
 *
 * <p>One thread cuts the file into pieces of whole lines, all processors read them, and the pieces
 * are put into the table in the order of the file. So the result, and the error if there is one, do
 * not depend on the number of processors. Besides the table only a few pieces are in memory. Where
 * no line of counts says how large the table is, the lines are counted first.
 */
final class TextVectors {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final ByteSource source;
  private final CountsLine counts;
  private final UnicodeErrors errors;

  private int dim;
  private int capacity;
  private float[] table;
  private String[] words;
  private int rows;
  private long lines;

  TextVectors(ByteSource source, CountsLine counts, UnicodeErrors errors) {
    this.source = source;
    this.counts = counts;
    this.errors = errors;
  }

  WordVectors read() {
    // A gzipped file tells its length only after it was unpacked.
    source.passes(counts.present() && !source.packed() ? 1 : 2);
    allocate();
    Queue<Future<TextRows>> begun = new ArrayDeque<>();
    ExecutorService workers = null;
    try (LinePieces pieces = new LinePieces(source)) {
      int from = counts.present() ? counts.end() : counts.start();
      lines = counts.present() ? 1 : 0;
      while (!pieces.ended()) {
        LinePieces.Piece piece = pieces.next();
        int start = from;
        if (workers == null && pieces.ended()) {
          place(rowsOf(piece, start));
          break;
        }
        workers = workers == null ? Executors.newFixedThreadPool(PROCESSORS) : workers;
        begun.add(workers.submit(() -> rowsOf(piece, start)));
        from = 0;
        if (begun.size() > 2 * PROCESSORS) {
          place(result(begun.remove()));
        }
      }
      while (!begun.isEmpty()) {
        place(result(begun.remove()));
      }
    } finally {
      if (workers != null) {
        workers.shutdownNow();
      }
    }
    return finish();
  }

  private TextRows rowsOf(LinePieces.Piece piece, int from) {
    return new TextRows(piece.bytes(), dim, errors).read(from, piece.length());
  }

  private static TextRows result(Future<TextRows> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("loading was interrupted"));
    }
  }

  /** Makes a table for all rows; its size never rests on the word of the counts alone. */
  private void allocate() {
    long most;
    if (counts.present()) {
      dim = counts.dim();
      most = counts.rows();
    } else {
      most = countLines();
    }
    // A row takes at least a blank and a digit for each number, and the end of its line.
    long held = (source.length() + 1) / (2L * dim + 1);
    long all = Math.min(most, held);
    table = Elements.floats(source.path(), "line 1", all, dim);
    capacity = (int) all;
    words = new String[capacity];
  }

  /** Counts the lines that are not blank, and the numbers in the first. */
  private long countLines() {
    long count = 0;
    try (LinePieces pieces = new LinePieces(source)) {
      int from = counts.start();
      while (!pieces.ended()) {
        LinePieces.Piece piece = pieces.next();
        if (dim == 0) {
          dim = dimOfFirst(piece, from);
        }
        count += lines(piece.bytes(), from, piece.length());
        from = 0;
      }
    }
    return count;
  }

  private static long lines(byte[] bytes, int from, int to) {
    long count = 0;
    int start = from;
    while (start < to) {
      int end = start;
      while (end < to && bytes[end] != '\n') {
        end++;
      }
      count += TextRows.isBlank(bytes, start, end) ? 0 : 1;
      start = end + 1;
    }
    return count;
  }

  private int dimOfFirst(LinePieces.Piece piece, int from) {
    byte[] bytes = piece.bytes();
    int start = from;
    int line = 1;
    while (start < piece.length()) {
      int end = start;
      while (end < piece.length() && bytes[end] != '\n') {
        end++;
      }
      if (!TextRows.isBlank(bytes, start, end)) {
        int found = new TextRows(bytes, 0, errors).dimOfFirst(start, end);
        if (found > 0) {
          return found;
        }
        break;
      }
      line++;
      start = end + 1;
    }
    throw source.error(
        "line " + line,
        "no word with numbers. Each line holds a word and its numbers, parted by single blanks.");
  }

  /** Puts the rows of the next piece into the table. */
  private void place(TextRows next) {
    int fitting = Math.min(next.rows(), capacity - rows);
    if (fitting < next.rows() && rows + fitting == counts.rows()) {
      throw source.error(
          "line " + (lines + next.lineOf(fitting) + 1),
          "a row more than the %,d that line 1 says there are.".formatted(counts.rows()));
    }
    next.copyTo(words, table, rows, fitting);
    rows += fitting;
    lines += next.lines();
    if (next.problem() != null) {
      throw source.error("line " + (lines + 1), next.problem());
    }
    if (fitting < next.rows()) {
      throw source.error("line " + lines, "the file changed while it was read.");
    }
  }

  private WordVectors finish() {
    if (counts.present() && rows < counts.rows()) {
      throw source.error(
          "line " + lines,
          ("the file ends after %,d words, line 1 says there are %,d. It was cut short, or the"
                  + " counts are wrong.")
              .formatted(rows, counts.rows()));
    }
    if (rows < capacity) {
      throw source.error("line " + lines, "the file changed while it was read.");
    }
    return DistinctWords.table(source.path(), words, rows, table, dim);
  }
}
