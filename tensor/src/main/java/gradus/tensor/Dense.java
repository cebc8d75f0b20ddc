package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.order.SortKeys;
import gradus.tensor.kernel.pointwise.Pointwise;

/**
 * The reference path's way in and out: any tensor as a plain row-major array, and back.
 *
 * <p>Every op that has no fast kernel for a dtype or layout computes on these arrays, so strides
 * are understood in one place. The same path is the oracle of the kernel tests.
 */
final class Dense {
  private Dense() {}

  /** Called with the place in storage of each element, in row-major order. */
  interface Visitor {
    void visit(int element, int place);
  }

  static void forEach(Tensor x, Visitor visitor) {
    int n = x.numel();
    if (x.isContiguous()) {
      for (int i = 0; i < n; i++) {
        visitor.visit(i, x.offset + i);
      }
      return;
    }
    int[] sizes = x.shape().raw();
    int rank = sizes.length;
    int[] index = new int[rank];
    int place = x.offset;
    for (int i = 0; i < n; i++) {
      visitor.visit(i, place);
      for (int d = rank - 1; d >= 0; d--) {
        place += x.strides[d];
        if (++index[d] < sizes[d]) {
          break;
        }
        place -= x.strides[d] * sizes[d];
        index[d] = 0;
      }
    }
  }

  static double[] doubles(Tensor x) {
    double[] out = ArrayPool.room(given(x).shape(), 8, double[]::new);
    if (out.length > 0 && x.storage instanceof Storage.Doubles s && x.isContiguous()) {
      System.arraycopy(s.array, x.offset, out, 0, out.length);
    } else {
      forEach(x, (i, at) -> out[i] = x.storage.getDouble(at));
    }
    return out;
  }

  static float[] floats(Tensor x) {
    return floats(x, new float[x.numel()]);
  }

  private static float[] floats(Tensor x, float[] out) {
    if (x.storage instanceof Storage.Floats s) {
      copyFloats(x, s.array(), out);
    } else {
      forEach(x, (i, at) -> out[i] = (float) x.storage.getDouble(at));
    }
    return out;
  }

  private static void copyFloats(Tensor x, float[] from, float[] to) {
    if (x.numel() > 0) {
      Pointwise.copy(from, x.offset, x.strides, to, 0, x.shape().strides(), x.shape().raw());
    }
  }

  static long[] longs(Tensor x) {
    long[] out = ArrayPool.room(given(x).shape(), 8, long[]::new);
    if (out.length > 0 && x.storage instanceof Storage.Longs s && x.isContiguous()) {
      System.arraycopy(s.array, x.offset, out, 0, out.length);
    } else {
      forEach(x, (i, at) -> out[i] = x.storage.getLong(at));
    }
    return out;
  }

  private static boolean[] booleans(Tensor x) {
    boolean[] from = ((Storage.Booleans) x.storage).array;
    boolean[] out = ArrayPool.room(x.shape(), 1, boolean[]::new);
    int last = x.dim() - 1;
    if (last < 0 || x.strides[last] != 1) {
      forEach(x, (i, at) -> out[i] = from[at]);
    } else if (out.length > 0) {
      // Row by row: masks are often the same for many rows.
      int cols = x.size(last);
      Tensor firsts = x.detach().narrow(last, 0, 1);
      forEach(firsts, (row, at) -> System.arraycopy(from, at, out, row * cols, cols));
    }
    return out;
  }

  /** A fresh contiguous FLOAT32 tensor in an array of {@link ArrayPool#floats}. */
  static Tensor of(float[] values, Shape shape) {
    return new Tensor(Storage.floats(values, shape.numel(), true), DType.FLOAT32, shape);
  }

  /** The same in an array from elsewhere, which nobody else holds. */
  static Tensor wrap(float[] values, Shape shape) {
    return new Tensor(Storage.floats(values, shape.numel(), false), DType.FLOAT32, shape);
  }

