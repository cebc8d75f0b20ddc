package gradus.tensor;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** New tensors: from numbers, filled, or counted out; reached as {@code Tensor.zeros(2, 3)}. */
public abstract sealed class Creation extends Drawing permits Tensor {
  Creation() {}

  // ---------------------------------------------------------------- from numbers

  /** An INT64 vector. PyTorch: {@code torch.tensor([1, 2, 3])}. */
  public static Tensor of(long... values) {
    return Dense.of(given(values, "values").clone(), DType.INT64, Shape.of(values.length));
  }

  /** An INT64 vector. */
  public static Tensor of(int... values) {
    return of(Arrays.stream(given(values, "values")).asLongStream().toArray());
  }

  /**
   * A FLOAT32 vector, as floating literals are in PyTorch. PyTorch: {@code torch.tensor([1.0,
   * 2.0])}.
   */
  public static Tensor of(double... values) {
    return Dense.of(given(values, "values"), DType.FLOAT32, Shape.of(values.length));
  }

  /** A FLOAT32 vector. */
  public static Tensor of(float... values) {
    return Dense.wrap(given(values, "values").clone(), Shape.of(values.length));
  }

  /** A BOOL vector. */
  public static Tensor of(boolean... values) {
    return Dense.of(given(values, "values").clone(), Shape.of(values.length));
  }

  /** An INT64 matrix. */
  public static Tensor of(int[][] values) {
    return nested("of", values).to(DType.INT64);
  }

  /** An INT64 matrix. */
  public static Tensor of(long[][] values) {
    return nested("of", values);
  }

  /** A FLOAT32 matrix. */
  public static Tensor of(double[][] values) {
    return nested("of", values).to(DType.FLOAT32);
  }

  /** A FLOAT32 matrix. */
  public static Tensor of(float[][] values) {
    return nested("of", values);
  }

  /** A BOOL matrix. */
  public static Tensor of(boolean[][] values) {
    return nested("of", values);
  }

  /** An INT64 tensor of three dimensions. */
  public static Tensor of(int[][][] values) {
    return nested("of", values).to(DType.INT64);
  }

  /** A FLOAT32 tensor of three dimensions. */
  public static Tensor of(double[][][] values) {
    return nested("of", values).to(DType.FLOAT32);
  }

  /** A FLOAT32 tensor of three dimensions. */
  public static Tensor of(float[][][] values) {
    return nested("of", values);
  }

  /** An INT64 tensor of three dimensions. */
  public static Tensor of(long[][][] values) {
    return nested("of", values);
  }

  /** A FLOAT32 tensor of four dimensions. */
  public static Tensor of(double[][][][] values) {
    return nested("of", values).to(DType.FLOAT32);
  }

  /** Rows of one length, row by row; the dtype is that of the Java array. */
  private static Tensor nested(String op, Object[] rows) {
    var parts = new java.util.ArrayList<Tensor>();
    for (Object row : givenAll(rows)) {
      Tensor part =
          switch (row) {
            case Object[] inner -> nested(op, inner);
            case long[] v -> of(v);
            case int[] v -> of(v);
            case float[] v -> of(v);
            case double[] v -> Dense.of(v.clone(), DType.FLOAT64, Shape.of(v.length));
            case boolean[] v -> of(v);
            default -> throw new IllegalArgumentException(op + ": null row.");
          };
      if (!parts.isEmpty() && !part.shape().equals(parts.get(0).shape())) {
        throw Errors.invalid(
            op,
            "row "
                + parts.size()
                + " is "
                + part.shape()
                + " but row 0 is "
                + parts.get(0).shape()
                + ". All rows must have one length.");
      }
      parts.add(part);
    }
    return parts.isEmpty() ? zeros(0) : stack(parts, 0);
  }

  /**
   * A 0-dim tensor: INT64 of an integral number, FLOAT32 of a floating one. PyTorch: {@code
   * torch.tensor(3.5)}.
   */
  public static Tensor scalar(Number value) {
    return scalar(value, isIntegral(value) ? DType.INT64 : DType.FLOAT32);
  }

  /** A 0-dim tensor of the given type. */
  public static Tensor scalar(Number value, DType dtype) {
    return full("scalar", Shape.of(), value, dtype);
  }

  /** A number as an operand, whose dtype yields to that of tensors. */
  static Tensor wrap(Number value) {
    boolean integral = isIntegral(value);
    if (integral) {
      checkHeld("number", value, DType.INT64);
    }
    Storage storage =
        integral
            ? new Storage.Longs(new long[] {value.longValue()})
            : new Storage.Doubles(new double[] {value.doubleValue()});
    DType dtype = integral ? DType.INT64 : DType.FLOAT64;
    return new Tensor(storage, dtype, Shape.of(), new int[0], 0, null, null, true);
  }

