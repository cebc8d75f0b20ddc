package gradus.tensor;

/** How covariance weighs its observations. */
final class Covariance {
  private Covariance() {}

  static Tensor cov(Tensor x, int correction, Tensor fweights, Tensor aweights) {
    if (x.dim() > 2 || x.dtype() == DType.BOOL) {
      throw Errors.invalid(
          "cov", x.dtype() + " " + x.shape() + ": it takes numbers in at most two dimensions.");
    }
    check("fweights", x, fweights, false);
    check("aweights", x, aweights, true);
    Tensor in = x.dim() < 2 ? x.reshape(1, -1) : x;
    in = in.to(in.dtype().orFloat());
    int n = in.size(1);
    Tensor w = fweights;
    if (aweights != null) {
      w = w == null ? aweights : fweights.mul(aweights);
    }
    Tensor total = w == null ? Tensor.scalar(n, DType.INT64) : w.sum();
    Tensor mean = in.mul(w == null ? Tensor.scalar(1, DType.INT64) : w).sum(1).div(total);
    Tensor norm = total;
    if (w != null && aweights != null && correction != 0) {
      Tensor product = fweights == null ? aweights.mul(aweights) : w.mul(aweights);
      norm = total.sub(product.sum().mul(correction).div(total));
    } else {
      norm = total.sub(correction);
    }
    Tensor centred = in.sub(mean.unsqueeze(1));
    Tensor right = w == null ? centred : centred.mul(w);
    Tensor c = centred.matmul(right.to(centred.dtype()).t()).div(norm.clampMin(0));
    return c.squeeze();
  }

  private static void check(String name, Tensor x, Tensor weights, boolean floating) {
    if (weights == null) {
      return;
    }
    int n = x.dim() == 0 ? 1 : x.size(-1);
    if (weights.dim() > 1
        || weights.numel() != n
        || weights.dtype().isFloatingPoint() != floating) {
      throw Errors.invalid(
          "cov",
          "%s are %s%s for %s observations. They must be %s numbers, one for each."
              .formatted(
                  name,
                  weights.dtype(),
                  weights.shape(),
                  n,
                  floating ? "floating point" : "whole"));
    }
    if (weights.numel() > 0 && weights.detach().amin().item() < 0) {
      throw Errors.invalid("cov", name + " contain a negative number. Weights are 0 or more.");
    }
  }
}
