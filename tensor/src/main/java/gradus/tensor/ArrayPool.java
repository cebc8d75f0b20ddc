package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.Parallel;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/** The arrays of results: fresh ones, and dead ones that are handed out again. */
final class ArrayPool {
  /** Smaller arrays are as cheap fresh. */
  private static final int SMALLEST = 2048;

  /** Elements that take a moment to fill are filled on all cores. */
  private static final int GRAIN = 1 << 14;

  /** At most this many bytes wait to be used again. */
  private static final long LIMIT = Runtime.getRuntime().maxMemory() / 4;

  /** For tests: what a result leaves unwritten shows as NaN. */
  private static final boolean POISON = Boolean.getBoolean("gradus.memory.poison");

  private static final LongAdder FRESH = new LongAdder();
  private static final LongAdder FRESH_BYTES = new LongAdder();
  private static final LongAdder RECYCLED = new LongAdder();
  private static final LongAdder RECYCLED_BYTES = new LongAdder();

  private static volatile SoftReference<Pool> pool = new SoftReference<>(null);

  private ArrayPool() {}

  /** What was allocated and what was used again, so far. */
  static Memory.Stats stats() {
    Pool now = pool.get();
    return new Memory.Stats(
        FRESH.sum(),
        FRESH_BYTES.sum(),
        RECYCLED.sum(),
        RECYCLED_BYTES.sum(),
        now == null ? 0 : now.bytes());
  }

  /** Leaves all arrays that wait to be used again to the garbage collector. */
  static void trim() {
    pool = new SoftReference<>(null);
  }

  /** A dead array waits to be used again. */
  static void add(float[] array) {
    if (array.length >= SMALLEST) {
      sharedPool().put(array);
    }
  }

  /**
   * An array of at least {@code n} floats for a result that writes every one of its {@code n}
   * elements: what stands in it before is undefined.
   */
  static float[] floats(int n) {
    return floats(n, null);
  }

  /** {@link #floats(int)} for a result of this shape. */
  static float[] floats(Shape shape) {
    return floats(given(shape, Shape.class).numel(), shape);
  }

  private static float[] floats(int n, Shape shape) {
    if (n < SMALLEST) {
      float[] small = new float[n];
      if (POISON) {
        Arrays.fill(small, Float.NaN);
      }
      return small;
    }
    Pool now = pool.get();
    float[] array = now == null ? null : now.take(n);
    if (array == null) {
      array = fresh(n, shape);
      FRESH.increment();
      FRESH_BYTES.add(4L * array.length);
    } else {
      RECYCLED.increment();
      RECYCLED_BYTES.add(4L * array.length);
    }
    if (POISON) {
      Arrays.fill(array, Float.NaN);
    }
    return array;
  }

  /** An array of at least {@code n} floats, the first {@code n} of them zero. */
  static float[] zeros(int n) {
    if (n < SMALLEST) {
      return new float[n];
    }
    Pool now = pool.get();
    float[] array = now == null ? null : now.take(n);
    if (array == null) {
      FRESH.increment();
      FRESH_BYTES.add(4L * Pool.length(n));
      return fresh(n, null);
    }
    RECYCLED.increment();
    RECYCLED_BYTES.add(4L * array.length);
    fill(array, 0, n, 0);
    return array;
  }

  /** An array from the heap; where that is full, what waits to be used again has to go first. */
  private static float[] fresh(int n, Shape shape) {
    try {
      return new float[Pool.length(n)];
    } catch (OutOfMemoryError _) {
      trim();
    }
    try {
      return new float[n];
    } catch (OutOfMemoryError _) {
      throw Errors.outOfMemory(shape == null ? "[" + n + "]" : shape, n, Float.BYTES);
    }
  }

  /** A new array for a result, or an error that says how much was wanted. */
  static <T> T room(Shape shape, int bytes, IntFunction<T> array) {
    try {
      return array.apply(shape.numel());
    } catch (OutOfMemoryError _) {
      throw Errors.outOfMemory(shape, shape.numel(), bytes);
    }
  }

  /** Sets {@code n} elements from {@code at} on. */
  static void fill(float[] array, int at, int n, float value) {
    Parallel.rows(
        Math.ceilDiv(n, GRAIN),
        GRAIN,
        (from, to) ->
            Arrays.fill(
                array, at + from * GRAIN, at + (int) Math.min((long) to * GRAIN, n), value));
  }

  /** Dead arrays by size class. A class spans an eighth of a power of two. */
  private static final class Pool {
    private static final int LARGEST = 1 << 30;

    /**
     * Floats beyond the class, so that arrays made one after another do not begin at the same place
     * of a page of 4 KiB: processors look at no more of an address than that when they ask whether
     * a load must wait for a store, and an operation would wait for its own results. With an
     * array's header of 16 bytes 1.5 KiB, whose multiples come around only after eight arrays.
     */
    private static final int STAGGER = 380;

    private final ArrayList<ArrayDeque<float[]>> classes = new ArrayList<>();
    private long bytes;

    /** The length of the arrays that serve {@code n} elements. */
    static int length(int n) {
      if (n > LARGEST) {
        return n;
      }
      int shift = shift(n);
      return (((n - 1 >> shift) + 1) << shift) + STAGGER;
    }

    private static int shift(int n) {
      return 28 - Integer.numberOfLeadingZeros(n - 1);
    }

    private ArrayDeque<float[]> of(int n) {
      int number = shift(n) * 8 + (n - 1 >> shift(n)) - 8;
      while (classes.size() <= number) {
        classes.add(new ArrayDeque<>());
      }
      return classes.get(number);
    }

    synchronized float[] take(int n) {
      float[] array = n > LARGEST ? null : of(n).pollLast(); // the latest is the warmest
      bytes -= array == null ? 0 : 4L * array.length;
      return array;
    }

    synchronized void put(float[] array) {
      int size = array.length - STAGGER;
      if (size > LARGEST || array.length != length(size)) {
        return;
      }
      if (bytes + 4L * array.length > LIMIT) {
        classes.clear();
        bytes = 0;
      }
      of(size).addLast(array);
      bytes += 4L * array.length;
    }

    synchronized long bytes() {
      return bytes;
    }
  }

  private static synchronized Pool sharedPool() {
    Pool now = pool.get();
    if (now == null) {
      now = new Pool();
      pool = new SoftReference<>(now);
    }
    return now;
  }
}
