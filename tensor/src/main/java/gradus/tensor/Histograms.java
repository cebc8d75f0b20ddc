package gradus.tensor;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** How points are counted in bins: those between two edges, the last edge included. */
final class Histograms {
  private final String op;
  private final HistogramOptions options = new HistogramOptions();
  private final Tensor points;
  private final int dims;
  private final int n;

  /**
   * Of points.
   *
   * @param points [..., dims]
   */
  Histograms(String op, Tensor points, Consumer<HistogramOptions> options) {
    this.op = op;
    given(options, "options").accept(this.options);
    if (!points.dtype().isFloatingPoint() || points.dim() < 2) {
      throw invalid(
          "the input is %s%s. It must be FLOAT32 or FLOAT64, points [..., dims]. Use x.toFloat() or unsqueeze(-1)."
              .formatted(points.dtype(), points.shape()));
    }
    this.points = points.detach();
    this.dims = points.size(-1);
    this.n = dims == 0 ? 0 : points.numel() / dims;
    Tensor weight = this.options.weight;
    if (weight != null && (weight.numel() != n || weight.dtype() != points.dtype())) {
      throw invalid(
          "weight is %s%s for %s points of %s. There must be one of that type for each. Use weight.to(x.dtype())."
              .formatted(weight.dtype(), weight.shape(), n, points.dtype()));
    }
  }

  /** With so many bins of equal size in each dimension. */
  Searching.Histogramdd count(int... bins) {
    checkDims(given(bins, "bins").length);
    double[] range = options.range;
    if (range != null && range.length != 2 * dims) {
      throw invalid(
          "range is %s for %s dimensions. Give a lower and an upper border for each."
              .formatted(Arrays.toString(range), dims));
    }
    var edges = new ArrayList<Tensor>();
    for (int d = 0; d < dims; d++) {
      if (bins[d] < 1) {
        throw invalid("there are %s bins. It takes one or more.".formatted(bins[d]));
      }
      double[] v = Dense.doubles(points.select(-1, d));
      double low = range != null ? range[2 * d] : Arrays.stream(v).min().orElse(0);
      double high = range != null ? range[2 * d + 1] : Arrays.stream(v).max().orElse(1);
      if (!(low <= high) || !Double.isFinite(high - low)) {
        throw invalid(
            "the range is %s to %s. Both must be finite, the lower one first. Give another by range(low, high)."
                .formatted(low, high));
      }
      double wider = low == high ? 0.5 : 0;
      edges.add(Tensor.linspace(low - wider, high + wider, bins[d] + 1, points.dtype()));
    }
    return count(edges);
  }

  /** With bins between these edges, which ascend, in each dimension. */
  Searching.Histogramdd count(List<Tensor> edges) {
    checkDims(givenAll(edges).size());
    int[] shape = new int[dims];
    for (int d = 0; d < dims; d++) {
      Tensor e = edges.get(d);
      if (e.dtype() != points.dtype() || e.dim() != 1 || e.numel() < 2) {
        throw invalid(
            "the edges are %s%s. They must be a vector of %s like the input, two or more. Use x.to(...)."
                .formatted(e.dtype(), e.shape(), points.dtype()));
      }
      shape[d] = e.numel() - 1;
    }
    Tensor hist = Dense.of(sums(edges, shape), points.dtype(), Shape.of(shape));
    return new Searching.Histogramdd(
        options.density ? density(hist, edges) : hist, List.copyOf(edges));
  }

  private double[] sums(List<Tensor> edges, int[] shape) {
    double[] out = new double[Shape.of(shape).numel()];
    double[] v = Dense.doubles(points);
    double[] weights = options.weight == null ? null : Dense.doubles(options.weight);
    double[][] borders = edges.stream().map(Dense::doubles).toArray(double[][]::new);
    for (int i = 0; i < n; i++) {
      int bin = 0;
      for (int d = 0; d < dims && bin >= 0; d++) {
        int at = bin(borders[d], v[i * dims + d]);
        bin = at < 0 ? -1 : bin * shape[d] + at;
      }
      if (bin >= 0) {
        out[bin] += weights == null ? 1 : weights[i];
      }
    }
    return out;
  }

  /** The bin of a number, −1 if it is in none. */
  private static int bin(double[] edges, double x) {
    int last = edges.length - 1;
    if (!(x >= edges[0] && x <= edges[last])) {
      return -1;
    }
    int low = 0;
    int high = last;
    while (low < high) { // the first edge above x
      int middle = (low + high) >>> 1;
      if (edges[middle] > x) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }

  private Tensor density(Tensor hist, List<Tensor> edges) {
    Tensor out = hist.div(hist.sum().item());
    for (int d = 0; d < dims; d++) {
      int[] along = new int[dims];
      Arrays.fill(along, 1);
      along[d] = -1;
      out = out.div(edges.get(d).diff().reshape(along));
    }
    return out;
  }

  private void checkDims(int given) {
    if (given != dims) {
      throw invalid(
          "bins are given for %s dimensions, but the points %s have %s. Give them for each."
              .formatted(given, points.shape(), dims));
    }
  }

  private IllegalArgumentException invalid(String text) {
    return Errors.invalid(op, text);
  }
}
