package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.ArrayList;
import java.util.List;

/** Running extremes and sums, differences and areas along a dimension. */
public sealed interface Scans permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** The largest so far along {@code dim} and where it is. PyTorch: {@code torch.cummax}. */
  default ValuesIndices cummax(int dim) {
    return running("cummax", dim, true);
  }

  /** The smallest so far along {@code dim} and where it is. PyTorch: {@code torch.cummin}. */
  default ValuesIndices cummin(int dim) {
    return running("cummin", dim, false);
  }

  private ValuesIndices running(String op, int dim, boolean max) {
    int d = self().shape().dim(op, dim);
    Tensor rows = SoftmaxOps.last(self(), d);
    int cols = SoftmaxOps.cols(rows);
    ComparisonOps.Places better = better(rows, max);
    long[] at = new long[rows.numel()];
    for (int i = 0; i < at.length; i++) {
      int column = i % cols;
      boolean takes = column == 0 || better.test(i, i - column + (int) at[i - 1]);
      at[i] = takes ? column : at[i - 1];
    }
    Tensor indices = SoftmaxOps.back(Dense.of(at, DType.INT64, rows.shape()), d);
    return new ValuesIndices(
        self().dim() == 0 ? self().clone() : self().gather(d, indices), indices);
  }

  /** NaN wins; longs stay longs, which doubles cannot tell apart beyond 2^53. */
  private static ComparisonOps.Places better(Tensor rows, boolean max) {
    if (!rows.dtype().isFloatingPoint()) {
      long[] v = Dense.longs(rows);
      return (i, best) -> max ? v[i] >= v[best] : v[i] <= v[best];
    }
    double[] v = Dense.doubles(rows);
    return (i, best) ->
        Double.isNaN(v[i]) || (!Double.isNaN(v[best]) && (max ? v[i] >= v[best] : v[i] <= v[best]));
  }

  /**
   * {@code log(Σ e^x)} of the elements so far along {@code dim}. PyTorch: {@code
   * torch.logcumsumexp}.
   */
  default Tensor logcumsumexp(int dim) {
    if (!self().dtype().isFloatingPoint()) {
      throw Errors.dtype(
          "logcumsumexp", "input", "FLOAT32 or FLOAT64", self().dtype(), "Use x.toFloat().");
    }
    int d = self().shape().dim("logcumsumexp", dim);
    Tensor rows = SoftmaxOps.last(self(), d);
    int cols = SoftmaxOps.cols(rows);
    double[] v = Dense.doubles(rows);
    for (int i = 0; i < v.length; i++) {
      if (i % cols != 0) {
        double most = Math.max(v[i - 1], v[i]);
        double least = Math.min(v[i - 1], v[i]);
        boolean plain = Double.isInfinite(most) || Double.isNaN(most);
        v[i] = plain ? most : most + Math.log1p(Math.exp(least - most));
      }
    }
    Tensor out = SoftmaxOps.back(Dense.of(v, self().dtype(), rows.shape()), d);
    return Tensor.record(new Op.Logcumsumexp(d), out, self());
  }

  /** Differences of neighbours along the last dimension. PyTorch: {@code torch.diff}. */
  default Tensor diff() {
    return diff(1, -1, null, null);
  }

  /** Differences of neighbours, taken n times along {@code dim}. */
  default Tensor diff(int n, int dim) {
    return diff(n, dim, null, null);
  }

  /**
   * Differences of neighbours. PyTorch: {@code torch.diff(x, n, dim, prepend, append)}.
   *
   * @param n how often to take differences
   * @param dim the dimension of the neighbours
   * @param prepend put before the elements first, or null
   * @param append put after the elements first, or null
   * @return n fewer elements along {@code dim}; of BOOL, whether neighbours differ
   */
  default Tensor diff(int n, int dim, Tensor prepend, Tensor append) {
    if (self().dim() == 0) {
      throw Errors.invalid(
          "diff", "a scalar [] has no neighbours. It needs at least one dimension.");
    }
    if (n < 0) {
      throw Errors.invalid("diff", "n is " + n + ". It must be 0 or more.");
    }
    int d = self().shape().dim("diff", dim);
    var parts = new ArrayList<Tensor>();
    for (Tensor part : new Tensor[] {prepend, self(), append}) {
      if (part != null && n > 0) {
        if (part.dim() != self().dim()) {
          throw Errors.invalid(
              "diff", part.shape() + " cannot be put beside " + self().shape() + ": ranks differ.");
        }
        parts.add(part);
      }
    }
    Tensor out = parts.size() > 1 ? Tensor.cat(parts, d) : n == 0 ? self().clone() : self();
    for (int i = 0; i < Math.min(n, self().size(d) + 1_000) && out.size(d) > 0; i++) {
      int last = out.size(d) - 1;
      Tensor after = out.narrow(d, 1, last);
      Tensor before = out.narrow(d, 0, last);
      out = out.dtype() == DType.BOOL ? after.logicalXor(before) : after.sub(before);
    }
    return out;
  }

  /**
   * The area under the points y at distance {@code dx} along {@code dim}. PyTorch: {@code
   * torch.trapezoid}.
   */
  default Tensor trapezoid(Number dx, int dim) {
    return Trapezoid.strips(self(), dx, dim).sum(self().shape().dim("trapezoid", dim));
  }

  /** The area under the points y at distance 1 along the last dimension. */
  default Tensor trapezoid() {
    return trapezoid(1, -1);
  }

  /** The area under the points {@code (x, self)} along {@code dim}. */
  default Tensor trapezoid(Tensor x, int dim) {
    Tensor strips = Trapezoid.strips(self(), x, dim);
    return strips.sum(
        strips.shape().dim("trapezoid", dim < 0 ? dim : strips.dim() - self().dim() + dim));
  }

  /** The area under the points {@code (x, self)} along the last dimension. */
  default Tensor trapezoid(Tensor x) {
    return trapezoid(x, -1);
  }

  /**
   * The areas so far under the points y at distance {@code dx}. PyTorch: {@code
   * torch.cumulative_trapezoid}.
   */
  default Tensor cumulativeTrapezoid(Number dx, int dim) {
    return Trapezoid.strips(self(), dx, dim).cumsum(dim);
  }

  /** The areas so far under the points y at distance 1 along the last dimension. */
  default Tensor cumulativeTrapezoid() {
    return cumulativeTrapezoid(1, -1);
  }

  /** The areas so far under the points {@code (x, self)} along {@code dim}. */
  default Tensor cumulativeTrapezoid(Tensor x, int dim) {
    return Trapezoid.strips(self(), x, dim).cumsum(dim);
  }

  /** The areas so far under the points {@code (x, self)} along the last dimension. */
  default Tensor cumulativeTrapezoid(Tensor x) {
    return cumulativeTrapezoid(x, -1);
  }

  /**
   * The slices along {@code dim} scaled down so that no p-norm is above {@code maxnorm}. PyTorch:
   * {@code torch.renorm}.
   *
   * @param p the order of the norm, above 0
   * @param dim the dimension of the slices
   * @param maxnorm the border, 0 or more
   * @return a tensor of this shape
   */
  default Tensor renorm(Number p, int dim, Number maxnorm) {
    int d = self().shape().dim("renorm", dim);
    given(p, "p");
    given(maxnorm, "maxnorm");
    if (self().dim() < 2 || p.doubleValue() <= 0 || maxnorm.doubleValue() < 0) {
      throw Errors.invalid(
          "renorm",
          ("of %s with p %s and maxnorm %s. It needs two dimensions or more, a positive p, "
                  + "and a maxnorm of 0 or more.")
              .formatted(self().shape(), p, maxnorm));
    }
    List<Integer> others = Shapes.others(self().dim(), List.of(d));
    Tensor norm = self().norm(p, Views.ints(others), true);
    Tensor factor = norm.add(1e-7).reciprocal().mul(maxnorm);
    return self().mul(Tensor.where(norm.gt(maxnorm), factor, 1.0));
  }
}
