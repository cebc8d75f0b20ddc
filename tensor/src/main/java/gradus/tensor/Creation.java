package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.Arrays;

/**
 * New tensors: from numbers or filled, and which dtype comes out; reached as {@code Tensor.zeros(2,
 * 3)}.
 */
public abstract sealed class Creation extends FromNumbers permits Tensor {

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