  static boolean isIntegral(Number value) {
    return !(value instanceof Double || value instanceof Float || value instanceof BigDecimal);
  }

  /** Refuses a number out of the range of an integral dtype; only its fraction may be lost. */
  static void checkHeld(String op, Number value, DType dtype) {
    if ((dtype == DType.INT64 || dtype == DType.INT32) && !holds(dtype, value)) {
      throw Errors.notHeld(op, value, dtype);
    }
  }

  private static boolean holds(DType dtype, Number value) {
    boolean narrow = dtype == DType.INT32;
    return switch (given(value, Number.class)) {
      case BigInteger big -> big.bitLength() < (narrow ? 32 : 64);
      case BigDecimal big -> big.toBigInteger().bitLength() < (narrow ? 32 : 64);
      case Double _, Float _ -> {
        double whole = value.doubleValue() - value.doubleValue() % 1;
        double border = narrow ? 0x1p31 : 0x1p63;
        yield whole >= -border && whole < border;
      }
      default -> !narrow || value.longValue() == value.intValue();
    };
  }

  /**
   * A tensor around an array, without copying: changes of one show in the other. PyTorch: {@code
   * torch.from_numpy}.
   *
   * @param data the elements in row-major order
   * @param shape the sizes, whose product is {@code data.length}; none means a vector
   * @return a FLOAT32 tensor
   */
  public static Tensor fromArray(float[] data, int... shape) {
    return new Tensor(
        new Storage.Floats(given(data, "data"), data.length, false),
        DType.FLOAT32,
        fitting(data.length, shape));
  }

  /** A FLOAT64 tensor around an array, without copying. */
  public static Tensor fromArray(double[] data, int... shape) {
    return new Tensor(
        new Storage.Doubles(given(data, "data")), DType.FLOAT64, fitting(data.length, shape));
  }

  /** An INT64 tensor around an array, without copying. */
  public static Tensor fromArray(long[] data, int... shape) {
    return new Tensor(
        new Storage.Longs(given(data, "data")), DType.INT64, fitting(data.length, shape));
  }

  /** An INT32 tensor around an array, without copying. */
  public static Tensor fromArray(int[] data, int... shape) {
    return new Tensor(
        new Storage.Ints(given(data, "data")), DType.INT32, fitting(data.length, shape));
  }

  /** A BOOL tensor around an array, without copying. */
  public static Tensor fromArray(boolean[] data, int... shape) {
    return new Tensor(
        new Storage.Booleans(given(data, "data")), DType.BOOL, fitting(data.length, shape));
  }

  private static Shape fitting(int length, int[] shape) {
    Shape s =
        given(shape, int[].class).length == 0 && length != 1 ? Shape.of(length) : Shape.of(shape);
    if (s.numel() != length) {
      throw Errors.invalid(
          "fromArray",
          "the array has " + length + " elements but shape " + s + " holds " + s.numel() + ".");
    }
    return s;
  }

  // ---------------------------------------------------------------- filled

  /** FLOAT32 zeros. PyTorch: {@code torch.zeros}. */
  public static Tensor zeros(int... size) {
    return zeros(DType.FLOAT32, size);
  }

  /** Zeros of the given type. */
  public static Tensor zeros(DType dtype, int... size) {
    Shape shape = Shape.of(size);
    return new Tensor(Storage.allocate(dtype, shape.numel()), dtype, shape);
  }

  /** FLOAT32 memory to be written to; zero, since Java clears it. PyTorch: {@code torch.empty}. */
  public static Tensor empty(int... size) {
    return zeros(size);
  }

  /** FLOAT32 ones. PyTorch: {@code torch.ones}. */
  public static Tensor ones(int... size) {
    return ones(DType.FLOAT32, size);
  }

  /** Ones of the given type. */
  public static Tensor ones(DType dtype, int... size) {
    return full(Shape.of(size), 1, dtype);
  }

  /** One number everywhere; INT64 or FLOAT32 as the number is. PyTorch: {@code torch.full}. */
  public static Tensor full(int[] size, Number fillValue) {
    return full(Shape.of(size), fillValue);
  }

  /** One number everywhere; INT64 or FLOAT32 as the number is. */
  public static Tensor full(Shape size, Number fillValue) {
    return full(size, fillValue, isIntegral(fillValue) ? DType.INT64 : DType.FLOAT32);
  }

  /** One number everywhere, of the given type. */
  public static Tensor full(Shape size, Number fillValue, DType dtype) {
    return full("full", size, fillValue, dtype);
  }

