package gradus.tensor;

import static gradus.tensor.spi.Given.given;

/**
 * New tensors of a chosen dtype, index grids, and questions about dtypes; reached as {@code
 * Tensor.logspace(…)}.
 */
public abstract sealed class Factories extends Stacking permits Drawing {
  Factories() {}

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
    double[] out = Memory.room(counted.shape(), 8, double[]::new);
    for (int i = 0; i < out.length; i++) {
      out[i] = start.doubleValue() + i * step.doubleValue();
    }
    return Dense.of(out, dtype, counted.shape());
  }

  /** Ones on the diagonal of {@code [n, m]}, of the given type. PyTorch: {@code torch.eye}. */
  public static Tensor eye(int n, int m, DType dtype) {
    return Creation.eye(n, m).to(dtype);
  }

  /** The identity matrix {@code [n, n]}, of the given type. */
  public static Tensor eye(int n, DType dtype) {
    return eye(n, n, dtype);
  }

  /**
   * One number everywhere, of the given type. PyTorch: {@code torch.full(size, value, dtype=…)}.
   */
  public static Tensor full(int[] size, Number fillValue, DType dtype) {
    return Creation.full(Shape.of(size), fillValue, dtype);
  }

  /**
   * Zeros of the shape of another tensor, of the given type. PyTorch: {@code torch.zeros_like(x,
   * dtype=…)}.
   */
  public static Tensor zerosLike(Tensor input, DType dtype) {
    return Creation.full(given(input).shape(), 0, dtype);
  }

  /**
   * Ones of the shape of another tensor, of the given type. PyTorch: {@code torch.ones_like(x,
   * dtype=…)}.
   */
  public static Tensor onesLike(Tensor input, DType dtype) {
    return Creation.full(given(input).shape(), 1, dtype);
  }

  /**
   * One number everywhere, of the shape of another tensor, of the given type. PyTorch: {@code
   * torch.full_like}.
   */
  public static Tensor fullLike(Tensor input, Number fillValue, DType dtype) {
    return Creation.full(given(input).shape(), fillValue, dtype);
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
          r
              + " of "
              + input.shape()
              + " has "
              + elements
              + " elements. A tensor holds at most 2^31 - 1. Choose from fewer.");
    }
    if (elements == 0) {
      return Creation.zeros(input.dtype(), r == 0 ? new int[] {0} : new int[] {0, r});
    }
    var rows = new java.util.ArrayList<long[]>();
    choose(input.size(0), new long[r], 0, 0, withReplacement, rows);
    long[] flat = rows.stream().flatMapToLong(java.util.Arrays::stream).toArray();
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
      int n, long[] chosen, int at, int from, boolean again, java.util.List<long[]> rows) {
    if (at == chosen.length) {
      rows.add(chosen.clone());
      return;
    }
    for (int i = from; i < n; i++) {
      chosen[at] = i;
      choose(n, chosen, at + 1, again ? i : i + 1, again, rows);
    }
  }

  /** The dtype of a result of both. PyTorch: {@code torch.result_type}. */
  public static DType resultType(Tensor tensor1, Tensor tensor2) {
    return Promotion.resultType(tensor1, tensor2);
  }

  /** The dtype of a result of a tensor and a number. */
  public static DType resultType(Tensor tensor, Number scalar) {
    return Promotion.resultType(tensor, Creation.wrap(scalar));
  }

  /** The dtype of a result of a number and a tensor. */
  public static DType resultType(Number scalar, Tensor tensor) {
    return Promotion.resultType(Creation.wrap(scalar), tensor);
  }

  /** The dtype of a result of two numbers. */
  public static DType resultType(Number scalar1, Number scalar2) {
    return Promotion.resultType(Creation.wrap(scalar1), Creation.wrap(scalar2));
  }

  /**
   * Whether an in-place op may store a result of {@code from} in {@code to}. PyTorch: {@code
   * torch.can_cast}.
   */
  public static boolean canCast(DType from, DType to) {
    return given(from, "from").category() <= given(to, "to").category();
  }
}
