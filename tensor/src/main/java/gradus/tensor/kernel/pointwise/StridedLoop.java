package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.Strides;

/**
 * The loop nest of one elementwise op over strided operands.
 *
 * <p>Dimensions are first ordered so that the output is written as it lies in memory, and
 * neighbours that lie like one dimension for every operand become one. If then every input is
 * contiguous or repeated along the innermost dimension, the rows go straight to the loop. Otherwise
 * (transposed operands, steps) the work is done in tiles: a tile of the awkward operand is first
 * copied into a small contiguous buffer, reading it along its own memory order.
 */
final class StridedLoop {

  private static final int TILE_ROWS = 64;
  private static final int TILE_COLUMNS = 64;

  /** Elements that several short rows make up together: 16 KiB of each operand. */
  private static final int STRIP = 4096;

  private final Loop loop;
  private int rank;
  private int[] shape;

  /** Operand 0 is the output; then the inputs. */
  private int operands = 1;

  private final float[][] arrays = new float[4][];
  private final int[] offsets = new int[4];
  private final int[][] strides = new int[4][];

  StridedLoop(Loop loop, int[] shape, float[] out, int outOff, int[] outStrides) {
    this.loop = loop;
    this.shape = shape;
    arrays[0] = out;
    offsets[0] = outOff;
    strides[0] = outStrides;
  }

  StridedLoop input(float[] array, int offset, int[] stride) {
    arrays[operands] = array;
    offsets[operands] = offset;
    strides[operands++] = stride;
    return this;
  }

  void run() {
    collapse();
    int total = 1;
    for (int d = 0; d < rank; d++) {
      total *= shape[d];
    }
    if (total == 0) {
      return;
    }
    if (repeatsShortRows()) {
      runStrips();
    } else if (awkward() < 0) {
      runRows(total);
    } else {
      runTiles();
    }
  }

  /** Orders the dimensions by the output's strides and merges what lies like one dimension. */
  private void collapse() {
    int[] order = new int[shape.length];
    for (int d = 0; d < shape.length; d++) {
      if (shape[d] != 1) {
        int at = rank++;
        while (at > 0 && Math.abs(strides[0][order[at - 1]]) < Math.abs(strides[0][d])) {
          order[at] = order[at - 1];
          at--;
        }
        order[at] = d;
      }
    }
    int[] merged = new int[Math.max(rank, 1)];
    int[][] mergedStrides = new int[operands][Math.max(rank, 1)];
    int last = -1;
    for (int i = 0; i < rank; i++) {
      int d = order[i];
      boolean joins = last >= 0;
      for (int k = 0; k < operands && joins; k++) {
        joins = mergedStrides[k][last] == strides[k][d] * shape[d];
      }
      last += joins ? 0 : 1;
      merged[last] = joins ? merged[last] * shape[d] : shape[d];
      for (int k = 0; k < operands; k++) {
        mergedStrides[k][last] = strides[k][d];
      }
    }
    if (last < 0) {
      merged[++last] = 1;
    }
    rank = last + 1;
    shape = merged;
    System.arraycopy(mergedStrides, 0, strides, 0, operands);
  }

  /** The first operand the loop cannot take as it lies, or −1. */
  private int awkward() {
    for (int k = 0; k < operands; k++) {
      if (needsBuffer(k)) {
        return k;
      }
    }
    return -1;
  }

  private boolean needsBuffer(int operand) {
    int inner = strides[operand][rank - 1];
    return inner != 1 && (inner != 0 || operand == 0);
  }

  /** Rows straight through the loop; tasks are ranges of elements, so one long row is split too. */
  private void runRows(int total) {
    int cols = shape[rank - 1];
    int grain = 4096;
    Parallel.rows(
        Math.ceilDiv(total, grain),
        grain,
        (first, last) -> {
          int from = first * grain;
          int to = (int) Math.min((long) last * grain, total);
          int[] at = offsets.clone();
          int[] index = new int[rank];
          start(from / cols, rank - 1, index, at);
          int col = from % cols;
          for (int i = from; i < to; ) {
            int n = Math.min(cols - col, to - i);
            call(at, col, n);
            i += n;
            col = 0;
            next(rank - 1, index, at);
          }
        });
  }

  /** Whether all is contiguous, but for rows that are the same for each row of the output. */
  private boolean repeatsShortRows() {
    if (rank != 2 || 4 * shape[1] > STRIP) {
      return false;
    }
    boolean repeats = false;
    for (int k = 0; k < operands; k++) {
      boolean contiguous = strides[k][1] == 1 && strides[k][0] == shape[1];
      boolean repeated = k > 0 && strides[k][0] == 0 && strides[k][1] <= 1 && strides[k][1] >= 0;
      if (!contiguous && !repeated) {
        return false;
      }
      repeats |= repeated && strides[k][1] == 1;
    }
    return repeats;
  }

