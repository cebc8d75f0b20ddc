package gradus.tensor;

/** Medians, quantiles, counts, and sums that leave NaN out. */
public sealed interface Statistics permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * The median of all elements, the lower one of two; NaN if any is: {@code []}. PyTorch: {@code
   * torch.median}.
   */
  default Tensor median() {
    return Quantiles.median(self(), false);
  }

  /** The medians along {@code dim} and where they are. */
  default ValuesIndices median(int dim) {
    return median(dim, false);
  }

  /**
   * The medians along {@code dim} and where they are; the dimension kept with size 1 if {@code
   * keepdim}.
   */
  default ValuesIndices median(int dim, boolean keepdim) {
    return Quantiles.median("median", self(), dim, keepdim, false);
  }

  /** The median of all elements that are not NaN: {@code []}. PyTorch: {@code torch.nanmedian}. */
  default Tensor nanmedian() {
    return Quantiles.median(self(), true);
  }

  /** The medians along {@code dim} of elements that are not NaN, and where they are. */
  default ValuesIndices nanmedian(int dim) {
    return nanmedian(dim, false);
  }

  /** The medians along {@code dim} of elements that are not NaN, and where they are. */
  default ValuesIndices nanmedian(int dim, boolean keepdim) {
    return Quantiles.median("nanmedian", self(), dim, keepdim, true);
  }

  /**
   * The most frequent elements along the last dimension and where they are. PyTorch: {@code
   * torch.mode}.
   */
  default ValuesIndices mode() {
    return mode(-1, false);
  }

  /** The most frequent elements along {@code dim} and where they are. */
  default ValuesIndices mode(int dim) {
    return mode(dim, false);
  }

  /**
   * The most frequent elements along {@code dim}, the smallest of equally frequent ones, and where
   * they are.
   */
  default ValuesIndices mode(int dim, boolean keepdim) {
    return Quantiles.mode(self(), dim, keepdim);
  }

  /** The q-quantile of all elements. PyTorch: {@code torch.quantile}. */
  default Tensor quantile(double q) {
    return quantile(Tensor.scalar(q, self().dtype()));
  }

  /** The q-quantiles of all elements. */
  default Tensor quantile(Tensor q) {
    return Quantiles.quantile("quantile", self(), q, null, false, "linear", false);
  }

  /** The q-quantiles along {@code dim}, between neighbours by linear interpolation. */
  default Tensor quantile(double q, int dim, boolean keepdim) {
    return quantile(Tensor.scalar(q, self().dtype()), dim, keepdim, "linear");
  }

  /**
   * The q-quantiles along {@code dim}. PyTorch: {@code torch.quantile(x, q, dim, keepdim,
   * interpolation=…)}.
   *
   * @param q {@code []} or {@code [n]}, of this dtype, in 0..1
   * @param dim the dimension to order; null for all elements
   * @param keepdim whether it stays with size 1
   * @param interpolation {@code "linear"}, {@code "lower"}, {@code "higher"}, {@code "midpoint"} or
   *     {@code "nearest"}
   * @return the quantiles, n of them in a new first dimension
   */
  default Tensor quantile(Tensor q, Integer dim, boolean keepdim, String interpolation) {
    return Quantiles.quantile("quantile", self(), q, dim, keepdim, interpolation, false);
  }

  /** The q-quantiles along {@code dim}. */
  default Tensor quantile(double q, Integer dim, boolean keepdim, String interpolation) {
    return quantile(Tensor.scalar(q, self().dtype()), dim, keepdim, interpolation);
  }

  /** The q-quantile of all elements that are not NaN. PyTorch: {@code torch.nanquantile}. */
  default Tensor nanquantile(double q) {
    return nanquantile(Tensor.scalar(q, self().dtype()));
  }

  /** The q-quantiles of all elements that are not NaN. */
  default Tensor nanquantile(Tensor q) {
    return Quantiles.quantile("nanquantile", self(), q, null, false, "linear", true);
  }

  /**
   * The q-quantiles along {@code dim} of elements that are not NaN; see {@link #quantile(Tensor,
   * Integer, boolean, String)}.
   */
  default Tensor nanquantile(Tensor q, Integer dim, boolean keepdim, String interpolation) {
    return Quantiles.quantile("nanquantile", self(), q, dim, keepdim, interpolation, true);
  }

  /** The q-quantiles along {@code dim} of elements that are not NaN. */
  default Tensor nanquantile(double q, Integer dim, boolean keepdim, String interpolation) {
    return nanquantile(Tensor.scalar(q, self().dtype()), dim, keepdim, interpolation);
  }

  /** The sum of all elements that are not NaN: {@code []}. PyTorch: {@code torch.nansum}. */
  default Tensor nansum() {
    return nansum(new int[0], false);
  }

  /** The sums over dimensions of elements that are not NaN. */
  default Tensor nansum(int[] dim, boolean keepdim) {
    return self().dtype().isFloatingPoint()
        ? self().maskedFill(self().isnan(), 0).sum(dim, keepdim)
        : self().sum(dim, keepdim);
  }

  /** The sums over dimensions of elements that are not NaN, computed in another dtype. */
  default Tensor nansum(int[] dim, boolean keepdim, DType dtype) {
    return self().dtype().isFloatingPoint()
        ? self().maskedFill(self().isnan(), 0).sum(dim, keepdim, dtype)
        : self().sum(dim, keepdim, dtype);
  }

  /** The mean of all elements that are not NaN: {@code []}. PyTorch: {@code torch.nanmean}. */
  default Tensor nanmean() {
    return nanmean(new int[0], false);
  }

  /** The means over dimensions of elements that are not NaN. */
  default Tensor nanmean(int[] dim, boolean keepdim) {
    if (!self().dtype().isFloatingPoint()) {
      throw Errors.dtype(
          "nanmean", "input", "FLOAT32 or FLOAT64", self().dtype(), "Use x.toFloat().");
    }
    Tensor count = self().isnan().logicalNot().sum(dim, keepdim);
    return nansum(dim, keepdim).div(count);
  }

  /** The means over dimensions of elements that are not NaN, computed in another dtype. */
  default Tensor nanmean(int[] dim, boolean keepdim, DType dtype) {
    return self().to(dtype).nanmean(dim, keepdim);
  }

  /** The smallest and the largest of all elements. PyTorch: {@code torch.aminmax}. */
  default MinMax aminmax() {
    return new MinMax(self().amin(), self().amax());
  }

  /** The smallest and the largest elements along {@code dim}. */
  default MinMax aminmax(int dim, boolean keepdim) {
    Tensor x = keepdim ? self().atleast1d() : self();
    return new MinMax(x.amin(dim, keepdim), x.amax(dim, keepdim));
  }

  /**
   * The smallest and the largest of all elements, all dimensions kept with size 1 if {@code
   * keepdim}.
   */
  default MinMax aminmax(boolean keepdim) {
    return new MinMax(self().amin(new int[0], keepdim), self().amax(new int[0], keepdim));
  }

  /**
   * Variance and mean over dimensions, dividing by {@code n - correction}. PyTorch: {@code
   * torch.var_mean}.
   */
  default SpreadMean varMean(int[] dim, Number correction, boolean keepdim) {
    return new SpreadMean(self().var(dim, correction, keepdim), self().mean(dim, keepdim));
  }

  /** Variance and mean along one dimension; {@code unbiased} divides by n − 1. */
  default SpreadMean varMean(int[] dim, boolean unbiased, boolean keepdim) {
    return varMean(dim, unbiased ? 1 : 0, keepdim);
  }

  /** Variance and mean of all elements; {@code unbiased} divides by n − 1. */
  default SpreadMean varMean(boolean unbiased) {
    return varMean(new int[0], unbiased ? 1 : 0, false);
  }

  /**
   * Standard deviation and mean over dimensions, dividing by {@code n - correction}. PyTorch:
   * {@code torch.std_mean}.
   */
  default SpreadMean stdMean(int[] dim, Number correction, boolean keepdim) {
    return new SpreadMean(self().std(dim, correction, keepdim), self().mean(dim, keepdim));
  }

  /** Standard deviation and mean over dimensions; {@code unbiased} divides by n − 1. */
  default SpreadMean stdMean(int[] dim, boolean unbiased, boolean keepdim) {
    return stdMean(dim, unbiased ? 1 : 0, keepdim);
  }

  /** Standard deviation and mean of all elements; {@code unbiased} divides by n − 1. */
  default SpreadMean stdMean(boolean unbiased) {
    return stdMean(new int[0], unbiased ? 1 : 0, false);
  }

  /**
   * The variance of all elements; {@code unbiased} divides by n − 1. PyTorch: {@code torch.var(x,
   * unbiased)}.
   */
  default Tensor var(boolean unbiased) {
    return self().var(new int[0], unbiased ? 1 : 0, false);
  }

  /** The variance over dimensions; {@code unbiased} divides by n − 1. */
  default Tensor var(int[] dim, boolean unbiased, boolean keepdim) {
    return self().var(dim, unbiased ? 1 : 0, keepdim);
  }

  /**
   * The standard deviation of all elements; {@code unbiased} divides by n − 1. PyTorch: {@code
   * torch.std(x, unbiased)}.
   */
  default Tensor std(boolean unbiased) {
    return self().std(new int[0], unbiased ? 1 : 0, false);
  }

  /** The standard deviation over dimensions; {@code unbiased} divides by n − 1. */
  default Tensor std(int[] dim, boolean unbiased, boolean keepdim) {
    return self().std(dim, unbiased ? 1 : 0, keepdim);
  }

  /**
   * The covariance matrix of the rows' variables: {@code [m, n]} gives {@code [m, m]}. PyTorch:
   * {@code torch.cov}.
   */
  default Tensor cov() {
    return cov(1, null, null);
  }

  /**
   * The covariance matrix. PyTorch: {@code torch.cov(x, correction=…, fweights=…, aweights=…)}.
   *
   * @param correction what the number of observations is lessened by
   * @param fweights how often each observation counts, INT64 {@code [n]}; or null
   * @param aweights how much each observation weighs {@code [n]}; or null
   * @return {@code [m, m]}, or {@code []} for a vector
   */
  default Tensor cov(int correction, Tensor fweights, Tensor aweights) {
    return Covariance.cov(self(), correction, fweights, aweights);
  }

  /** The correlation matrix of the rows' variables. PyTorch: {@code torch.corrcoef}. */
  default Tensor corrcoef() {
    Tensor c = cov();
    if (c.dim() == 0) {
      return c.div(c);
    }
    Tensor deviation = c.diagonal().sqrt();
    return c.div(deviation.unsqueeze(1)).div(deviation.unsqueeze(0)).clamp(-1, 1);
  }

  /** The two ends. */
  record MinMax(Tensor min, Tensor max) {}

  /** A variance or standard deviation, and the mean it is around. */
  record SpreadMean(Tensor spread, Tensor mean) {}
}
