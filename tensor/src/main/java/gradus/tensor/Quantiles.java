package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.order.Sort;
import java.util.Arrays;

/** How medians, modes and quantiles find their place in the order of the elements. */
final class Quantiles {
  private Quantiles() {}

  /** Of all elements; equal ones share the gradient. */
  static Tensor median(Tensor x, boolean skipNan) {
    if (x.numel() == 0) {
      if (!x.dtype().isFloatingPoint()) {
        throw Errors.invalid(
            skipNan ? "nanmedian" : "median", x.shape() + " is empty; it has no median.");
      }
      return Tensor.full(Shape.of(), Double.NaN, x.dtype());
    }
    Tensor value = median("median", x.detach().flatten(), 0, false, skipNan).values();
    if (!x.requiresGrad() || !GradMode.isEnabled()) {
      return value;
    }
    Tensor mask = x.eq(value);
    mask = mask.any().itemBoolean() ? mask : x.isnan();
    return x.maskedSelect(mask).mean();
  }

  static ValuesIndices median(String op, Tensor x, int dim, boolean keepdim, boolean skipNan) {
    int d = x.shape().dim(op, dim);
    Tensor rows = SoftmaxOps.last(x, d);
    int cols = SoftmaxOps.cols(rows);
    if (cols == 0) {
      throw Errors.invalid(
          op, x.shape() + " has nothing to choose from: dimension " + dim + " is empty.");
    }
    Tensor nans = x.dtype().isFloatingPoint() ? rows.isnan() : null;
    int[] ranks = new int[rows.numel() / cols];
    for (int r = 0; r < ranks.length; r++) {
      int numbers = cols;
      for (int c = 0; nans != null && c < cols; c++) {
        numbers -= (int) nans.storage.getLong(r * cols + c);
      }
      // Behind the numbers comes the first NaN.
      boolean nan = numbers < cols && (!skipNan || numbers == 0);
      ranks[r] = nan ? numbers : (numbers - 1) / 2;
    }
    return picked(x, d, rows, ranks, keepdim);
  }

  /** The elements that would stand at one rank (from 0) if all were sorted along a dimension. */
  static ValuesIndices ranked(Tensor x, int d, int rank, boolean keepdim) {
    Tensor rows = SoftmaxOps.last(x, d);
    int[] ranks = new int[rows.numel() / SoftmaxOps.cols(rows)];
    Arrays.fill(ranks, rank);
    return picked(x, d, rows, ranks, keepdim);
  }

  /** The elements at one rank in each row. */
  private static ValuesIndices picked(Tensor x, int d, Tensor rows, int[] ranks, boolean keepdim) {
    long[] at = new long[ranks.length];
    Sort.select(Dense.keys(rows), rows.offset, SoftmaxOps.cols(rows), ranks, at);
    return picked(x, d, at, rows, keepdim);
  }

  /** The elements at one place in each row. */
  private static ValuesIndices picked(Tensor x, int d, long[] at, Tensor rows, boolean keepdim) {
    int[] sizes = rows.shape().toArray();
    if (sizes.length > 0) {
      sizes[sizes.length - 1] = 1;
    }
    Tensor indices = SoftmaxOps.back(Dense.of(at, DType.INT64, Shape.wrap(sizes)), d);
    Tensor values = x.dim() == 0 ? x.clone() : x.gather(d, indices);
    boolean keep = keepdim || x.dim() == 0;
    return keep
        ? new ValuesIndices(values, indices)
        : new ValuesIndices(values.squeeze(d), indices.squeeze(d));
  }

