package gradus.nn.functional;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.Arrays;

/** Convolutions of batches and single samples, padded by number or by name; unfold and fold. */
public final class Convolutions {
  private Convolutions() {}

  /** Runs on a batch; a single sample is a batch of one. */
  private interface OfBatch {
    Tensor apply(Tensor batch);
  }

  private static Tensor batched(String op, int dims, Tensor input, OfBatch work) {
    if (given(input, "input").dim() != dims + 1 && input.dim() != dims + 2) {
      throw Checks.invalid(
          op,
          "expected %sD (unbatched) or %sD (batched) input, but got input of size: %s."
              .formatted(dims + 1, dims + 2, input.shape()));
    }
    return input.dim() == dims + 2 ? work.apply(input) : work.apply(input.unsqueeze(0)).squeeze(0);
  }

  private static void checkWeight(String op, int dims, Tensor weight) {
    if (given(weight, "weight").dim() != dims + 2) {
      throw Checks.invalid(
          op, "weight is %s. It must have %s dimensions.".formatted(weight.shape(), dims + 2));
    }
  }

  private static int[] kernel(Tensor weight) {
    return Arrays.copyOfRange(weight.shape().toArray(), 2, weight.dim());
  }

  /**
   * A convolution.
   *
   * @param padding the numbers, or null for those of {@code name}
   * @param name {@code "same"} or {@code "valid"}, or null
   */
  public static Tensor convolution(
      String op,
      int dims,
      Tensor input,
      Tensor weight,
      Tensor bias,
      int[] stride,
      int[] padding,
      String name,
      int[] dilation,
      int groups) {
    checkWeight(op, dims, weight);
    int[] steps = Sliding.all(op, "stride", dims, stride);
    int[] apart = Sliding.all(op, "dilation", dims, dilation);
    int[] around = around(op, kernel(weight), steps, padding, name, apart);
    int[] before = new int[dims];
    int[] after = new int[2 * dims];
    for (int d = 0; d < dims; d++) {
      before[d] = around[2 * d];
      after[2 * (dims - 1 - d) + 1] = around[2 * d + 1] - before[d];
    }
    boolean uneven = Arrays.stream(after).anyMatch(n -> n != 0);
    return batched(
        op,
        dims,
        input,
        batch ->
            Tensor.convolution(
                uneven ? padded(batch, after) : batch, weight, bias, steps, before, apart, groups));
  }

  /** Zeros behind: {@code after} as of F.pad. */
  private static Tensor padded(Tensor batch, int[] after) {
    Tensor out = batch;
    for (int i = 0; i < after.length / 2; i++) {
      if (after[2 * i + 1] > 0) {
        int[] shape = out.shape().toArray();
        int dim = shape.length - 1 - i;
        shape[dim] = after[2 * i + 1];
        out = Tensor.cat(dim, out, Tensor.zeros(out.dtype(), shape));
      }
    }
    return out;
  }

  /** The padding before and after each dimension. */
  public static int[] around(
      String op, int[] kernel, int[] stride, int[] padding, String name, int[] dilation) {
    int dims = kernel.length;
    int[] out = new int[2 * dims];
    if (name == null) {
      int[] numbers = Sliding.all(op, "padding", dims, padding);
      for (int d = 0; d < dims; d++) {
        if (numbers[d] < 0) {
          throw Checks.invalid(
              op, "negative padding is not supported, but got %s.".formatted(numbers[d]));
        }
        out[2 * d] = numbers[d];
        out[2 * d + 1] = numbers[d];
      }
      return out;
    }
    if (!name.equals("same") && !name.equals("valid")) {
      throw Checks.invalid(
          op, "unknown padding \"%s\". Use numbers, \"same\" or \"valid\".".formatted(name));
    }
    for (int d = 0; d < dims && name.equals("same"); d++) {
      if (stride[d] != 1) {
        throw Checks.invalid(
            op, "padding=\"same\" is not supported for strided convolutions. Use numbers.");
      }
      int total = dilation[d] * (kernel[d] - 1);
      out[2 * d] = total / 2;
      out[2 * d + 1] = total - total / 2;
    }
    return out;
  }

  /** A transposed convolution. */
  public static Tensor transposed(
      String op,
      int dims,
      Tensor input,
      Tensor weight,
      Tensor bias,
      int[] stride,
      int[] padding,
      int[] outputPadding,
      int[] dilation,
      int groups) {
    checkWeight(op, dims, weight);
    Sliding w = Sliding.of(op, dims, kernel(weight), stride, padding, dilation);
    int[] more = Sliding.all(op, "outputPadding", dims, outputPadding);
    return batched(
        op,
        dims,
        input,
        batch -> {
          int[] size = new int[dims];
          for (int d = 0; d < dims; d++) {
            if (more[d] < 0 || more[d] >= Math.max(w.stride()[d], w.dilation()[d])) {
              throw Checks.invalid(
                  op,
                  ("output padding must be smaller than either stride or dilation, but got %s with"
                          + " stride %s and dilation %s.")
                      .formatted(more[d], w.stride()[d], w.dilation()[d]));
            }
            size[d] = sum(op, least(w, d, batch.size(2 + d)), more[d]);
            if (size[d] < 1) {
              throw Checks.invalid(
                  op,
                  "dimension %s of %s gives an output of size %s. Use less padding."
                      .formatted(2 + d, batch.shape(), size[d]));
            }
          }
          Tensor out =
              Tensor.transposedConvolution(
                  batch, weight, w.stride(), w.padding(), w.dilation(), groups, size);
          return plus(op, out, bias);
        });
  }

