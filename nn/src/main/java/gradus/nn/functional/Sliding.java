package gradus.nn.functional;

import java.util.Arrays;

/**
 * A window that slides along some dimensions, one number of each kind a dimension.
 *
 * @param kernel how many elements a window sees
 * @param stride how far it moves
 * @param padding how far it may begin before and end after the input
 * @param dilation how far the elements it sees are apart
 */
public record Sliding(int[] kernel, int[] stride, int[] padding, int[] dilation) {
  /** Widens single numbers to all dimensions, and refuses what makes no sense. */
  public static Sliding of(
      String op, int dims, int[] kernel, int[] stride, int[] padding, int[] dilation) {
    int[] k = all(op, "kernelSize", dims, kernel);
    var window =
        new Sliding(
            k,
            stride == null || stride.length == 0 ? k : all(op, "stride", dims, stride),
            all(op, "padding", dims, padding),
            all(op, "dilation", dims, dilation));
    window.check(op);
    return window;
  }

  /** One number for all dimensions, or one for each. */
  public static int[] all(String op, String name, int dims, int[] values) {
    if (values == null || values.length != 1 && values.length != dims) {
      throw Checks.invalid(
          op,
          "%s is %s. It must be one number, or %s, one a dimension."
              .formatted(name, Arrays.toString(values), dims));
    }
    if (values.length == dims) {
      return values.clone();
    }
    int[] out = new int[dims];
    Arrays.fill(out, values[0]);
    return out;
  }

  private void check(String op) {
    for (int d = 0; d < kernel.length; d++) {
      if (kernel[d] < 1 || stride[d] < 1 || dilation[d] < 1) {
        throw Checks.invalid(
            op,
            ("kernel size %s, stride %s and dilation %s of dimension %s. All must be greater than"
                    + " zero.")
                .formatted(kernel[d], stride[d], dilation[d], d));
      }
      if (padding[d] < 0) {
        throw Checks.invalid(
            op, "pad must be non-negative, but got pad: %s.".formatted(padding[d]));
      }
    }
  }

  /** Refuses a padding that windows could lie in wholly. */
  void halfAtMost(String op) {
    for (int d = 0; d < kernel.length; d++) {
      if (padding[d] > extent(d) / 2) {
        throw Checks.invalid(
            op,
            "pad should be at most half of kernel size, but got pad=%s and kernel_size=%s."
                .formatted(padding[d], kernel[d]));
      }
    }
  }

  /** From the first to the last element a window sees. */
  long extent(int d) {
    return (long) dilation[d] * (kernel[d] - 1) + 1;
  }

  /**
   * How many windows fit into {@code size} elements and their padding; by {@code ceil} also one
   * that begins inside and ends outside.
   */
  int count(String op, int d, int size, boolean ceil) {
    long room = size + 2L * padding[d] - extent(d) + (ceil ? stride[d] - 1 : 0);
    long count = Math.floorDiv(room, stride[d]) + 1;
    if (ceil && (count - 1) * stride[d] >= (long) size + padding[d]) {
      count--;
    }
    if (count < 1) {
      throw Checks.invalid(
          op,
          ("dimension %s of size %s gives an output of size %s: too small. The kernel of size %s"
                  + " must fit into the padded input.")
              .formatted(d, size, count, kernel[d]));
    }
    return Math.toIntExact(count);
  }
}
