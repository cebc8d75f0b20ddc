package gradus.tensor.kernel.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.Strided;
import gradus.tensor.kernel.matmul.MatMulWarmUp;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernel against plain loops in double: blocks, borders, groups, strides, numbers of threads.
 */
class ConvolutionKernelTest {
  private static final int THREADS = Parallel.threads();
  private static final int GAP = 3;

  @AfterEach
  void restore() {
    Parallel.threads(THREADS);
    MatMulWarmUp.force(MatMulWarmUp.ALL);
  }

  private static Geometry of(
      int batch, int groups, int in, int out, int[] size, int[] kernel, int s, int p, int d) {
    int[] stride = {1, s, s};
    int[] padding = {0, p, p};
    int[] dilation = {1, d, d};
    int[] count = new int[3];
    Arrays.setAll(
        count, i -> (size[i] + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1) / stride[i] + 1);
    return new Geometry(batch, groups, in, out, size, kernel, count, stride, padding, dilation);
  }

  static Stream<Geometry> geometries() {
    int[] k3 = {1, 3, 3};
    return Stream.of(
        of(1, 1, 1, 1, new int[] {1, 1, 1}, new int[] {1, 1, 1}, 1, 0, 1),
        of(2, 1, 3, 5, new int[] {1, 7, 9}, k3, 1, 1, 1),
        of(3, 1, 40, 70, new int[] {1, 20, 20}, k3, 1, 1, 1), // more than a block, a panel, a chain
        of(2, 1, 30, 8, new int[] {1, 33, 17}, new int[] {1, 5, 5}, 1, 2, 1),
        of(2, 1, 4, 6, new int[] {1, 9, 8}, k3, 1, 4, 1), // further out than the kernel reaches
        of(2, 1, 4, 6, new int[] {1, 9, 8}, k3, 1, 0, 2),
        of(2, 3, 2, 3, new int[] {1, 9, 8}, k3, 2, 1, 1),
        of(2, 4, 1, 2, new int[] {1, 8, 8}, k3, 1, 1, 1),
        of(9, 1, 5, 66, new int[] {1, 6, 6}, new int[] {1, 1, 1}, 1, 0, 1),
        of(2, 1, 5, 4, new int[] {1, 6, 6}, new int[] {1, 1, 1}, 3, 0, 1),
        of(2, 1, 3, 4, new int[] {4, 5, 6}, new int[] {2, 3, 2}, 1, 1, 1),
        of(2, 1, 3, 4, new int[] {4, 5, 6}, new int[] {3, 2, 2}, 2, 1, 2),
        of(1, 1, 2, 3, new int[] {1, 5, 2}, new int[] {1, 3, 5}, 1, 2, 1),
        of(1, 1, 2, 3, new int[] {1, 2, 1}, k3, 1, 1, 1));
  }

  private static double[] wide(float[] values) {
    double[] out = new double[values.length - GAP];
    Arrays.setAll(out, i -> values[i + GAP]);
    return out;
  }

  private static float[] values(int n, int seed) {
    float[] out = Strided.values(n + GAP, seed, false);
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.clamp(out[i], -2, 2);
    }
    return out;
  }

  private static void close(float[] got, double[] wanted, double scale) {
    for (int i = 0; i < wanted.length; i++) {
      assertThat((double) got[i]).as("element " + i).isCloseTo(wanted[i], within(scale));
    }
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void asPlainLoops(Geometry g) {
    int inputs = g.batch() * g.groups() * g.in() * g.inputArea();
    int weights = g.groups() * g.out() * g.depth();
    int outputs = g.batch() * g.groups() * g.out() * g.outputArea();
    float[] x = values(inputs, 1);
    float[] w = values(weights, 2);
    float[] dy = values(outputs, 3);
    float[] bias = values(g.groups() * g.out(), 4);
    double[][] wanted = {new double[outputs], new double[inputs], new double[weights]};
    double[] xs = wide(x);
    double[] ws = wide(w);
    double[] ys = wide(dy);
    ReferenceConvolution.forEach(
        g,
        (i, k, o) -> {
          wanted[0][o] += xs[i] * ws[k];
          wanted[1][i] += ys[o] * ws[k];
          wanted[2][k] += xs[i] * ys[o];
        });
    int channels = g.groups() * g.out();
    for (int o = 0; o < outputs; o++) {
      wanted[0][o] += bias[GAP + o / g.outputArea() % channels];
    }
    float[][] alone = null;
    for (int threads : new int[] {1, 2, 4}) {
      Parallel.threads(threads);
      float[][] got = {new float[outputs], new float[inputs], new float[weights]};
      for (float[] result : got) {
        Arrays.fill(result, Float.NaN);
      }
      var kernel = new Convolution(g);
      kernel.forward(x, GAP, w, GAP, bias, GAP, got[0]);
      kernel.input(dy, GAP, w, GAP, got[1]);
      kernel.weight(x, GAP, dy, GAP, got[2]);
      for (int i = 0; i < 3; i++) {
        close(got[i], wanted[i], 2e-3);
        if (alone != null) {
          assertThat(got[i]).as(threads + " threads").isEqualTo(alone[i]);
        }
      }
      alone = got;
    }
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void coldAsWarm(Geometry g) {
    int inputs = g.batch() * g.groups() * g.in() * g.inputArea();
    int outputs = g.batch() * g.groups() * g.out() * g.outputArea();
    float[] x = values(inputs, 1);
    float[] w = values(g.groups() * g.out() * g.depth(), 2);
    float[] warm = new float[outputs];
    float[] cold = new float[outputs];
    MatMulWarmUp.force(MatMulWarmUp.ALL);
    new Convolution(g).forward(x, GAP, w, GAP, null, 0, warm);
    MatMulWarmUp.force(0);
    new Convolution(g).forward(x, GAP, w, GAP, null, 0, cold);
    assertThat(cold).isEqualTo(warm);
  }
}