  /** The same in the name of {@code op}. */
  static Tensor full(String op, Shape size, Number fillValue, DType dtype) {
    checkHeld(op, given(fillValue, Number.class), dtype);
    if (dtype == DType.FLOAT32 && fillValue.floatValue() != 0) {
      float[] out = Memory.floats(size);
      Memory.fill(out, 0, size.numel(), fillValue.floatValue());
      return Dense.of(out, size);
    }
    Storage storage = Storage.allocate(dtype, given(size, Shape.class).numel());
    switch (storage) {
      case Storage.Floats _ -> {} // zero by now
      case Storage.Doubles s -> Arrays.fill(s.array, fillValue.doubleValue());
      case Storage.Longs s -> Arrays.fill(s.array, fillValue.longValue());
      case Storage.Ints s -> Arrays.fill(s.array, fillValue.intValue());
      case Storage.Booleans s -> Arrays.fill(s.array, fillValue.doubleValue() != 0);
      case Storage.SparseRows _ -> throw Errors.sparse();
    }
    return new Tensor(storage, dtype, size);
  }

  /** Zeros of the shape and type of another tensor. PyTorch: {@code torch.zeros_like}. */
  public static Tensor zerosLike(Tensor input) {
    return full(given(input).shape(), 0, input.dtype());
  }

  /**
   * Memory to be written to, of the shape and type of another tensor; zero, since Java clears it.
   * PyTorch: {@code torch.empty_like}.
   */
  public static Tensor emptyLike(Tensor input) {
    return zerosLike(input);
  }

  /** Ones of the shape and type of another tensor. PyTorch: {@code torch.ones_like}. */
  public static Tensor onesLike(Tensor input) {
    return full(given(input).shape(), 1, input.dtype());
  }

  /**
   * One number everywhere, of the shape and type of another tensor. PyTorch: {@code
   * torch.full_like}.
   */
  public static Tensor fullLike(Tensor input, Number fillValue) {
    return full(given(input).shape(), fillValue, input.dtype());
  }

  /** The identity matrix {@code [n, n]}, FLOAT32. PyTorch: {@code torch.eye}. */
  public static Tensor eye(int n) {
    return eye(n, n);
  }

  /** Ones on the diagonal of {@code [n, m]}, FLOAT32. */
  public static Tensor eye(int n, int m) {
    Tensor out = zeros(n, m);
    for (int i = 0; i < Math.min(n, m); i++) {
      out.storage.setDouble(i * m + i, 1);
    }
    return out;
  }

  // ---------------------------------------------------------------- counted out

  /** 0, 1, … before {@code end}. PyTorch: {@code torch.arange(end)}. */
  public static Tensor arange(Number end) {
    return arange(isIntegral(end) ? (Number) 0L : (Number) 0.0, end);
  }

  /** {@code start}, {@code start + 1}, … before {@code end}. */
  public static Tensor arange(Number start, Number end) {
    return arange(start, end, 1);
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
    boolean integral = isIntegral(start) && isIntegral(end) && isIntegral(step);
    double s = start.doubleValue();
    double d = step.doubleValue();
    double count =
        integral
            ? count(start.longValue(), end.longValue(), step.longValue())
            : Math.ceil((end.doubleValue() - s) / d);
    if (d == 0 || count < 0 || Double.isNaN(count)) {
      throw Errors.invalid(
          "arange",
          "from "
              + start
              + " to "
              + end
              + " by "
              + step
              + " never arrives. step must lead from start to end.");
    }
    if (count > Integer.MAX_VALUE) {
      throw Errors.invalid(
          "arange", "would have " + count + " elements. A tensor holds at most 2^31 - 1.");
    }
    Tensor out = zeros(integral ? DType.INT64 : DType.FLOAT32, (int) count);
    for (int i = 0; i < out.numel(); i++) {
      if (integral) {
        out.storage.setLong(i, start.longValue() + i * step.longValue());
      } else {
        out.storage.setDouble(i, s + i * d);
      }
    }
    return out;
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
   * {@code steps} numbers evenly from {@code start} to {@code end}, both included; FLOAT32.
   * PyTorch: {@code linspace}.
   */
  public static Tensor linspace(double start, double end, int steps) {
    Tensor out = zeros(steps);
    double step = steps > 1 ? (end - start) / (steps - 1) : 0;
    for (int i = 0; i < steps; i++) {
      out.storage.setDouble(
          i, i < steps / 2 || steps == 1 ? start + i * step : end - (steps - 1 - i) * step);
    }
    return out;
  }
}
