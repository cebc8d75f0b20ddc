package gradus.tensor.kernel.conv;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.Scratch;
import gradus.tensor.kernel.matmul.MatMul;
import gradus.tensor.kernel.matmul.MatMulTiles;
import java.util.Arrays;

/**
 * Convolution and what leads back to its input and its weight: each is a product of matrices with
 * the matrix of {@link Columns}, of which a block is packed, multiplied and forgotten. Work is
 * split by samples and blocks, where the shape says, so that the threads do not change a bit.
 */
public final class Convolution {
  /** Floats of a block of columns: half of an L2 cache of 1 MiB. */
  private static final int BLOCK = 1 << 17;

  /** Columns come in panels of so many. */
  private static final int PANEL = 64;

  /** So many multiply-adds at most follow each other in one FLOAT32 sum, as in a matrix product. */
  private static final int CHAIN = 256;

  /** Into so many parts at most the samples fall whose gradients of the weight are summed apart. */
  private static final int PARTS = 8;

  private final Geometry g;
  private final Columns columns;

  /** A convolution of these sizes. */
  public Convolution(Geometry geometry) {
    g = geometry;
    columns = new Columns(geometry);
  }

  private static int width(int depth, int area) {
    int most = Math.max(PANEL, BLOCK / Math.max(1, depth) / PANEL * PANEL);
    return Math.min(most, area);
  }

  /**
   * The output, which starts from the bias.
   *
   * @param bias a number for each channel of the output; null for none
   */
  public void forward(float[] x, int xAt, float[] w, int wAt, float[] bias, int biasAt, float[] y) {
    int area = g.outputArea();
    int depth = g.depth();
    int width = width(depth, area);
    if (g.batch() * g.groups() * g.out() * area == 0) {
      return;
    }
    int blocks = Math.ceilDiv(area, width);
    Parallel.rows(
        g.batch() * g.groups() * blocks,
        Math.max(1, (long) g.out() * depth * width),
        (first, last) -> {
          float[] block = g.isPlain() ? null : Scratch.floats(depth * width);
          for (int unit = first; unit < last; unit++) {
            int part = unit / blocks;
            int group = part % g.groups();
            int from = unit % blocks * width;
            int some = Math.min(width, area - from);
            int image = xAt + part * g.in() * g.inputArea();
            int to = part * g.out() * area + from;
            boolean add = bias != null || depth == 0;
            if (add) {
              for (int o = 0; o < g.out(); o++) {
                float start = bias == null ? 0 : bias[biasAt + group * g.out() + o];
                Arrays.fill(y, to + o * area, to + o * area + some, start);
              }
            }
            int weights = wAt + group * g.out() * depth;
            if (block == null) {
              multiply(
                  CHAIN,
                  w,
                  weights,
                  depth,
                  1,
                  x,
                  image + from,
                  area,
                  some,
                  depth,
                  g.out(),
                  y,
                  to,
                  area,
                  add);
            } else {
              columns.gather(x, image, g.in(), from, some, block);
              multiply(
                  CHAIN, w, weights, depth, 1, block, 0, some, some, depth, g.out(), y, to, area,
                  add);
            }
          }
        });
  }

  /** {@code C[rows, cols] (+)= A[rows, depth] · B[depth, cols]}, in chains. */
  private static void multiply(
      int chain,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      int cols,
      int depth,
      int rows,
      float[] c,
      int cAt,
      int cRow,
      boolean add) {
    int chains = Math.max(1, Math.ceilDiv(depth, chain));
    for (int i = 0, p = 0; i < chains; i++) {
      int steps = (depth - p) / (chains - i);
      MatMulTiles.multiply(
          rows,
          cols,
          steps,
          a,
          aAt + p * aCol,
          aRow,
          aCol,
          b,
          bAt + p * bRow,
          bRow,
          c,
          cAt,
          cRow,
          add || i > 0);
      p += steps;
    }
  }

  /** The gradient of the input from that of the output: the transposed convolution. */
  public void input(float[] dy, int dyAt, float[] w, int wAt, float[] dx) {
    if (g.isDense()) {
      new Convolution(g.backwards()).forward(dy, dyAt, mirrored(w, wAt), 0, null, 0, dx);
      return;
    }
    int area = g.outputArea();
    int kernel = g.kernelArea();
    Arrays.fill(dx, 0, g.batch() * g.groups() * g.in() * g.inputArea(), 0);
    if (g.batch() == 0 || g.in() == 0 || g.out() == 0 || area == 0) {
      return;
    }
    int channels = Math.clamp(256 / kernel, 1, g.in());
    int slices = Math.ceilDiv(g.in(), channels);
    int width = width(channels * kernel, area);
    Parallel.rows(
        g.batch() * g.groups() * slices,
        Math.max(1, (long) channels * kernel * g.out() * area),
        (first, last) -> {
          float[] block = Scratch.floats(channels * kernel * width);
          for (int unit = first; unit < last; unit++) {
            int part = unit / slices;
            int channel = unit % slices * channels;
            int some = Math.min(channels, g.in() - channel);
            int weights = wAt + (part % g.groups() * g.out() * g.in() + channel) * kernel;
            int image = (part * g.in() + channel) * g.inputArea();
            for (int from = 0; from < area; from += width) {
              int cols = Math.min(width, area - from);
              int gradient = dyAt + part * g.out() * area + from;
              multiply(
                  CHAIN,
                  w,
                  weights,
                  1,
                  g.depth(),
                  dy,
                  gradient,
                  area,
                  cols,
                  g.out(),
                  some * kernel,
                  block,
                  0,
                  cols,
                  false);
              columns.scatter(block, some, from, cols, dx, image);
            }
          }
        });
  }

