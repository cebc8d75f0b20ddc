package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Places found in sorted numbers, different elements, and how often they occur. */
public sealed interface Searching permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Where each element belongs between sorted boundaries: INT64. PyTorch: {@code torch.bucketize}.
   */
  default Tensor bucketize(Tensor boundaries) {
    return bucketize(boundaries, false);
  }

  /** Where each element belongs between sorted boundaries; {@code right} puts equal ones behind. */
  default Tensor bucketize(Tensor boundaries, boolean right) {
    if (given(boundaries).dim() != 1) {
      throw Errors.invalid(
          "bucketize", "boundaries are " + boundaries.shape() + ". They must be a vector [n].");
    }
    return SearchSorted.search(boundaries, self(), right, null);
  }

  /**
   * Where each of {@code input} would be put into this sorted sequence. PyTorch: {@code
   * torch.searchsorted}.
   *
   * @param input any shape for a vector here; else of the same leading sizes
   * @param right whether behind equal ones instead of before
   * @return INT64 of input's shape
   */
  default Tensor searchsorted(Tensor input, boolean right) {
    return SearchSorted.search(self(), input, right, null);
  }

  /** Where each of {@code input} would be put, before equal ones. */
  default Tensor searchsorted(Tensor input) {
    return searchsorted(input, false);
  }

  /** Where a number would be put. */
  default Tensor searchsorted(Number input, boolean right) {
    return searchsorted(Tensor.wrap(input), right);
  }

  /**
   * The same; {@code side} is "left" or "right", {@code sorter} the indices that sort this
   * sequence, or null.
   */
  default Tensor searchsorted(Tensor input, boolean right, String side, Tensor sorter) {
    if (side != null && !side.equals("left") && !side.equals("right")) {
      throw Errors.invalid(
          "searchsorted", "side is \"" + side + "\". It is \"left\" or \"right\".");
    }
    return SearchSorted.search(self(), input, side == null ? right : side.equals("right"), sorter);
  }

  /** Whether each element is among {@code testElements}: BOOL. PyTorch: {@code torch.isin}. */
  default Tensor isin(Tensor testElements) {
    if (!self().dtype().isFloatingPoint() && !given(testElements).dtype().isFloatingPoint()) {
      return wholeIsin(testElements);
    }
    var known = new HashSet<Double>();
    for (double v : Dense.doubles(testElements)) {
      known.add(v + 0.0);
    }
    double[] x = Dense.doubles(self());
    boolean[] out = new boolean[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = !Double.isNaN(x[i]) && known.contains(x[i] + 0.0);
    }
    return Dense.of(out, self().shape());
  }

  /** Longs stay longs: doubles cannot tell them apart beyond 2^53. */
  private Tensor wholeIsin(Tensor testElements) {
    var known = new HashSet<Long>();
    for (long v : Dense.longs(testElements)) {
      known.add(v);
    }
    long[] x = Dense.longs(self());
    boolean[] out = new boolean[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = known.contains(x[i]);
    }
    return Dense.of(out, self().shape());
  }

  /** Whether each element is among {@code testElements}, or with {@code invert} is not: BOOL. */
  default Tensor isin(Tensor testElements, boolean assumeUnique, boolean invert) {
    return invert ? isin(testElements).logicalNot() : isin(testElements);
  }

  /** The indices of the non-zero elements, one row each. PyTorch: {@code torch.argwhere}. */
  default Tensor argwhere() {
    return self().nonzero();
  }

  /** The different elements in ascending order. PyTorch: {@code torch.unique}. */
  default Tensor unique() {
    return unique(true, false, false).output();
  }

  /**
   * The different elements in ascending order. PyTorch: {@code torch.unique(x, sorted,
   * return_inverse, return_counts)}.
   *
   * @param sorted without effect: they always are
   * @param returnInverse whether to tell which one each element is
   * @param returnCounts whether to tell how often each occurs
   * @return elements, and what was asked for
   */
  default Unique unique(boolean sorted, boolean returnInverse, boolean returnCounts) {
    return SearchSorted.unique(self(), true, returnInverse, returnCounts);
  }

  /** The different slices along {@code dim}, in ascending order. */
  default Unique unique(boolean sorted, boolean returnInverse, boolean returnCounts, int dim) {
    return SearchSorted.unique(
        self(), true, returnInverse, returnCounts, self().shape().dim("unique", dim));
  }

  /**
   * The elements without those equal to the one before. PyTorch: {@code torch.unique_consecutive}.
   */
  default Unique uniqueConsecutive(boolean returnInverse, boolean returnCounts) {
    return SearchSorted.unique(self(), false, returnInverse, returnCounts);
  }

  /** The slices along {@code dim} without those equal to the one before. */
  default Unique uniqueConsecutive(boolean returnInverse, boolean returnCounts, int dim) {
    return SearchSorted.unique(
        self(), false, returnInverse, returnCounts, self().shape().dim("uniqueConsecutive", dim));
  }

  /** How often each number 0, 1, … occurs in this INT64 vector. PyTorch: {@code torch.bincount}. */
  default Tensor bincount() {
    return bincount(null, 0);
  }

  /**
   * How often (or with what weight) each number 0, 1, … occurs. PyTorch: {@code torch.bincount(x,
   * weights, minlength)}.
   *
   * @param weights one for each element, or null
   * @param minlength the least number of bins
   * @return INT64, or the weights' sums
   */
  default Tensor bincount(Tensor weights, int minlength) {
    Tensor x = self();
    if (x.dtype().isFloatingPoint() || x.dim() != 1 || minlength < 0) {
      throw Errors.invalid(
          "bincount",
          "%s %s, minlength %s: it takes a vector of whole numbers."
              .formatted(x.dtype(), x.shape(), minlength));
    }
    if (weights != null && !weights.shape().equals(x.shape())) {
      throw Errors.invalid(
          "bincount", "weights are " + weights.shape() + " for " + x.shape() + ".");
    }
    long[] v = Dense.longs(x);
    int bins = minlength;
    for (long n : v) {
      if (n < 0) {
        throw Errors.invalid(
            "bincount", "it holds " + n + ". Only numbers of 0 or more are counted.");
      }
      if (n >= Integer.MAX_VALUE) {
        throw Errors.invalid(
            "bincount",
            ("it holds %s, and every number up to the largest gets a bin. A tensor holds at "
                    + "most 2^31 - 1 of them. Use unique(true, false, true) to count only what occurs.")
                .formatted(n));
      }
      bins = Math.max(bins, (int) n + 1);
    }
    double[] out = new double[bins];
    double[] w = weights == null ? null : Dense.doubles(weights);
    for (int i = 0; i < v.length; i++) {
      out[(int) v[i]] += w == null ? 1 : w[i];
    }
    DType dtype =
        weights == null
            ? DType.INT64
            : weights.dtype() == DType.FLOAT32 ? DType.FLOAT32 : DType.FLOAT64;
    return Dense.of(out, dtype, Shape.of(bins));
  }

  /**
   * How many elements lie in each of 100 bins between the smallest and the largest. PyTorch: {@code
   * torch.histc}.
   */
  default Tensor histc() {
    return histc(100, 0, 0);
  }

  /**
   * How many elements lie in each of {@code bins} equal bins. PyTorch: {@code torch.histc(x, bins,
   * min, max)}.
   *
   * @param bins how many
   * @param min the lower border; equal to max, both are found in the data
   * @param max the upper border, which belongs to the last bin
   * @return counts of this dtype {@code [bins]}
   */
  default Tensor histc(int bins, Number min, Number max) {
    return SearchSorted.histc(
        self(), bins, given(min, "min").doubleValue(), given(max, "max").doubleValue());
  }

  /** {@link #histogram(int, Consumer)} without options. */
  default Histogram histogram(int bins) {
    return histogram(bins, _ -> {});
  }

  /**
   * How many elements lie in each of {@code bins} equal bins, and where those begin and end.
   * PyTorch: {@code torch.histogram(x, bins, range=, weight=, density=)}.
   *
   * @param bins how many
   * @param options range, weight, density
   */
  default Histogram histogram(int bins, Consumer<HistogramOptions> options) {
    return Histogram.of(new Histograms("histogram", self().reshape(-1, 1), options).count(bins));
  }

  /** {@link #histogram(Tensor, Consumer)} without options. */
  default Histogram histogram(Tensor bins) {
    return histogram(bins, _ -> {});
  }

  /**
   * How many elements lie between each two edges; the last bin has its upper edge too.
   *
   * @param bins the edges, ascending, of this dtype
   * @param options weight, density
   */
  default Histogram histogram(Tensor bins, Consumer<HistogramOptions> options) {
    var histogram = new Histograms("histogram", self().reshape(-1, 1), options);
    return Histogram.of(histogram.count(List.of(given(bins, "bins"))));
  }

  /**
   * How many points lie in each cell of a grid. PyTorch: {@code torch.histogramdd(x, bins, range=,
   * weight=, density=)}.
   *
   * @param bins how many in each dimension; this tensor is points [..., dims]
   * @param options range, weight, density
   */
  default Histogramdd histogramdd(int[] bins, Consumer<HistogramOptions> options) {
    return new Histograms("histogramdd", self(), options).count(bins);
  }

  /**
   * How many points lie in each cell of a grid.
   *
   * @param bins the edges of each dimension, ascending, of this dtype
   * @param options weight, density
   */
  default Histogramdd histogramdd(List<Tensor> bins, Consumer<HistogramOptions> options) {
    return new Histograms("histogramdd", self(), options).count(bins);
  }

  /**
   * Counts, and the edges of what was counted in.
   *
   * @param hist [bins], of the dtype of the elements
   * @param binEdges [bins + 1]
   */
  record Histogram(Tensor hist, Tensor binEdges) {
    private static Histogram of(Histogramdd counted) {
      return new Histogram(counted.hist(), counted.binEdges().getFirst());
    }
  }

  /**
   * Counts, and the edges in each dimension.
   *
   * @param hist [bins of dimension 0, bins of dimension 1, …], of the dtype of the points
   * @param binEdges one vector a dimension
   */
  record Histogramdd(Tensor hist, List<Tensor> binEdges) {}

  /** Different elements, which one each element is, and how often each occurs. */
  record Unique(Tensor output, Optional<Tensor> inverseIndices, Optional<Tensor> counts) {}
}
