package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.Arrays;

/** The strips between neighbouring points, whose areas trapezoid adds up. */
final class Trapezoid {
  private Trapezoid() {}

  private static void numbers(Tensor y) {
    if (y.dtype() == DType.BOOL) {
      throw Errors.dtype("trapezoid", "y", "a number", DType.BOOL, "Use y.toFloat().");
    }
  }

  private static Tensor neighbours(Tensor y, int dim) {
    int last = Math.max(0, y.size(dim) - 1);
    return y.narrow(dim, Math.min(1, y.size(dim)), last).add(y.narrow(dim, 0, last));
  }

  static Tensor strips(Tensor y, Number dx, int dim) {
    if (y.dim() == 0) {
      throw Errors.invalid(
          "trapezoid", "a scalar [] has no neighbours. It needs at least one dimension.");
    }
    numbers(y);
    return neighbours(y, y.shape().dim("trapezoid", dim)).mul(given(dx, "dx").doubleValue() / 2);
  }

  static Tensor strips(Tensor y, Tensor x, int dim) {
    given(x);
    if (y.dim() == 0 || x.dim() == 0) {
      throw Errors.invalid(
          "trapezoid", "a scalar [] has no neighbours. It needs at least one dimension.");
    }
    int d = y.shape().dim("trapezoid", dim);
    numbers(y);
    Tensor widths;
    if (x.dim() == 1) {
      if (x.size(0) != y.size(d)) {
        throw Errors.invalid(
            "trapezoid",
            "there are %s points x for %s values y. There must be one each."
                .formatted(x.size(0), y.size(d)));
      }
      int[] sizes = new int[y.dim()];
      Arrays.fill(sizes, 1);
      sizes[d] = Math.max(0, x.size(0) - 1);
      widths = x.diff().reshape(sizes);
    } else {
      widths = x.dim() == y.dim() ? x.diff(1, d) : x.diff(1, dim);
    }
    int last = Math.max(0, y.size(d) - 1);
    return widths.mul(y.narrow(d, Math.min(1, y.size(d)), last).add(y.narrow(d, 0, last))).mul(0.5);
  }
}
