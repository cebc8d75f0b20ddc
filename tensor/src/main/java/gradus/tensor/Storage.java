package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The memory behind a tensor and all its views: one heap array, and a counter of the times it was
 * written in place.
 *
 * <p>The garbage collector frees it; nothing is ever closed. Autograd remembers the counter when it
 * saves a tensor, and compares when it needs the tensor again.
 */
abstract sealed class Storage {
  /** How often these elements were changed in place. */
  int version;

  abstract int size();

  abstract double getDouble(int i);

  abstract void setDouble(int i, double value);

  abstract long getLong(int i);

  abstract void setLong(int i, long value);

  static Storage allocate(DType dtype, int size) {
    try {
      return switch (given(dtype, DType.class)) {
        case FLOAT32 -> floats(ArrayPool.zeros(size), size, true);
        case FLOAT64 -> new Doubles(new double[size]);
        case INT64 -> new Longs(new long[size]);
        case INT32 -> new Ints(new int[size]);
        case BOOL -> new Booleans(new boolean[size]);
      };
    } catch (OutOfMemoryError e) {
      if (dtype == DType.FLOAT32) {
        throw e; // which says so already
      }
      throw Errors.outOfMemory("[" + size + "] of " + dtype, size, dtype.itemSize());
    }
  }

  /** The memory of a result: it belongs to the innermost {@link Memory#scope()}. */
  static Floats floats(float[] array, int size, boolean recycled) {
    Floats floats = new Floats(array, size, recycled);
    Region.made(floats);
    return floats;
  }

  static final class Floats extends Storage {
    /** Perhaps longer than {@link #size}; null once it was handed back. */
    private float[] array;

    private final int size;

    /** Whether the array came from {@link Memory}, and may go back there. */
    final boolean recycled;

    private static final VarHandle REGION = regionHandle();

    /** Who may hand the array back; null if that is up to the garbage collector. */
    private Region region;

    /** A packed copy for inference; see {@link PackedWeight}. */
    volatile PackedWeight packed;

    /** How many gradients in flight look at this memory; see {@link WalkRegion}. */
    int inFlight;

    Floats(float[] array, int size, boolean recycled) {
      this.array = array;
      this.size = size;
      this.recycled = recycled;
    }

    private static VarHandle regionHandle() {
      try {
        return MethodHandles.lookup().findVarHandle(Floats.class, "region", Region.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    /**
     * The elements. Where a thread asks that does not own them, the array is never handed back: it
     * may still be at work when the owner is through.
     */
    float[] array() {
      for (Region owner = region; owner != null && owner.isForeign(); owner = region) {
        if (owner == Region.HANDED_BACK) {
          throw Errors.handedBack();
        }
        moveTo(owner, null);
      }
      float[] elements = array;
      if (elements == null) {
        throw Errors.handedBack();
      }
      return elements;
    }

    Region region() {
      return region;
    }

    /** Gives a storage its first owner. */
    void ownedBy(Region owner) {
      region = owner;
    }

    /** Gives it another owner, unless it has got one meanwhile; says whether it did. */
    boolean moveTo(Region from, Region to) {
      return region == from && REGION.compareAndSet(this, from, to);
    }

    /** Gives the array away: from now on any use of it is an error. */
    float[] release() {
      float[] given = array;
      array = null;
      return given;
    }

    @Override
    int size() {
      return size;
    }

    @Override
    double getDouble(int i) {
      return array()[i];
    }

    @Override
    void setDouble(int i, double value) {
      array()[i] = (float) value;
    }

    @Override
    long getLong(int i) {
      return (long) array()[i];
    }

    @Override
    void setLong(int i, long value) {
      array()[i] = value;
    }
  }

  static final class Doubles extends Storage {
    final double[] array;

    Doubles(double[] array) {
      this.array = array;
    }

    @Override
    int size() {
      return array.length;
    }

    @Override
    double getDouble(int i) {
      return array[i];
    }

    @Override
    void setDouble(int i, double value) {
      array[i] = value;
    }

    @Override
    long getLong(int i) {
      return (long) array[i];
    }

    @Override
    void setLong(int i, long value) {
      array[i] = value;
    }
  }

  static final class Longs extends Storage {
    final long[] array;

    Longs(long[] array) {
      this.array = array;
    }

    @Override
    int size() {
      return array.length;
    }

    @Override
    double getDouble(int i) {
      return array[i];
    }

    @Override
    void setDouble(int i, double value) {
      array[i] = (long) value;
    }

    @Override
    long getLong(int i) {
      return array[i];
    }

    @Override
    void setLong(int i, long value) {
      array[i] = value;
    }
  }

  static final class Ints extends Storage {
    final int[] array;

    Ints(int[] array) {
      this.array = array;
    }

    @Override
    int size() {
      return array.length;
    }

    @Override
    double getDouble(int i) {
      return array[i];
    }

    @Override
    void setDouble(int i, double value) {
      array[i] = (int) (long) value;
    }

    @Override
    long getLong(int i) {
      return array[i];
    }

    @Override
    void setLong(int i, long value) {
      array[i] = (int) value;
    }
  }

  static final class Booleans extends Storage {
    final boolean[] array;

    Booleans(boolean[] array) {
      this.array = array;
    }

    @Override
    int size() {
      return array.length;
    }

    @Override
    double getDouble(int i) {
      return array[i] ? 1 : 0;
    }

    @Override
    void setDouble(int i, double value) {
      array[i] = value != 0;
    }

    @Override
    long getLong(int i) {
      return array[i] ? 1 : 0;
    }

    @Override
    void setLong(int i, long value) {
      array[i] = value != 0;
    }
  }

  /**
   * Rows of a large table, as the gradient of a sparse embedding: {@code values[i]} belongs to row
   * {@code indices[i]}; a row may come more than once, and then its values add.
   */
  static final class SparseRows extends Storage {
    final Tensor indices;

    /** To be asked for by {@link #read} or {@link #values}. */
    Tensor values;

    /** The version of values that belong to somebody else, or -1 if they are ours. */
    private int lentAt = -1;

    SparseRows(Tensor indices, Tensor values) {
      this.indices = indices;
      this.values = values;
    }

    /**
     * The same rows, whose values stay where they are until somebody asks for them: an optimizer
     * that only reads them once spares the copy.
     */
    SparseRows lent() {
      SparseRows lent = new SparseRows(indices, values);
      lent.lentAt = values.storage.version;
      return lent;
    }

    /** The values, to be read and not to be kept. */
    Tensor read() {
      if (lentAt >= 0 && values.storage.version != lentAt) {
        throw Errors.lentChanged(values.shape());
      }
      return values;
    }

    /** The values, to be handed out: in memory of their own. */
    Tensor values() {
      if (lentAt >= 0) {
        values = Dense.copy(read());
        lentAt = -1;
      }
      return values;
    }

    @Override
    int size() {
      throw Errors.sparse();
    }

    @Override
    double getDouble(int i) {
      throw Errors.sparse();
    }

    @Override
    void setDouble(int i, double value) {
      throw Errors.sparse();
    }

    @Override
    long getLong(int i) {
      throw Errors.sparse();
    }

    @Override
    void setLong(int i, long value) {
      throw Errors.sparse();
    }
  }
}