  /** The least size whose convolution has the size given. */
  private static long least(Sliding w, int d, int size) {
    return (size - 1L) * w.stride()[d] - 2L * w.padding()[d] + w.extent(d);
  }

  private static int sum(String op, long least, int more) {
    if (least + more > Integer.MAX_VALUE) {
      throw Checks.invalid(
          op, "an output of size %s is too large. Use a smaller kernel.".formatted(least + more));
    }
    return (int) (least + more);
  }

  private static Tensor plus(String op, Tensor out, Tensor bias) {
    ChannelNorms.perChannel(op, "bias", bias, out, out.size(1));
    return ChannelNorms.affine(out, null, bias);
  }

  /** The output padding by which a transposed convolution has an output of this size. */
  public static int[] outputPadding(String op, Tensor input, Sliding w, int[] outputSize) {
    int dims = w.kernel().length;
    boolean fits = input.dim() == dims + 1 || input.dim() == dims + 2;
    if (!fits || outputSize.length != dims && outputSize.length != input.dim()) {
      throw Checks.invalid(
          op,
          "input %s and output size %s. Give a size for each of %s dimensions, or the whole shape."
              .formatted(input.shape(), Arrays.toString(outputSize), dims));
    }
    int[] out = new int[dims];
    for (int d = 0; d < dims; d++) {
      long least = least(w, d, input.size(input.dim() - dims + d));
      int wanted = outputSize[outputSize.length - dims + d];
      if (wanted < least || wanted >= least + w.stride()[d]) {
        throw Checks.invalid(
            op,
            "output size %s of dimension %s. Valid sizes are %s to %s."
                .formatted(wanted, d, least, least + w.stride()[d] - 1));
      }
      out[d] = (int) (wanted - least);
    }
    return out;
  }

  /** Where in a padded image each element of each window stands: [elements, windows], flat. */
  private static long[] places(Sliding w, int[] padded, int[] counts) {
    int[] k = w.kernel();
    long[] out = new long[k[0] * k[1] * counts[0] * counts[1]];
    int i = 0;
    for (int a = 0; a < k[0] * k[1]; a++) {
      for (int b = 0; b < counts[0] * counts[1]; b++) {
        int row = b / counts[1] * w.stride()[0] + a / k[1] * w.dilation()[0];
        int column = b % counts[1] * w.stride()[1] + a % k[1] * w.dilation()[1];
        out[i++] = (long) row * padded[1] + column;
      }
    }
    return out;
  }

  private static int[] counts(String op, Sliding w, int[] size) {
    return new int[] {w.count(op, 0, size[0], false), w.count(op, 1, size[1], false)};
  }

  private static int[] padded(Sliding w, int[] size) {
    return new int[] {size[0] + 2 * w.padding()[0], size[1] + 2 * w.padding()[1]};
  }

  /** Windows of images as columns: [N, C, H, W] to [N, C · kernel, windows]. */
  public static Tensor unfold(String op, Tensor input, Sliding w) {
    if (given(input, "input").dtype() == DType.BOOL) {
      throw Checks.invalid(op, "input must be a number but is BOOL. Use x.toFloat().");
    }
    return batched(
        op,
        2,
        input,
        batch -> {
          int[] size = {batch.size(2), batch.size(3)};
          int[] counts = counts(op, w, size);
          int[] padded = padded(w, size);
          Tensor around =
              Tensor.zeros(batch.dtype(), batch.size(0), batch.size(1), padded[0], padded[1]);
          Tensor image =
              around.sliceScatter(
                  around
                      .narrow(2, w.padding()[0], size[0])
                      .sliceScatter(batch, 3, w.padding()[1], w.padding()[1] + size[1], 1),
                  2,
                  w.padding()[0],
                  w.padding()[0] + size[0],
                  1);
          long[] places = places(w, padded, counts);
          int elements = batch.size(1) * w.kernel()[0] * w.kernel()[1];
          return image
              .flatten(2, 3)
              .indexSelect(2, Tensor.of(places))
              .reshape(batch.size(0), elements, counts[0] * counts[1]);
        });
  }

  /** The adjoint of unfold: [N, C · kernel, windows] to [N, C, H, W], where windows add up. */
  public static Tensor fold(String op, Tensor input, int[] outputSize, Sliding w) {
    int[] size = Sliding.all(op, "outputSize", 2, outputSize);
    int[] counts = counts(op, w, size);
    int[] padded = padded(w, size);
    int area = w.kernel()[0] * w.kernel()[1];
    int windows = counts[0] * counts[1];
    return batched(
        op,
        1,
        input,
        batch -> {
          if (batch.size(1) % area != 0 || batch.size(2) != windows) {
            throw Checks.invalid(
                op,
                ("input %s does not fit. For output %s it must be [N, C · %s, %s]: the elements of"
                        + " the windows, and their number.")
                    .formatted(batch.shape(), Arrays.toString(size), area, windows));
          }
          int channels = batch.size(1) / area;
          Tensor columns = batch.reshape(batch.size(0), channels, area * windows);
          Tensor image =
              Tensor.zeros(batch.dtype(), batch.size(0), channels, padded[0] * padded[1])
                  .indexAdd(2, Tensor.of(places(w, padded, counts)), columns)
                  .reshape(batch.size(0), channels, padded[0], padded[1]);
          return image
              .narrow(2, w.padding()[0], size[0])
              .narrow(3, w.padding()[1], size[1])
              .contiguous();
        });
  }
}
