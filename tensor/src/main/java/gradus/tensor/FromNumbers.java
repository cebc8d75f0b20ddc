package gradus.tensor;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors of the numbers that a program holds; reached as {@code Tensor.of(1, 2, 3)}. */
public abstract sealed class FromNumbers extends Drawing permits Creation {
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
    return nested("of", values);
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
    return nested("of", values);
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
    return nested("of", values);
  }

  /**
   * What a Java collection holds: integral numbers become INT64, others FLOAT32, truth values BOOL;
   * lists, arrays and tensors inside become rows. PyTorch: {@code torch.tensor(list)}.
   *
   * <pre>{@code
   * List<Integer> ids = new ArrayList<>(List.of(3, 1, 2));
   * Tensor.of(ids);                                // tensor([3, 1, 2])
   * Tensor.of(List.of(new int[] {1, 2}, new int[] {3, 4}));   // [2, 2]
   * }</pre>
   *
   * @param values numbers, truth values, or rows of one length
   * @return a fresh tensor
   */
  public static Tensor of(List<?> values) {
    return list("of", givenAll(values));
  }

  /**
   * Rows of different lengths made one tensor, the short ones filled up. PyTorch: {@code
   * pad_sequence(rows, batch_first=True, padding_value=value)}.
   *
   * <pre>{@code Tensor.padded(List.of(new int[] {1, 2, 3}, new int[] {4}), 0)
   * // tensor([[1, 2, 3],
   * //         [4, 0, 0]]) }</pre>
   *
   * @param rows arrays, lists of numbers, or tensors {@code [length, …]} that agree but for length
   * @param value what the short ones are filled up with
   * @return {@code [rows, longest, …]}; gradients flow to rows that are tensors
   */
  public static Tensor padded(List<?> rows, Number value) {
    return padded(rows, value, false);
  }

  /** The same, filled up before the rows if {@code left}. PyTorch: {@code padding_side="left"}. */
  public static Tensor padded(List<?> rows, Number value, boolean left) {
    if (givenAll(rows).isEmpty()) {
      throw Errors.invalid("padded", "there are no rows. Give at least one.");
    }
    given(value, "value");
    var parts = new ArrayList<Tensor>();
    for (Object row : rows) {
      Tensor part = row("padded", row);
      if (part.dim() == 0) {
        throw Errors.invalid(
            "padded", "row " + parts.size() + " is a scalar []. Rows are vectors.");
      }
      parts.add(part);
    }
    int longest = parts.stream().mapToInt(part -> part.size(0)).max().getAsInt();
    parts.replaceAll(
        part -> {
          int[] sizes = part.shape().toArray();
          sizes[0] = longest - sizes[0];
          Tensor padding = Creation.full(sizes, value, part.dtype());
          return sizes[0] == 0 ? part : left ? cat(0, padding, part) : cat(0, part, padding);
        });
    return stack(parts);
  }

  private static Tensor row(String op, Object row) {
    return switch (row) {
      case Object[] inner -> nested(op, inner);
      case long[] v -> of(v);
      case int[] v -> of(v);
      case float[] v -> of(v);
      case double[] v -> of(v);
      case boolean[] v -> of(v);
      case Tensor t -> t;
      case List<?> list -> list(op, list);
      case null -> throw Errors.invalid(op, "a row is null. Give one.");
      default ->
          throw Errors.invalid(
              op,
              "a row is a %s. Rows are arrays, lists of numbers, or tensors."
                  .formatted(row.getClass().getSimpleName()));
    };
  }

  private static Tensor list(String op, List<?> list) {
    if (list.stream().allMatch(Number.class::isInstance)) {
      boolean integral = list.stream().allMatch(v -> isIntegral((Number) v));
      return integral && !list.isEmpty()
          ? of(list.stream().mapToLong(v -> ((Number) v).longValue()).toArray())
          : of(list.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray());
    }
    if (list.stream().allMatch(Boolean.class::isInstance)) {
      boolean[] out = new boolean[list.size()];
      for (int i = 0; i < out.length; i++) {
        out[i] = (Boolean) list.get(i);
      }
      return of(out);
    }
    return nested(op, list.toArray());
  }

  /** Rows of one length, row by row; the dtype is that of the Java array. */
  private static Tensor nested(String op, Object[] rows) {
    var parts = new ArrayList<Tensor>();
    for (Object row : givenAll(rows)) {
      Tensor part = row(op, row);
      if (!parts.isEmpty() && !part.shape().equals(parts.get(0).shape())) {
        throw Errors.invalid(
            op,
            "row %s is %s but row 0 is %s. All rows must have one length."
                .formatted(parts.size(), part.shape(), parts.get(0).shape()));
      }
      parts.add(part);
    }
    return parts.isEmpty() ? Creation.zeros(0) : stack(parts, 0);
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
    return Creation.full("scalar", Shape.of(), value, dtype);
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
}
