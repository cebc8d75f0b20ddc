package gradus.tensor;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers counted out, and the grids and choices made of them; reached as {@code
 * Tensor.arange(10)}.
 */
public abstract sealed class Ranges extends Joining permits Drawing {
  /**
   * {@code base} to powers evenly from {@code start} to {@code end}, FLOAT32. PyTorch: {@code
   * torch.logspace}.
   */
  public static Tensor logspace(double start, double end, int steps, double base) {
    return logspace(start, end, steps, base, DType.FLOAT32);
  }

  /** Powers of 10. */
  public static Tensor logspace(double start, double end, int steps) {
    return logspace(start, end, steps, 10);
  }

  /** {@code base} to powers evenly from {@code start} to {@code end}, of the given type. */
  public static Tensor logspace(double start, double end, int steps, double base, DType dtype) {
    Tensor exponents = linspace(start, end, steps, DType.FLOAT64);
    return Creation.full(Shape.of(), base, DType.FLOAT64).pow(exponents).to(dtype);
  }

  /**
   * {@code steps} numbers evenly from {@code start} to {@code end}, of the given type. PyTorch:
   * {@code linspace}.
   */
  public static Tensor linspace(double start, double end, int steps, DType dtype) {
    if (steps < 0) {
      throw Errors.invalid("linspace", "steps is " + steps + ". It must be 0 or more.");
    }
    double from = given(dtype, "dtype").isFloatingPoint() ? start : (long) start;
    double to = dtype.isFloatingPoint() ? end : (long) end;
    Tensor out = Creation.zeros(DType.FLOAT64, steps);
    double step = steps > 1 ? (to - from) / (steps - 1) : 0;
    for (int i = 0; i < steps; i++) {
      boolean front = i < steps / 2 || steps == 1;
      out.storage.setDouble(i, front ? from + i * step : to - (steps - 1 - i) * step);
    }
    return out.to(dtype);
  }

  /**
   * {@code steps} numbers evenly from {@code start} to {@code end}, both included; FLOAT32.
   * PyTorch: {@code linspace}.
   */
  public static Tensor linspace(double start, double end, int steps) {
    Tensor out = Tensor.zeros(steps);
    double step = steps > 1 ? (end - start) / (steps - 1) : 0;
    for (int i = 0; i < steps; i++) {
      out.storage.setDouble(
          i, i < steps / 2 || steps == 1 ? start + i * step : end - (steps - 1 - i) * step);
    }
    return out;
  }

  /**
   * {@code start}, {@code start + step}, … before {@code end}, of the given type. PyTorch: {@code
   * torch.arange}.
   */
  public static Tensor arange(Number start, Number end, Number step, DType dtype) {
    if (!given(dtype, "dtype").isFloatingPoint()) {
      given(start, "start");
      given(end, "end");
      given(step, "step");
      long whole = Creation.arange(start.longValue(), end.longValue(), step.longValue()).numel();
      long exact =
          Creation.arange(start.doubleValue(), end.doubleValue(), step.doubleValue()).numel();
      long count =
          dtype == DType.INT64 ? whole : exact; // as PyTorch, which counts before it rounds
      return Creation.arange(count).mul(step.longValue()).add(start.longValue()).to(dtype);
    }
    Tensor counted = Creation.arange(start, end, step);
    double[] out = ArrayPool.room(counted.shape(), 8, double[]::new);
    for (int i = 0; i < out.length; i++) {
      out[i] = start.doubleValue() + i * step.doubleValue();
    }
    return Dense.of(out, dtype, counted.shape());
  }