  static ValuesIndices mode(Tensor x, int dim, boolean keepdim) {
    int d = x.shape().dim("mode", dim);
    Tensor rows = SoftmaxOps.last(x, d);
    int cols = SoftmaxOps.cols(rows);
    if (cols == 0) {
      throw Errors.invalid(
          "mode", x.shape() + " has nothing to choose from: dimension " + dim + " is empty.");
    }
    long[] sorted =
        Dense.longs(rows.dim() == 0 ? Tensor.zeros(DType.INT64) : rows.argsort(-1, false));
    double[] v = Dense.doubles(rows);
    long[] out = new long[v.length / cols];
    for (int r = 0; r < out.length; r++) {
      int most = 0;
      int run = 0;
      for (int i = 0; i < cols; i++) {
        int at = r * cols + (int) sorted[r * cols + i];
        boolean same = i > 0 && v[at] == v[r * cols + (int) sorted[r * cols + i - 1]];
        run = same ? run + 1 : 1;
        if (run > most || (run == most && same && v[at] == v[r * cols + (int) out[r]])) {
          most = run;
          out[r] = sorted[r * cols + i];
        }
      }
    }
    return picked(x, d, out, rows, keepdim);
  }

  static Tensor quantile(
      String op,
      Tensor x,
      Tensor q,
      Integer dim,
      boolean keepdim,
      String interpolation,
      boolean skipNan) {
    check(op, x, q);
    if (dim == null) {
      Tensor all = quantile(op, x.flatten(), q, 0, false, interpolation, skipNan);
      int[] ones = new int[keepdim ? x.dim() : 0];
      Arrays.fill(ones, 1);
      int[] sizes = Arrays.copyOf(ones, ones.length + q.dim());
      if (q.dim() == 1) {
        System.arraycopy(ones, 0, sizes, 1, ones.length);
        sizes[0] = q.size(0);
      }
      return all.reshape(sizes);
    }
    int d = x.shape().dim(op, dim);
    Tensor in = x.dim() == 0 ? x.reshape(1) : x;
    Tensor sorted = in.unsqueeze(-1).transpose(d, -1).sort(-1, false).values();
    Tensor numbers = sorted.detach().isnan().logicalNot().sum(-1, true);
    Tensor ranks = q.flatten().mul(numbers.sub(1).clampMin(0).to(x.dtype()));
    if (!skipNan) {
      ranks = Tensor.where(numbers.lt(sorted.size(-1)), (double) sorted.size(-1) - 1, ranks);
    }
    ranks =
        switch (given(interpolation, "interpolation")) {
          case "lower" -> ranks.floor();
          case "higher" -> ranks.ceil();
          case "nearest" -> ranks.round();
          case "linear", "midpoint" -> ranks;
          default ->
              throw Errors.invalid(
                  op,
                  ("interpolation is \"%s\". It is \"linear\", \"lower\", \"higher\", \"midpoint\" "
                          + "or \"nearest\".")
                      .formatted(interpolation));
        };
    Tensor below = ranks.detach().to(DType.INT64);
    Tensor out = sorted.gather(-1, below);
    if (interpolation.equals("linear") || interpolation.equals("midpoint")) {
      Tensor weight =
          interpolation.equals("linear")
              ? ranks.sub(below.to(ranks.dtype()))
              : Tensor.fullLike(ranks, 0.5);
      out = out.lerp(sorted.gather(-1, ranks.detach().ceil().to(DType.INT64)), weight);
    }
    Tensor first = q.dim() == 0 ? out.squeeze(-1) : out.movedim(-1, 0);
    int at = d + (q.dim() == 0 ? 0 : 1);
    return keepdim && x.dim() > 0 ? first : first.squeeze(at);
  }

  private static void check(String op, Tensor x, Tensor q) {
    if (!x.dtype().isFloatingPoint() || x.numel() == 0) {
      throw Errors.invalid(
          op, x.dtype() + " " + x.shape() + ": it takes a non-empty floating point tensor.");
    }
    if (given(q).dim() > 1 || q.dtype() != x.dtype()) {
      throw Errors.invalid(
          op,
          "q is %s %s. It must be a number or vector of dtype %s."
              .formatted(q.dtype(), q.shape(), x.dtype()));
    }
    for (double v : Dense.doubles(q)) {
      if (!(v >= 0 && v <= 1)) {
        throw Errors.invalid(op, "q holds " + v + ". Quantiles are in 0..1.");
      }
    }
  }
}