  /** A fresh contiguous tensor of the given numbers, rounded to {@code dtype}. */
  static Tensor of(double[] values, DType dtype, Shape shape) {
    if (dtype == DType.FLOAT64) {
      return new Tensor(new Storage.Doubles(values), dtype, shape);
    }
    Storage storage = Storage.allocate(dtype, values.length);
    for (int i = 0; i < values.length; i++) {
      storage.setDouble(i, values[i]);
    }
    return new Tensor(storage, dtype, shape);
  }

  static Tensor of(long[] values, DType dtype, Shape shape) {
    if (dtype == DType.INT64) {
      return new Tensor(new Storage.Longs(values), dtype, shape);
    }
    Storage storage = Storage.allocate(dtype, values.length);
    for (int i = 0; i < values.length; i++) {
      storage.setLong(i, values[i]);
    }
    return new Tensor(storage, dtype, shape);
  }

  static Tensor of(boolean[] values, Shape shape) {
    return new Tensor(new Storage.Booleans(values), DType.BOOL, shape);
  }

  /**
   * The tensor itself if its elements lie in row-major order, else such a copy, without history.
   */
  static Tensor packed(Tensor x) {
    return x.isContiguous() ? x : copy(x);
  }

  /** A fresh contiguous copy, without history. */
  static Tensor copy(Tensor x) {
    return cast(x, x.dtype());
  }

  /** A fresh contiguous copy in another dtype, without history. */
  static Tensor cast(Tensor x, DType to) {
    return switch (given(to, DType.class)) {
      case FLOAT32 -> of(floats(x, ArrayPool.floats(x.shape())), x.shape());
      case FLOAT64 -> of(doubles(x), to, x.shape());
      case INT64, INT32 ->
          x.dtype().isFloatingPoint() ? of(doubles(x), to, x.shape()) : of(longs(x), to, x.shape());
      case BOOL ->
          x.dtype() == DType.BOOL ? of(booleans(x), x.shape()) : of(doubles(x), to, x.shape());
    };
  }

  /** Overwrites the elements of {@code to} by those of {@code from}, which has the same shape. */
  static void write(Tensor to, Tensor from) {
    if (to.numel() == 0) {
      return;
    }
    if (to.storage instanceof Storage.Floats t && from.storage instanceof Storage.Floats) {
      Tensor source = from.storage == to.storage ? copy(from) : from;
      Pointwise.copy(
          array(source),
          source.offset,
          source.strides,
          t.array(),
          to.offset,
          to.strides,
          to.shape().raw());
    } else if (from.dtype().isFloatingPoint()) {
      double[] values = doubles(from);
      forEach(to, (i, at) -> to.storage.setDouble(at, values[i]));
    } else {
      long[] values = longs(from);
      forEach(to, (i, at) -> to.storage.setLong(at, values[i]));
    }
    to.storage.version++;
  }

  /** The float array of a FLOAT32 tensor. */
  static float[] array(Tensor x) {
    if (x.storage instanceof Storage.Floats floats) {
      return floats.array();
    }
    throw Errors.sparse();
  }

  /** The order of the elements in the memory of a tensor. */
  static SortKeys keys(Tensor x) {
    return switch (x.storage) {
      case Storage.Floats s -> new SortKeys.Floats(s.array());
      case Storage.Doubles s -> new SortKeys.Doubles(s.array);
      case Storage.Longs s -> new SortKeys.Longs(s.array);
      case Storage.Ints s -> new SortKeys.Ints(s.array);
      case Storage.Booleans s -> new SortKeys.Booleans(s.array);
      case Storage.SparseRows _ -> throw Errors.sparse();
    };
  }

  /** A whole number that an int can hold, as one. */
  static int exactInt(String op, double value) {
    int whole = (int) value;
    if (whole != value) {
      throw new ArithmeticException(
          "%s: %s is no whole number that an int can hold. Use item() or itemLong()."
              .formatted(op, value));
    }
    return whole;
  }
}