  /**
   * {@code start}, {@code start + step}, … before {@code end}. PyTorch: {@code torch.arange}.
   *
   * @param start the first value
   * @param end the border, not included
   * @param step the distance, not 0 and pointing from start to end
   * @return INT64 if all three are integral, else FLOAT32
   */
  public static Tensor arange(Number start, Number end, Number step) {
    given(start, "start");
    given(end, "end");
    given(step, "step");
    boolean integral =
        Creation.isIntegral(start) && Creation.isIntegral(end) && Creation.isIntegral(step);
    double s = start.doubleValue();
    double d = step.doubleValue();
    double count =
        integral
            ? count(start.longValue(), end.longValue(), step.longValue())
            : Math.ceil((end.doubleValue() - s) / d);
    if (d == 0 || count < 0 || Double.isNaN(count)) {
      throw Errors.invalid(
          "arange",
          "from %s to %s by %s never arrives. step must lead from start to end."
              .formatted(start, end, step));
    }
    if (count > Integer.MAX_VALUE) {
      throw Errors.invalid(
          "arange", "would have " + count + " elements. A tensor holds at most 2^31 - 1.");
    }
    Tensor out = Tensor.zeros(integral ? DType.INT64 : DType.FLOAT32, (int) count);
    for (int i = 0; i < out.numel(); i++) {
      if (integral) {
        out.storage.setLong(i, start.longValue() + i * step.longValue());
      } else {
        out.storage.setDouble(i, s + i * d);
      }
    }
    return out;
  }

  /** {@code start}, {@code start + 1}, … before {@code end}. */
  public static Tensor arange(Number start, Number end) {
    return arange(start, end, 1);
  }

  // ---------------------------------------------------------------- counted out

  /** 0, 1, … before {@code end}. PyTorch: {@code torch.arange(end)}. */
  public static Tensor arange(Number end) {
    return arange(Creation.isIntegral(end) ? (Number) 0L : (Number) 0.0, end);
  }

  /**
   * Rows and columns of the lower triangle of {@code [row, col]}: INT64 {@code [2, n]}. PyTorch:
   * {@code torch.tril_indices}.
   */
  public static Tensor trilIndices(int row, int col, int offset) {
    return Creation.ones(row, col).tril(offset).nonzero().t().contiguous();
  }

  /** Rows and columns of the lower triangle. */
  public static Tensor trilIndices(int row, int col) {
    return trilIndices(row, col, 0);
  }

  /** Rows and columns of the lower triangle, of the given type. */
  public static Tensor trilIndices(int row, int col, int offset, DType dtype) {
    return trilIndices(row, col, offset).to(dtype);
  }

  /**
   * Rows and columns of the upper triangle of {@code [row, col]}: INT64 {@code [2, n]}. PyTorch:
   * {@code torch.triu_indices}.
   */
  public static Tensor triuIndices(int row, int col, int offset) {
    return Creation.ones(row, col).triu(offset).nonzero().t().contiguous();
  }

  /** Rows and columns of the upper triangle. */
  public static Tensor triuIndices(int row, int col) {
    return triuIndices(row, col, 0);
  }

  /** Rows and columns of the upper triangle, of the given type. */
  public static Tensor triuIndices(int row, int col, int offset, DType dtype) {
    return triuIndices(row, col, offset).to(dtype);
  }

  /**
   * All choices of {@code r} elements of a vector, one a row. PyTorch: {@code torch.combinations}.
   */
  public static Tensor combinations(Tensor input, int r, boolean withReplacement) {
    if (given(input).dim() != 1 || r < 0) {
      throw Errors.invalid(
          "combinations",
          r + " of " + input.shape() + ": it takes a vector, and 0 elements or more.");
    }
    double elements = choices(input.size(0), r, withReplacement) * r;
    if (elements > Integer.MAX_VALUE) {
      throw Errors.invalid(
          "combinations",
          "%s of %s has %s elements. A tensor holds at most 2^31 - 1. Choose from fewer."
              .formatted(r, input.shape(), elements));
    }
    if (elements == 0) {
      return Creation.zeros(input.dtype(), r == 0 ? new int[] {0} : new int[] {0, r});
    }
    var rows = new ArrayList<long[]>();
    choose(input.size(0), new long[r], 0, 0, withReplacement, rows);
    long[] flat = rows.stream().flatMapToLong(Arrays::stream).toArray();
    return input.indexSelect(0, Creation.of(flat)).reshape(rows.size(), r);
  }

