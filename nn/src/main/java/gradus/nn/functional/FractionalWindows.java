package gradus.nn.functional;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import java.util.Arrays;

/**
 * Maxima of windows whose places are drawn: on average they are as far apart as the sizes of input
 * and output ask for. Graham 2014.
 */
public final class FractionalWindows {
  private FractionalWindows() {}

  /**
   * The largest of each window, and its place in the plane.
   *
   * @param x [N, C, *sizes] or [C, *sizes]
   * @param kernel the sizes of a window
   * @param output how many windows there are in each dimension
   * @param samples [N, C, dims] in [0, 1): where in each plane the windows begin to move on
   */
  public static ValuesIndices max(String op, Tensor x, int[] kernel, int[] output, Tensor samples) {
    int dims = kernel.length;
    int lead = x.dim() - dims;
    int[] sizes = Arrays.copyOfRange(x.shape().toArray(), lead, x.dim());
    for (int d = 0; d < dims; d++) {
      if (kernel[d] < 1 || output[d] < 1 || output[d] + kernel[d] - 1 > sizes[d]) {
        throw Checks.invalid(
            op,
            "%s windows of %s do not fit into %s, one further on each. Ask for fewer, or smaller ones."
                .formatted(Arrays.toString(output), Arrays.toString(kernel), x.shape()));
      }
    }
    int planes = samples.numel() / dims;
    Tensor windows = Tensor.of(places(x.dtype(), sizes, kernel, output, samples));
    int[] outShape = x.shape().toArray();
    System.arraycopy(output, 0, outShape, lead, dims);
    int windowsEach = product(output);
    Tensor all = windows.reshape(planes, windowsEach, product(kernel));
    Tensor flat = x.reshape(planes, product(sizes));
    Tensor picked = flat.gather(1, all.flatten(1)).reshape(all.shape());
    ValuesIndices best = picked.max(2);
    Tensor where = all.gather(2, best.indices().unsqueeze(2)).squeeze(2);
    return new ValuesIndices(best.values().reshape(outShape), where.reshape(outShape));
  }

  /** The places in the plane of all elements of all windows, plane by plane. */
  private static long[] places(
      DType dtype, int[] sizes, int[] kernel, int[] output, Tensor samples) {
    double[] drawn = given(samples, "randomSamples").toDoubleArray();
    int dims = kernel.length;
    int planes = drawn.length / dims;
    long[] out = new long[planes * product(output) * product(kernel)];
    int at = 0;
    for (int p = 0; p < planes; p++) {
      int[][] starts = new int[dims][];
      for (int d = 0; d < dims; d++) {
        // PyTorch's planes take the samples of two dimensions from the last one on.
        double sample = drawn[p * dims + (dims == 2 ? 1 - d : d)];
        starts[d] = starts(dtype, sample, sizes[d], output[d], kernel[d]);
      }
      int[] window = new int[dims];
      do {
        int[] inside = new int[dims];
        do {
          long place = 0;
          for (int d = 0; d < dims; d++) {
            place = place * sizes[d] + starts[d][window[d]] + inside[d];
          }
          out[at++] = place;
        } while (next(inside, kernel));
      } while (next(window, output));
    }
    return out;
  }

  /** Where the windows of one dimension begin; computed in the precision of the input. */
  private static int[] starts(DType dtype, double sample, int size, int windows, int kernel) {
    int[] starts = new int[windows];
    double alpha = windows > 1 ? (double) (size - kernel) / (windows - 1) : 0;
    float alphaFloat = (float) (size - kernel) / Math.max(1, windows - 1);
    for (int i = 0; i < windows - 1; i++) {
      starts[i] =
          dtype == DType.FLOAT32
              ? (int) ((i + (float) sample) * alphaFloat) - (int) ((float) sample * alphaFloat)
              : (int) ((i + sample) * alpha) - (int) (sample * alpha);
    }
    starts[windows - 1] = size - kernel;
    return starts;
  }

  /** Counts on, the last place fastest; false where all begin anew. */
  private static boolean next(int[] counter, int[] sizes) {
    for (int d = counter.length - 1; d >= 0; d--) {
      if (++counter[d] < sizes[d]) {
        return true;
      }
      counter[d] = 0;
    }
    return false;
  }

  private static int product(int[] sizes) {
    return Arrays.stream(sizes).reduce(1, Math::multiplyExact);
  }
}