  /**
   * Several rows as one strip, beside as many copies of the repeated row: a call for each row, and
   * one for what its last vector does not fill, would take longer than the row.
   */
  private void runStrips() {
    int rows = shape[0];
    int cols = shape[1];
    int height = Math.min(rows, STRIP / cols);
    for (int k = 1; k < operands; k++) {
      if (strides[k][0] == 0 && strides[k][1] == 1) {
        float[] copies = new float[height * cols];
        for (int i = 0; i < height; i++) {
          System.arraycopy(arrays[k], offsets[k], copies, i * cols, cols);
        }
        arrays[k] = copies;
        offsets[k] = 0;
      }
    }
    Parallel.rows(
        Math.ceilDiv(rows, height),
        (long) height * cols,
        (first, last) -> {
          for (int strip = first; strip < last; strip++) {
            int[] at = offsets.clone();
            for (int k = 0; k < operands; k++) {
              at[k] += strip * height * strides[k][0];
            }
            call(at, 0, Math.min(height, rows - strip * height) * cols);
          }
        });
  }

  private void call(int[] at, int col, int n) {
    int b = operands > 2 ? strides[2][rank - 1] : 0;
    int c = operands > 3 ? strides[3][rank - 1] : 0;
    int a = strides[1][rank - 1];
    loop.run(
        arrays[1],
        at[1] + col * a,
        a,
        arrays[2],
        at[2] + col * b,
        b,
        arrays[3],
        at[3] + col * c,
        c,
        arrays[0],
        at[0] + col,
        n);
  }

  private void runTiles() {
    chooseTileRows();
    int rows = rank > 1 ? shape[rank - 2] : 1;
    int cols = shape[rank - 1];
    int height = Math.min(rows, TILE_ROWS);
    int width = Math.min(cols, TILE_COLUMNS * TILE_ROWS / height);
    int down = Math.ceilDiv(rows, height);
    int across = Math.ceilDiv(cols, width);
    int outer = 1;
    for (int d = 0; d < rank - 2; d++) {
      outer *= shape[d];
    }
    Parallel.rows(
        outer * down * across,
        2L * height * width,
        (first, last) -> {
          Tile tile = new Tile(height * width);
          for (int unit = first; unit < last; unit++) {
            int[] at = offsets.clone();
            start(unit / (down * across), rank - 2, new int[rank], at);
            int row = unit / across % down * height;
            int col = unit % across * width;
            tile.run(at, row, col, Math.min(height, rows - row), Math.min(width, cols - col));
          }
        });
  }

  /** Puts the dimension along which the awkward operand lies densest next to the innermost one. */
  private void chooseTileRows() {
    int[] of = strides[awkward()];
    int best = rank - 2;
    for (int d = rank - 3; d >= 0; d--) {
      if (of[d] != 0 && (of[best] == 0 || Math.abs(of[d]) < Math.abs(of[best]))) {
        best = d;
      }
    }
    if (best >= 0 && best != rank - 2) {
      swap(shape, best, rank - 2);
      for (int k = 0; k < operands; k++) {
        swap(strides[k], best, rank - 2);
      }
    }
  }

  private static void swap(int[] values, int i, int j) {
    int value = values[i];
    values[i] = values[j];
    values[j] = value;
  }

  /** Moves {@code at} to the given position in the first {@code dims} dimensions. */
  private void start(int position, int dims, int[] index, int[] at) {
    for (int d = dims - 1; d >= 0; d--) {
      index[d] = position % shape[d];
      position /= shape[d];
      for (int k = 0; k < operands; k++) {
        at[k] += index[d] * strides[k][d];
      }
    }
  }

  /** Moves {@code at} one step on, the last of the first {@code dims} dimensions fastest. */
  private void next(int dims, int[] index, int[] at) {
    for (int d = dims - 1; d >= 0; d--) {
      boolean wraps = ++index[d] == shape[d];
      int steps = wraps ? 1 - shape[d] : 1;
      for (int k = 0; k < operands; k++) {
        at[k] += steps * strides[k][d];
      }
      if (!wraps) {
        return;
      }
      index[d] = 0;
    }
  }

  /** Buffers for one tile of every awkward operand. */
  private final class Tile {

    private final float[][] source = arrays.clone();

    Tile(int size) {
      for (int k = 0; k < operands; k++) {
        if (needsBuffer(k)) {
          source[k] = new float[size];
        }
      }
    }

    void run(int[] at, int row, int col, int rows, int cols) {
      int[] pitch = new int[4];
      int[] step = new int[4];
      for (int k = 0; k < operands; k++) {
        int rowStride = rank > 1 ? strides[k][rank - 2] : 0;
        int colStride = strides[k][rank - 1];
        at[k] += row * rowStride + col * colStride;
        if (source[k] != arrays[k]) {
          if (k > 0) {
            Strides.copy(arrays[k], at[k], rowStride, colStride, source[k], 0, cols, 1, rows, cols);
          }
          pitch[k] = cols;
          step[k] = 1;
        } else {
          pitch[k] = rowStride;
          step[k] = colStride;
        }
      }
      for (int i = 0; i < rows; i++) {
        loop.run(
            source[1],
            begin(1, at) + i * pitch[1],
            step[1],
            source[2],
            begin(2, at) + i * pitch[2],
            step[2],
            source[3],
            begin(3, at) + i * pitch[3],
            step[3],
            source[0],
            begin(0, at) + i * pitch[0],
            cols);
      }
      if (source[0] != arrays[0]) {
        int rowStride = rank > 1 ? strides[0][rank - 2] : 0;
        Strides.copy(
            source[0], 0, cols, 1, arrays[0], at[0], rowStride, strides[0][rank - 1], rows, cols);
      }
    }

    private int begin(int k, int[] at) {
      return source[k] == arrays[k] ? at[k] : 0;
    }
  }
}
