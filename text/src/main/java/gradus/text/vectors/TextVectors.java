package gradus.text.vectors;

import gradus.tensor.io.Quoted;
import gradus.text.io.ByteSource;
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

  private static final System.Logger LOG = System.getLogger(TextVectors.class.getName());
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final ByteSource source;
  private final Word2VecHeader header;
  private final int limit;
  private final UnicodeErrors errors;

  private int dim;
  private long wanted;
  private int capacity;
  private float[] table;
  private String[] words;
  private int rows;
  private boolean more;
  private long lines;

  TextVectors(ByteSource source, Word2VecHeader header, int limit, UnicodeErrors errors) {
    this.source = source;
    this.header = header;
    this.limit = limit;
    this.errors = errors;
  }

  WordVectors read() {
    // A gzipped file tells its length only after it was unpacked.
    source.passes(header.present() && !source.packed() ? 1 : 2);
    allocate();
    Queue<Future<TextRows>> begun = new ArrayDeque<>();
    ExecutorService workers = null;
    try (LinePieces pieces = new LinePieces(source)) {
      int from = header.present() ? header.end() : header.start();
      lines = header.present() ? 1 : 0;
      while (!pieces.ended() && !done()) {
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
      while (!begun.isEmpty() && !done()) {
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
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("loading was interrupted"));
    }
  }

  /** Makes a table for all rows; its size never rests on the word of the counts alone. */
  private void allocate() {
    dim = header.dim();
    wanted = header.present() ? Math.min(header.rows(), limit) : countLines();
    long bytes = wanted == limit ? source.longest() : source.length();
    // A row takes at least a blank and a digit for each number, and the end of its line.
    long held = (bytes + 1) / (2L * dim + 1);
    long all = Math.min(wanted, held);
    table = ByteSource.table(source.path(), "line 1", all, dim);
    capacity = (int) all;
    words = new String[capacity];
  }

  /** Counts the lines that are not blank, up to the limit, and the numbers in the first. */
  private long countLines() {
    long count = 0;
    try (LinePieces pieces = new LinePieces(source)) {
      int from = header.start();
      while (!pieces.ended() && count < limit) {
        LinePieces.Piece piece = pieces.next();
        if (dim == 0) {
          dim = dimOfFirst(piece, from);
        }
        count += lines(piece.bytes(), from, piece.length());
        from = 0;
      }
    }
    return Math.min(count, limit);
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

  /** Whether all rows that are wanted are there, and it is known whether there are others. */
  private boolean done() {
    return rows == wanted && (more || !header.present() || limit <= header.rows());
  }

  /** Puts the rows of the next piece into the table. */
  private void place(TextRows next) {
    int fitting = Math.min(next.rows(), capacity - rows);
    next.copyTo(words, table, rows, fitting);
    rows += fitting;
    lines += next.lines();
    // What stands after the last row is nobody's, wrong or not.
    if (next.problem() != null && !(rows == wanted && (header.present() || rows == limit))) {
      throw source.error("line " + (lines + 1), next.problem());
    }
    more |= fitting < next.rows() || next.problem() != null;
  }

  private WordVectors finish() {
    boolean cut = rows < wanted;
    if (cut && header.present()) {
      throw source.error(
          "line " + lines,
          ("the file ends after %,d words, line 1 says there are %,d. It was cut short, or the"
                  + " counts are wrong.%s")
              .formatted(
                  rows,
                  header.rows(),
                  rows == 0
                      ? ""
                      : " WordVectors.load(path, %d) takes those that are there.".formatted(rows)));
    }
    if (cut || more && !header.present() && rows < limit) {
      throw source.error("line " + lines, "the file changed while it was read.");
    }
    if (more && rows < limit) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: there are more rows than the {1} that line 1 says; they are left out.",
          source.path(),
          header.rows());
    }
    checkWords();
    return DistinctWords.table(source.path(), words, rows, table, dim);
  }

  /** That lines hold no more numbers than the first one says: those would have become words. */
  private void checkWords() {
    int first = header.present() ? 0 : 1; // without counts, all numbers of the first were taken
    int row = first;
    while (row < rows && TextRows.endsInNumber(words[row])) {
      row++;
    }
    if (row == rows && rows > first) {
      throw source.error(
          "line 2",
          ("every word ends in a number, as \"%s\" does: the lines hold more than the %,d numbers"
                  + " that line 1 says. Correct or remove line 1.")
              .formatted(Quoted.of(words[first]), dim));
    }
  }
}
