package gradus.tensor.kernel.conv;

import java.util.Arrays;

/**
 * The matrix of columns of an image: a row for each element of the kernel, a column for each
 * output, holding what the one meets when the output is computed. It never stands in memory as a
 * whole; a block of it does at a time. Chellapilla, Puri and Simard, "High Performance
 * Convolutional Neural Networks for Document Processing", 2006.
 */
final class Columns {
  private final Geometry g;

  Columns(Geometry g) {
    this.g = g;
  }

  /**
   * Some channels of an image, the outputs {@code from} to {@code from + width}: row r of the block
   * begins at {@code to[r · width]}.
   *
   * @param at where the first of the channels begins
   */
  void gather(float[] x, int at, int channels, int from, int width, float[] to) {
    int row = 0;
    for (int c = 0; c < channels; c++) {
      int channel = at + c * g.inputArea();
      for (int a = 0; a < g.kernel()[0]; a++) {
        for (int b = 0; b < g.kernel()[1]; b++) {
          for (int k = 0; k < g.kernel()[2]; k++) {
            gather(x, channel, a, b, k, from, width, to, row);
            row += width;
          }
        }
      }
    }
  }

  private void gather(
      float[] x, int channel, int a, int b, int k, int from, int width, float[] to, int row) {
    int columns = g.count()[2];
    int first = g.first(2, k);
    int end = Math.max(first, g.end(2, k));
    boolean shifted = columns == g.size()[2] && g.stride()[2] == 1 && g.stride()[1] == 1;
    for (int p = from; p < from + width; ) {
      int line = p / columns;
      int i = line / g.count()[1];
      int j = line % g.count()[1];
      int z = g.meets(0, i, a);
      boolean inside = z >= 0 && z < g.size()[0];
      if (shifted) {
        // Lines of the output meet lines of the input as they lie: many are one copy.
        int stop = Math.min(from + width, (i + 1) * g.count()[1] * columns);
        if (inside) {
          shift(x, channel + z * g.size()[1] * g.size()[2], i, b, k, p, stop, to, row + p - from);
        } else {
          Arrays.fill(to, row + p - from, row + stop - from, 0);
        }
        p = stop;
        continue;
      }
      int y = g.meets(1, j, b);
      int start = line * columns;
      int stop = Math.min(from + width, start + columns);
      int out = row - from;
      if (!inside || y < 0 || y >= g.size()[1]) {
        Arrays.fill(to, out + p, out + stop, 0);
        p = stop;
        continue;
      }
      int left = Math.clamp(start + first, p, stop);
      int right = Math.clamp(start + end, left, stop);
      Arrays.fill(to, out + p, out + left, 0);
      int source = channel + (z * g.size()[1] + y) * g.size()[2] + g.meets(2, left - start, k);
      if (g.stride()[2] == 1) {
        System.arraycopy(x, source, to, out + left, right - left);
      } else {
        int step = g.stride()[2];
        for (int q = left; q < right; q++, source += step) {
          to[out + q] = x[source];
        }
      }
      Arrays.fill(to, out + right, out + stop, 0);
      p = stop;
    }
  }

  /** Outputs p to stop of one slice, as wide as the input: one copy, then zeros at the borders. */
  private void shift(
      float[] x, int slice, int i, int b, int k, int p, int stop, float[] to, int at) {
    int columns = g.count()[2];
    int base = i * g.count()[1] * columns;
    int top = base + Math.min(g.count()[1], g.first(1, b)) * columns;
    int bottom = base + Math.max(0, g.end(1, b)) * columns;
    int left = Math.clamp(top, p, stop);
    int right = Math.clamp(bottom, left, stop);
    Arrays.fill(to, at, at + left - p, 0);
    Arrays.fill(to, at + right - p, at + stop - p, 0);
    if (left == right) {
      return;
    }
    int across = g.meets(2, 0, k);
    int source = g.meets(1, 0, b) * columns + across - base;
    // At the very ends the copy would leave the slice by what the borders overwrite anyway.
    int length = g.size()[1] * g.size()[2];
    int begin = Math.clamp(-source, left, right);
    int finish = Math.clamp(length - source, begin, right);
    System.arraycopy(x, slice + source + begin, to, at + begin - p, finish - begin);
    if (across != 0) {
      int before = Math.min(columns, Math.max(0, -across));
      int after = Math.max(before, Math.min(columns, columns - across));
      for (int line = left - Math.floorMod(left - base, columns); line < right; line += columns) {
        zero(to, Math.max(line, left), Math.min(line + before, right), at - p);
        zero(to, Math.max(line + after, left), Math.min(line + columns, right), at - p);
      }
    }
  }

  private static void zero(float[] to, int from, int end, int shift) {
    for (int q = from; q < end; q++) {
      to[shift + q] = 0;
    }
  }

  /** Adds a block, whose rows are as {@link #gather} makes them, to what they were taken from. */
  void scatter(float[] block, int channels, int from, int width, float[] x, int at) {
    int row = 0;
    for (int c = 0; c < channels; c++) {
      int channel = at + c * g.inputArea();
      for (int a = 0; a < g.kernel()[0]; a++) {
        for (int b = 0; b < g.kernel()[1]; b++) {
          for (int k = 0; k < g.kernel()[2]; k++) {
            scatter(block, row, a, b, k, from, width, x, channel);
            row += width;
          }
        }
      }
    }
  }

  private void scatter(
      float[] block, int row, int a, int b, int k, int from, int width, float[] x, int channel) {
    int columns = g.count()[2];
    int first = g.first(2, k);
    int end = Math.max(first, g.end(2, k));
    for (int p = from, stop; p < from + width; p = stop) {
      int line = p / columns;
      int start = line * columns;
      stop = Math.min(from + width, start + columns);
      int z = g.meets(0, line / g.count()[1], a);
      int y = g.meets(1, line % g.count()[1], b);
      if (z < 0 || z >= g.size()[0] || y < 0 || y >= g.size()[1]) {
        continue;
      }
      int left = Math.clamp(start + first, p, stop);
      int right = Math.clamp(start + end, left, stop);
      int target = channel + (z * g.size()[1] + y) * g.size()[2] + g.meets(2, left - start, k);
      int step = g.stride()[2];
      int source = row - from;
      for (int q = left; q < right; q++, target += step) {
        x[target] += block[source + q];
      }
    }
  }
}
