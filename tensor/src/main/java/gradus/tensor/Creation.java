package gradus.tensor;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * New tensors: from numbers or filled, and which dtype comes out; reached as {@code Tensor.zeros(2,
 * 3)}.
 */
public abstract sealed class Creation extends Drawing permits Tensor {
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
    var parts = new ArrayList<Tensor>();
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
            "row %s is %s but row 0 is %s. All rows must have one length."
                .formatted(parts.size(), part.shape(), parts.get(0).shape()));
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
      float[] out = ArrayPool.floats(size);
      ArrayPool.fill(out, 0, size.numel(), fillValue.floatValue());
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

  /**
   * One number everywhere, of the given type. PyTorch: {@code torch.full(size, value, dtype=…)}.
   */
  public static Tensor full(int[] size, Number fillValue, DType dtype) {
    return Creation.full(Shape.of(size), fillValue, dtype);
  }

  /** Zeros of the shape and type of another tensor. PyTorch: {@code torch.zeros_like}. */
  public static Tensor zerosLike(Tensor input) {
    return full(given(input).shape(), 0, input.dtype());
  }

  /**
   * Zeros of the shape of another tensor, of the given type. PyTorch: {@code torch.zeros_like(x,
   * dtype=…)}.
   */
  public static Tensor zerosLike(Tensor input, DType dtype) {
    return Creation.full(given(input).shape(), 0, dtype);
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
   * Ones of the shape of another tensor, of the given type. PyTorch: {@code torch.ones_like(x,
   * dtype=…)}.
   */
  public static Tensor onesLike(Tensor input, DType dtype) {
    return Creation.full(given(input).shape(), 1, dtype);
  }

  /**
   * One number everywhere, of the shape and type of another tensor. PyTorch: {@code
   * torch.full_like}.
   */
  public static Tensor fullLike(Tensor input, Number fillValue) {
    return full(given(input).shape(), fillValue, input.dtype());
  }

  /**
   * One number everywhere, of the shape of another tensor, of the given type. PyTorch: {@code
   * torch.full_like}.
   */
  public static Tensor fullLike(Tensor input, Number fillValue, DType dtype) {
    return Creation.full(given(input).shape(), fillValue, dtype);
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

  /** Ones on the diagonal of {@code [n, m]}, of the given type. PyTorch: {@code torch.eye}. */
  public static Tensor eye(int n, int m, DType dtype) {
    return Creation.eye(n, m).to(dtype);
  }

  /** The identity matrix {@code [n, n]}, of the given type. */
  public static Tensor eye(int n, DType dtype) {
    return eye(n, n, dtype);
  }

  /** The dtype of a result of two numbers. */
  public static DType resultType(Number scalar1, Number scalar2) {
    return Promotion.resultType(Creation.wrap(scalar1), Creation.wrap(scalar2));
  }

  /** The dtype of a result of a number and a tensor. */
  public static DType resultType(Number scalar, Tensor tensor) {
    return Promotion.resultType(Creation.wrap(scalar), tensor);
  }

  /** The dtype of a result of a tensor and a number. */
  public static DType resultType(Tensor tensor, Number scalar) {
    return Promotion.resultType(tensor, Creation.wrap(scalar));
  }

  /** The dtype of a result of both. PyTorch: {@code torch.result_type}. */
  public static DType resultType(Tensor tensor1, Tensor tensor2) {
    return Promotion.resultType(tensor1, tensor2);
  }

  /**
   * Whether an in-place op may store a result of {@code from} in {@code to}. PyTorch: {@code
   * torch.can_cast}.
   */
  public static boolean canCast(DType from, DType to) {
    return given(from, "from").category() <= given(to, "to").category();
  }
}
