package gradus.tensor.kernel.attention;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.Scratch;
import gradus.tensor.kernel.matmul.MatMulPack;
import gradus.tensor.kernel.matmul.MatMulTiles;
import java.util.Arrays;

/**
 * Scaled dot-product attention, {@code softmax(scale · Q·Kᵀ + mask) · V}, for each matrix of a
 * batch. The scores of a block of queries live in a buffer of the thread, never in memory as a
 * whole; the gradient computes them again. Dao et al. 2022; no running softmax is needed, since
 * whole rows fit the buffer.
 *
 * @param queries how many rows Q and the result have
 * @param keys how many rows K and V have
 * @param width the columns of Q and K
 * @param valueWidth the columns of V and the result
 * @param scale the factor of the scores
 * @param causal whether query i sees the keys 0..i only
 * @param mask added to the scores; null for none
 */
public record Attention(
    int queries, int keys, int width, int valueWidth, float scale, boolean causal, Batch mask) {

  /** Scores of a block in the forward and in the backward pass, in floats: so much stays in L2. */
  private static final int FORWARD = 24_576;

  private static final int BACKWARD = 32_768;

  /** Keys that are summed up before their sum is added to that of the others. */
  private static final int PIECE = 128;

  /** Keys whose sums are added up before they meet the others. */
  private static final int GROUP = 16 * PIECE;

  private static final int UNITS = 16;
  private static final int PANEL = MatMulPack.WIDTH;

  /**
   * Matrices of one shape in one array: rows lie {@code row} apart, columns {@code col}.
   *
   * @param data where they lie
   * @param offsets where each begins
   * @param row how far apart rows are
   * @param col how far apart columns are: 1, but for the mask
   */
  public record Batch(float[] data, int[] offsets, int row, int col) {}

  /** Writes the result of each matrix of the batch. */
  public void forward(Batch q, Batch k, Batch v, Batch out) {
    int batches = out.offsets.length;
    // Each unit packs the keys, so there are only as many as a few threads need.
    int groups = Math.clamp((UNITS + batches - 1) / batches, 1, (queries + 47) / 48);
    int rows = ((queries + groups - 1) / groups + 5) / 6 * 6;
    int units = Math.ceilDiv(queries, rows);
    Parallel.rows(
        batches * units,
        (long) rows * keys * (width + valueWidth) / 4,
        (from, to) -> {
          for (int unit = from; unit < to; unit++) {
            int first = unit % units * rows;
            forward(unit / units, first, Math.min(queries, first + rows), q, k, v, out);
          }
        });
  }

  private void forward(int i, int first, int last, Batch q, Batch k, Batch v, Batch out) {
    int block = block(FORWARD, 24, 96);
    int scores = packed(width);
    int spare = scores + block * padded(keys);
    float[] buffer = Scratch.floats(spare + block * valueWidth);
    pack(k, i, width, buffer, 0);
    float[] sums = new float[block];
    for (int row = first; row < last; row += block) {
      int rows = Math.min(block, last - row);
      int seen = seen(row + rows);
      exponentials(i, row, rows, seen, q, buffer, scores, sums);
      int to = out.offsets[i] + row * out.row;
      int line = padded(seen);
      int from = v.offsets[i];
      overKeys(
          rows,
          valueWidth,
          seen,
          buffer,
          scores,
          line,
          spare,
          v.data,
          from,
          v.row,
          out.data,
          to,
          out.row);
      for (int r = 0; r < rows; r++) {
        ScoreRows.scale(out.data, to + r * out.row, valueWidth, 1 / sums[r]);
      }
    }
  }

  /**
   * Writes the gradients of Q, K and V from that of the result. Each matrix of the batch is one
   * unit of work, whose blocks follow one another, so the sums do not depend on the threads.
   */
  public void backward(Batch g, Batch q, Batch k, Batch v, Batch dq, Batch dk, Batch dv) {
    Parallel.rows(
        g.offsets.length,
        (long) queries * keys * (width + valueWidth),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            backward(i, g, q, k, v, dq, dk, dv);
          }
        });
  }

  private void backward(int i, Batch g, Batch q, Batch k, Batch v, Batch dq, Batch dk, Batch dv) {
    int block = block(BACKWARD, 24, 192);
    int values = packed(width);
    int scores = values + packed(valueWidth);
    int grads = scores + block * padded(keys);
    int spare = grads + block * padded(keys);
    float[] buffer = Scratch.floats(spare + block * width);
    pack(k, i, width, buffer, 0);
    pack(v, i, valueWidth, buffer, values);
    if (causal) {
      // Keys that no query of the first block sees have no gradient yet when the next is added.
      clear(dk, i, width);
      clear(dv, i, valueWidth);
    }
    float[] sums = new float[block];
    for (int row = 0; row < queries; row += block) {
      int rows = Math.min(block, queries - row);
      int seen = seen(row + rows);
      int line = padded(seen);
      boolean add = causal || row > 0;
      exponentials(i, row, rows, seen, q, buffer, scores, sums);
      int gAt = g.offsets[i] + row * g.row;
      product(rows, seen, valueWidth, g.data, gAt, g.row, buffer, values, grads);
      for (int r = 0; r < rows; r++) {
        int at = r * line;
        ScoreRows.gradient(buffer, scores + at, buffer, grads + at, line, sums[r], scale);
      }
      MatMulTiles.multiply(
          seen,
          valueWidth,
          rows,
          buffer,
          scores,
          1,
          line,
          g.data,
          gAt,
          g.row,
          dv.data,
          dv.offsets[i],
          dv.row,
          add);
      int qAt = q.offsets[i] + row * q.row;
      MatMulTiles.multiply(
          seen,
          width,
          rows,
          buffer,
          grads,
          1,
          line,
          q.data,
          qAt,
          q.row,
          dk.data,
          dk.offsets[i],
          dk.row,
          add);
      int dqAt = dq.offsets[i] + row * dq.row;
      int kAt = k.offsets[i];
      overKeys(
          rows, width, seen, buffer, grads, line, spare, k.data, kAt, k.row, dq.data, dqAt, dq.row);
    }
  }

  /** The exponentials of a block of scores, and their sums row by row. */
  private void exponentials(
      int i, int row, int rows, int seen, Batch q, float[] buffer, int scores, float[] sums) {
    int line = padded(seen);
    product(rows, seen, width, q.data, q.offsets[i] + row * q.row, q.row, buffer, 0, scores);
    for (int r = 0; r < rows; r++) {
      int visible = causal ? Math.min(seen, row + r + 1) : seen;
      int maskAt = mask == null ? 0 : mask.offsets[i] + (row + r) * mask.row;
      sums[r] =
          ScoreRows.exponentials(
              buffer,
              scores + r * line,
              visible,
              line,
              scale,
              mask == null ? null : mask.data,
              maskAt,
              mask == null ? 0 : mask.col);
    }
  }

  /** Rows of A times packed panels. */
  private static void product(
      int rows, int cols, int depth, float[] a, int aAt, int aRow, float[] buffer, int b, int c) {
    int line = padded(cols);
    for (int col = 0; col < line; col += PANEL) {
      int some = Math.min(PANEL, line - col);
      MatMulTiles.multiply(
          rows,
          some,
          depth,
          a,
          aAt,
          aRow,
          1,
          buffer,
          b + col * depth,
          PANEL,
          buffer,
          c + col,
          line,
          false);
    }
  }

  /**
   * A row for each query times the keys or values, summed in pieces and those in groups: one
   * running sum over thousands of keys would lose digits. What {@code buffer} holds from {@code
   * spare} on is overwritten.
   */
  private static void overKeys(
      int rows,
      int cols,
      int seen,
      float[] buffer,
      int at,
      int line,
      int spare,
      float[] b,
      int bAt,
      int bRow,
      float[] out,
      int outAt,
      int outRow) {
    for (int from = 0; from < seen; from += PIECE) {
      int some = Math.min(PIECE, seen - from);
      int bFrom = bAt + from * bRow;
      boolean direct = from < GROUP;
      float[] c = direct ? out : buffer;
      int cAt = direct ? outAt : spare;
      int cRow = direct ? outRow : cols;
      boolean add = from % GROUP > 0;
      MatMulTiles.multiply(
          rows, cols, some, buffer, at + from, line, 1, b, bFrom, bRow, c, cAt, cRow, add);
      if (!direct && (from % GROUP == GROUP - PIECE || from + some == seen)) {
        for (int r = 0; r < rows; r++) {
          ScoreRows.add(out, outAt + r * outRow, buffer, spare + r * cols, cols);
        }
      }
    }
  }

  /** The transpose of a matrix of {@code keys} rows, in panels of 64 of its rows. */
  private void pack(Batch x, int i, int columns, float[] buffer, int to) {
    for (int key = 0; key < keys; key += PANEL) {
      int some = Math.min(PANEL, keys - key);
      int from = x.offsets[i] + key * x.row;
      MatMulPack.panel(x.data, from, 1, x.row, columns, some, buffer, to + key * columns);
      if (some % 16 != 0) {
        // What is computed from these columns is thrown away, but slowly if they are denormal.
        for (int p = 0; p < columns; p++) {
          int at = to + key * columns + p * PANEL;
          Arrays.fill(buffer, at + some, at + padded(some), 0);
        }
      }
    }
  }

  private void clear(Batch x, int i, int columns) {
    for (int key = 0; key < keys; key++) {
      int at = x.offsets[i] + key * x.row;
      Arrays.fill(x.data, at, at + columns, 0);
    }
  }

  /** How many keys the queries before {@code row} see. */
  private int seen(int row) {
    return causal ? Math.min(row, keys) : keys;
  }

  /** Rows whose scores fill {@code floats}, in whole tiles. */
  private int block(int floats, int least, int most) {
    return Math.clamp(floats / padded(keys), least, most) / 6 * 6;
  }

  private int packed(int columns) {
    return Math.ceilDiv(keys, PANEL) * PANEL * columns;
  }

  private static int padded(int n) {
    return (n + 15) / 16 * 16;
  }
}
