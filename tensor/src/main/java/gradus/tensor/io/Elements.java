package gradus.tensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import gradus.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/** Tensors out of the bytes of a file, straight into the array they stay in. */
public final class Elements {
  private static final int CHUNK = 1 << 13;

  /** The longest array that every virtual machine makes. */
  static final long LONGEST = Integer.MAX_VALUE - 8;

  private Elements() {}

  /**
   * How many elements a shape has.
   *
   * @param place where in it, for errors
   * @param shape the sizes as the file claims them
   * @throws FormatException if a size is negative or the elements are too many for a tensor
   */
  public static int count(Path file, String place, long... shape) {
    long count = 1;
    for (long size : shape) {
      if (size < 0 || size > Integer.MAX_VALUE || shape.length > 64) {
        throw tooLarge(file, place, shape);
      }
    }
    for (long size : shape) {
      count *= size;
      if (count > LONGEST) {
        // A zero further on would make it empty; the sizes before it are still beyond a tensor.
        throw tooLarge(file, place, shape);
      }
    }
    return (int) count;
  }

  private static FormatException tooLarge(Path file, String place, long[] shape) {
    return new FormatException(
        file,
        place,
        ("it claims the shape %s. There are at most 64 sizes, none is negative, and their "
                + "product is below 2^31.")
            .formatted(
                shape.length > 64 ? "of " + shape.length + " dimensions" : Arrays.toString(shape)));
  }

  /**
   * A new array for the numbers of a table.
   *
   * @param place where in it, for errors
   * @param rows its rows, known to be in the file
   * @param columns the numbers of each
   * @throws FormatException if they are more than an array can have, or the heap is too small
   */
  public static float[] floats(Path file, String place, long rows, long columns) {
    if (columns > 0 && rows > LONGEST / columns) {
      throw new FormatException(
          file,
          place,
          "%,d rows of %,d numbers are more than a Java array holds (%,d)."
              .formatted(rows, columns, LONGEST));
    }
    return (float[]) allocate(file, place, StoredDType.F32, (int) (rows * columns));
  }

  /** A new array for elements that are known to be in the file. */
  static Object allocate(Path file, String place, StoredDType type, int count) {
    try {
      return switch (type.dtype()) {
        case BOOL -> new boolean[count];
        case INT32 -> new int[count];
        case INT64 -> new long[count];
        case FLOAT32 -> new float[count];
        case FLOAT64 -> new double[count];
      };
    } catch (OutOfMemoryError e) {
      throw Heap.tooSmall(file, place, (long) count * type.dtype().itemSize(), e);
    }
  }

  /** Puts {@code n} elements into an array of {@link #allocate}, from place {@code at} on. */
  static void fill(
      Path file,
      String place,
      MemorySegment in,
      StoredDType type,
      ByteOrder order,
      Object array,
      int at,
      int n) {
    switch (array) {
      case boolean[] out -> booleans(in, out, at, n);
      case int[] out -> ints(in, type, order, out, at, n);
      case long[] out -> {
        longs(in, type, order, out, at, n);
        if (type == StoredDType.U64) {
          checkUnsigned(file, place, out, at, n);
        }
      }
      case double[] out ->
          MemorySegment.copy(in, JAVA_DOUBLE_UNALIGNED.withOrder(order), 0, out, at, n);
      default -> floats(in, type, order, (float[]) array, at, n);
    }
  }

  /**
   * The tensor around an array, without copying.
   *
   * @param array a {@code float[]}, {@code double[]}, {@code long[]}, {@code int[]} or {@code
   *     boolean[]}
   * @param shape sizes that were checked by {@link #count}; none makes a scalar
   */
  public static Tensor tensor(Object array, long... shape) {
    boolean scalar = shape.length == 0;
    int[] sizes =
        scalar ? new int[] {1} : Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    Tensor tensor =
        switch (array) {
          case float[] a -> Tensor.fromArray(a, sizes);
          case double[] a -> Tensor.fromArray(a, sizes);
          case long[] a -> Tensor.fromArray(a, sizes);
          case int[] a -> Tensor.fromArray(a, sizes);
          case boolean[] a -> Tensor.fromArray(a, sizes);
          default -> throw new IllegalArgumentException("no array of elements: " + array);
        };
    return scalar ? tensor.reshape(new int[0]).detach() : tensor;
  }

  private static void booleans(MemorySegment in, boolean[] out, int at, int n) {
    for (int i = 0; i < n; i++) {
      out[at + i] = in.get(JAVA_BYTE, i) != 0;
    }
  }

  private static void ints(
      MemorySegment in, StoredDType type, ByteOrder order, int[] out, int at, int n) {
    switch (type) {
      case I32 -> MemorySegment.copy(in, JAVA_INT_UNALIGNED.withOrder(order), 0, out, at, n);
      case I16, U16 -> {
        int mask = type == StoredDType.U16 ? 0xffff : -1;
        var layout = JAVA_SHORT_UNALIGNED.withOrder(order);
        for (int i = 0; i < n; i++) {
          out[at + i] = in.get(layout, 2L * i) & mask;
        }
      }
      default -> {
        int mask = type == StoredDType.U8 ? 0xff : -1;
        for (int i = 0; i < n; i++) {
          out[at + i] = in.get(JAVA_BYTE, i) & mask;
        }
      }
    }
  }

  private static void longs(
      MemorySegment in, StoredDType type, ByteOrder order, long[] out, int at, int n) {
    if (type == StoredDType.U32) {
      var layout = JAVA_INT_UNALIGNED.withOrder(order);
      for (int i = 0; i < n; i++) {
        out[at + i] = Integer.toUnsignedLong(in.get(layout, 4L * i));
      }
    } else {
      MemorySegment.copy(in, JAVA_LONG_UNALIGNED.withOrder(order), 0, out, at, n);
    }
  }

  private static void checkUnsigned(Path file, String place, long[] out, int at, int n) {
    for (int i = at; i < at + n; i++) {
      if (out[i] < 0) {
        throw new FormatException(
            file,
            place,
            "element %d is %s, beyond the largest INT64. U64 is loaded as INT64."
                .formatted(i, Long.toUnsignedString(out[i])));
      }
    }
  }

  /** Shorts go through a small array, where the widening loop is vectorised. */
  private static void floats(
      MemorySegment in, StoredDType type, ByteOrder order, float[] out, int at, int n) {
    if (type == StoredDType.F32) {
      MemorySegment.copy(in, JAVA_FLOAT_UNALIGNED.withOrder(order), 0, out, at, n);
    } else if (type.bytes() == 1) {
      float[] values = SmallFloats.values(type);
      for (int i = 0; i < n; i++) {
        out[at + i] = values[in.get(JAVA_BYTE, i) & 0xff];
      }
    } else {
      short[] chunk = new short[Math.min(CHUNK, n)];
      for (int from = 0; from < n; from += CHUNK) {
        int length = Math.min(CHUNK, n - from);
        MemorySegment.copy(in, JAVA_SHORT_UNALIGNED.withOrder(order), 2L * from, chunk, 0, length);
        widen(chunk, length, type == StoredDType.F16, out, at + from);
      }
    }
  }

  private static void widen(short[] from, int n, boolean half, float[] to, int at) {
    if (half) {
      for (int i = 0; i < n; i++) {
        to[at + i] = Float.float16ToFloat(from[i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        to[at + i] = SmallFloats.bfloat16(from[i]);
      }
    }
  }
}