  /** The weight [groups, in, out, kernel backwards], as a dense step back needs it. */
  private float[] mirrored(float[] w, int wAt) {
    int kernel = g.kernelArea();
    float[] out = new float[g.groups() * g.out() * g.in() * kernel];
    for (int group = 0; group < g.groups(); group++) {
      for (int o = 0; o < g.out(); o++) {
        for (int i = 0; i < g.in(); i++) {
          int from = wAt + ((group * g.out() + o) * g.in() + i) * kernel;
          int to = ((group * g.in() + i) * g.out() + o) * kernel + kernel - 1;
          for (int k = 0; k < kernel; k++) {
            out[to - k] = w[from + k];
          }
        }
      }
    }
    return out;
  }

  /**
   * The gradient of the weight from the input and that of the output. The samples fall into parts,
   * whose sums are added in order.
   */
  public void weight(float[] x, int xAt, float[] dy, int dyAt, float[] dw) {
    int depth = g.depth();
    int size = g.groups() * g.out() * depth;
    int parts = Math.min(PARTS, g.batch());
    if (size == 0 || g.outputArea() == 0 || parts == 0) {
      Arrays.fill(dw, 0, size, 0);
      return;
    }
    int channels = parts == PARTS ? g.in() : Math.clamp(Math.ceilDiv(g.in(), 4), 1, g.in());
    int slices = Math.ceilDiv(g.in(), channels);
    float[] sums = new float[parts * size];
    Parallel.rows(
        parts * g.groups() * slices,
        (long) g.batch() / parts * channels * g.kernelArea() * g.out() * g.outputArea() + 1,
        (first, last) -> {
          for (int unit = first; unit < last; unit++) {
            int part = unit / slices / g.groups();
            int group = unit / slices % g.groups();
            int channel = unit % slices * channels;
            int some = Math.min(channels, g.in() - channel);
            int begin = (int) ((long) g.batch() * part / parts);
            int end = (int) ((long) g.batch() * (part + 1) / parts);
            int to = part * size + (group * depth + channel * g.kernelArea()) * g.out();
            for (int n = begin; n < end; n++) {
              int image = xAt + ((n * g.groups() + group) * g.in() + channel) * g.inputArea();
              int gradient = dyAt + (n * g.groups() + group) * g.out() * g.outputArea();
              addWeight(x, image, some, dy, gradient, sums, to);
            }
          }
        });
    gatherParts(sums, parts, size, dw);
  }

  /** Adds what one sample gives for some channels: {@code [channels · kernel, out]}. */
  private void addWeight(
      float[] x, int image, int channels, float[] dy, int gradient, float[] sums, int to) {
    int area = g.outputArea();
    int rows = channels * g.kernelArea();
    int width = width(rows, area);
    float[] block = g.isPlain() ? x : Scratch.floats(rows * width);
    for (int from = 0; from < area; from += width) {
      int cols = Math.min(width, area - from);
      float[] packed = Scratch.shared(MatMul.packedLength(g.out(), cols));
      MatMul.pack(g.out(), cols, dy, gradient + from, 1, area, packed);
      int at = image + from;
      int row = area;
      if (!g.isPlain()) {
        columns.gather(x, image, channels, from, cols, block);
        at = 0;
        row = cols;
      }
      // Gradients of a weight cancel out: two shorter sums of few outputs lose less.
      int chain = Math.clamp(cols / 2, 32, CHAIN);
      for (int o = 0; o < g.out(); o += PANEL) {
        int outs = Math.min(PANEL, g.out() - o);
        multiply(
            chain, block, at, row, 1, packed, o * cols, PANEL, outs, cols, rows, sums, to + o,
            g.out(), true);
      }
    }
  }

  /** The sum over the parts, each [groups, depth, out], as [groups, out, depth]. */
  private void gatherParts(float[] sums, int parts, int size, float[] dw) {
    int depth = g.depth();
    int out = g.out();
    Parallel.rows(
        g.groups() * out,
        (long) depth * parts,
        (first, last) -> {
          for (int row = first; row < last; row++) {
            int from = row / out * depth * out + row % out;
            for (int k = 0; k < depth; k++) {
              float sum = 0;
              for (int part = 0; part < parts; part++) {
                sum += sums[part * size + from + k * out];
              }
              dw[row * depth + k] = sum;
            }
          }
        });
  }
}