  /** How many ways there are to choose; a rough number where it is large. */
  private static double choices(int n, int r, boolean again) {
    double from = again ? (double) n + r - 1 : n;
    double chosen = again ? Math.min(r, n - 1) : Math.min(r, n - r);
    if (n == 0 || chosen < 0) {
      return r == 0 ? 1 : 0;
    }
    double out = 1;
    for (int i = 1; i <= chosen && out < 1e300; i++) {
      out = out * (from - chosen + i) / i;
    }
    return out;
  }

  /** All pairs of elements of a vector, one a row. */
  public static Tensor combinations(Tensor input) {
    return combinations(input, 2, false);
  }

  private static void choose(
      int n, long[] chosen, int at, int from, boolean again, List<long[]> rows) {
    if (at == chosen.length) {
      rows.add(chosen.clone());
      return;
    }
    for (int i = from; i < n; i++) {
      chosen[at] = i;
      choose(n, chosen, at + 1, again ? i : i + 1, again, rows);
    }
  }

  /** How many steps lead from start to end, without rounding; NaN if they never arrive. */
  private static double count(long start, long end, long step) {
    if (step == 0 || (start != end && start < end != step > 0)) {
      return Double.NaN;
    }
    long span = step > 0 ? end - start : start - end;
    if (span == 0) {
      return 0;
    }
    long steps = Long.divideUnsigned(span - 1, Math.abs(step));
    return (steps < 0 ? (steps >>> 1) * 2.0 : steps) + 1;
  }

  /**
   * Coordinates of a grid. PyTorch: {@code torch.meshgrid(…, indexing=…)}.
   *
   * @param tensors vectors or scalars, of one dtype
   * @param indexing {@code "ij"}, or {@code "xy"} to swap the first two dimensions
   * @return a view of each, of the sizes of all
   */
  public static List<Tensor> meshgrid(List<Tensor> tensors, String indexing) {
    givenAll(tensors);
    given(indexing, "indexing");
    if (tensors.isEmpty() || !(indexing.equals("ij") || indexing.equals("xy"))) {
      throw Errors.invalid(
          "meshgrid",
          "%s tensors, indexing \"%s\". Give at least one, and \"ij\" or \"xy\"."
              .formatted(tensors.size(), indexing));
    }
    boolean swap = indexing.equals("xy") && tensors.size() > 1;
    int rank = tensors.size();
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      Tensor t = tensors.get(i);
      if (t.dim() > 1) {
        throw Errors.invalid("meshgrid", t.shape() + " is neither a vector nor a scalar.");
      }
      if (t.dtype() != tensors.getFirst().dtype()) {
        throw Errors.invalid(
            "meshgrid", "dtypes " + tensors.getFirst().dtype() + " and " + t.dtype() + " differ.");
      }
      sizes[swap && i < 2 ? 1 - i : i] = t.numel();
    }
    var out = new ArrayList<Tensor>();
    for (int i = 0; i < rank; i++) {
      int[] view = new int[rank];
      Arrays.fill(view, 1);
      view[swap && i < 2 ? 1 - i : i] = tensors.get(i).numel();
      out.add(tensors.get(i).reshape(view).expand(sizes));
    }
    return out;
  }

  /**
   * Coordinates of a grid, the first tensor running along rows. PyTorch: {@code torch.meshgrid}.
   */
  public static List<Tensor> meshgrid(Tensor... tensors) {
    return meshgrid(List.of(givenAll(tensors)), "ij");
  }

  /**
   * All combinations of one element of each vector, one a row. PyTorch: {@code
   * torch.cartesian_prod}.
   */
  public static Tensor cartesianProd(Tensor... tensors) {
    for (Tensor t : givenAll(tensors)) {
      if (t.dim() != 1) {
        throw Errors.invalid("cartesianProd", t.shape() + " is not a vector.");
      }
    }
    if (tensors.length == 1) {
      return tensors[0];
    }
    return stack(meshgrid(tensors).stream().map(Tensor::flatten).toList(), 1);
  }
}
