package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/**
 * The memory of results, and how it is used again.
 *
 * <p>A fresh array has to be found, zeroed and brought into the cache; that costs more than most
 * operations do with it. So arrays that are known to be dead are handed out again. Nothing has to
 * be closed or freed for that: backward hands back every gradient that it has passed on, {@link
 * Tensor#zeroGrad()} those of parameters (unless somebody has looked at them), and what nobody
 * knows to be dead is left to the garbage collector.
 *
 * <p>A training loop knows more: after a step, all its results are dead. It says so with a scope:
 *
 * <pre>{@code
 * for (Batch batch : batches) {
 *   try (var memory = Memory.scope()) {
 *     optimizer.zeroGrad();
 *     Tensor loss = F.crossEntropy(model.forward(batch.x()), batch.y());
 *     loss.backward();
 *     optimizer.step();
 *     losses.add(loss.item());
 *   }   // the memory of every result goes to the next step
 * }
 * }</pre>
 *
 * <p>What should outlive a scope is kept by {@link Scope#keep}; parameters, their gradients and the
 * state of optimizers do so by themselves. A tensor whose memory was handed back says so when it is
 * used: it never shows the elements of another one. PyTorch has no counterpart: there, reference
 * counts free each tensor at once.
 *
 * <p>Only FLOAT32 results take part.
 */
public final class Memory {
  /** Smaller arrays are as cheap fresh. */
  private static final int SMALLEST = 2048;

  /** Elements that take a moment to fill are filled on all cores. */
  private static final int GRAIN = 1 << 14;

  /** At most this many bytes wait to be used again. */
  private static final long LIMIT = Runtime.getRuntime().maxMemory() / 4;

  /** For tests: what a result leaves unwritten shows as NaN. */
  private static final boolean POISON = Boolean.getBoolean("gradus.memory.poison");

  /** The regions of a thread, and a list to be used by the next one. */
  private static final class State {
    private final Thread thread;
    private Region current;
    private ArrayList<Storage.Floats> spare;

    /** Owns the gradients that this thread left at leaves, as long as nobody has looked at them. */
    private final Region gradients = new Region(this);

    private State(Thread thread) {
      this.thread = thread;
    }
  }

  private static final ThreadLocal<State> STATE =
      ThreadLocal.withInitial(() -> new State(Thread.currentThread()));

  /** Owns what was handed back; no thread's. */
  static final Region HANDED_BACK = new Region(new State(null));

  private static final LongAdder FRESH = new LongAdder();
  private static final LongAdder FRESH_BYTES = new LongAdder();
  private static final LongAdder RECYCLED = new LongAdder();
  private static final LongAdder RECYCLED_BYTES = new LongAdder();

  private static volatile SoftReference<Pool> pool = new SoftReference<>(null);

  private Memory() {}

  /**
   * Counts of arrays and bytes since the program began; arrays of less than 8 KiB are not counted.
   *
   * @param fresh arrays that came from the heap
   * @param freshBytes their size
   * @param recycled arrays that had been used before
   * @param recycledBytes their size
   * @param waitingBytes the size of the arrays that wait to be used again
   */
  public record Stats(
      long fresh, long freshBytes, long recycled, long recycledBytes, long waitingBytes) {
    @Override
    public String toString() {
      return "%,d arrays fresh (%,d MiB), %,d used again (%,d MiB), %,d MiB waiting"
          .formatted(fresh, freshBytes >> 20, recycled, recycledBytes >> 20, waitingBytes >> 20);
    }
  }

  /** What was allocated and what was used again, so far. */
  public static Stats stats() {
    Pool now = pool.get();
    return new Stats(
        FRESH.sum(),
        FRESH_BYTES.sum(),
        RECYCLED.sum(),
        RECYCLED_BYTES.sum(),
        now == null ? 0 : now.bytes());
  }

  /** Leaves all arrays that wait to be used again to the garbage collector. */
  public static void trim() {
    pool = new SoftReference<>(null);
  }

  /**
   * Until it is closed, the FLOAT32 results made by this thread belong to the scope; closing hands
   * their memory back. Scopes nest. A tensor that another thread shall begin to use after that must
   * be kept; what it has used before is left to the garbage collector.
   *
   * @return the scope, to be closed by the thread that opened it
   */
  public static Scope scope() {
    return new Region(STATE.get()).open();
  }

  /** Owns the results made in it, until it is closed. */
  public sealed interface Scope extends AutoCloseable permits Region {
    /**
     * Lets a tensor outlive this scope: it then belongs to the scope around it, or to the garbage
     * collector. Views of it, and what it is a view of, live on with it; its history does not.
     *
     * @param tensor made in this scope (if not, nothing happens)
     * @return the tensor
     */
    Tensor keep(Tensor tensor);

    /** Hands back the memory of all results that belong to this scope. */
    @Override
    void close();
  }

  // ---- arrays

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
    gradus.tensor.kernel.Parallel.rows(
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

  // ---- who owns what

  /** A new result: it belongs to the innermost region of this thread, if there is one. */
  static void made(Storage.Floats storage) {
    Region region = STATE.get().current;
    if (region != null) {
      region.take(storage);
    }
  }

  /** The gradient of a leaf, which nobody has looked at, is forgotten. */
  static void forget(Tensor gradient) {
    Storage.Floats storage = floatsOf(gradient);
    if (storage != null) {
      handBack(storage, STATE.get().gradients);
    }
  }

  /** Somebody looks at the gradient of a leaf: from now on only the garbage collector knows. */
  static void seen(Tensor gradient) {
    Storage.Floats storage = floatsOf(gradient);
    Region region = storage == null ? null : storage.region();
    if (region != null && region.ownsGradients()) {
      storage.moveTo(region, null);
    }
  }

  /** Outlives all scopes. */
  static void outlive(Tensor tensor) {
    Storage.Floats storage = floatsOf(tensor);
    Region region = storage == null ? null : storage.region();
    if (region != null && region != HANDED_BACK && !region.ownsGradients()) {
      storage.moveTo(region, null);
    }
  }

  /** Only the owner hands an array back, and no thread but the owner's has ever seen it. */
  private static void handBack(Storage.Floats storage, Region owner) {
    if (storage.moveTo(owner, HANDED_BACK)) {
      float[] array = storage.release();
      if (storage.recycled && array.length >= SMALLEST) {
        sharedPool().put(array);
      }
    }
  }

  private static Storage.Floats floatsOf(Tensor tensor) {
    return switch (tensor.storage) {
      case Storage.Floats floats -> floats;
      case Storage.SparseRows rows -> floatsOf(rows.values);
      default -> null;
    };
  }

  /** The results made while it is the innermost one of its thread. */
  static final class Region implements Scope {
    private final State state;
    private final Region outer;
    private ArrayList<Storage.Floats> made;

    /** How many backward walks run directly inside of it. */
    private int walks;

    private Region(State state) {
      this.state = state;
      this.outer = state.current;
    }

    private Region open() {
      made = state.spare == null ? new ArrayList<>() : state.spare;
      state.spare = null;
      state.current = this;
      return this;
    }

    private boolean isOpen() {
      return made != null;
    }

    /** Whether it belongs to another thread than the one that asks. */
    boolean isForeign() {
      return state.thread != Thread.currentThread();
    }

    private boolean ownsGradients() {
      return this == state.gradients;
    }

    private void take(Storage.Floats storage) {
      storage.ownedBy(this);
      made.add(storage);
    }

    @Override
    public Tensor keep(Tensor tensor) {
      Storage.Floats storage = floatsOf(tensor);
      if (storage != null) {
        boolean handOn = outer != null && outer.isOpen();
        if (storage.moveTo(this, handOn ? outer : null) && handOn) {
          outer.made.add(storage);
        }
      }
      return tensor;
    }

    @Override
    public void close() {
      if (!isOpen()) {
        return;
      }
      if (state != STATE.get()) {
        throw new IllegalStateException(
            "Memory.scope: "
                + Thread.currentThread().getName()
                + " closes the scope of another thread. Close a scope in the thread that opened it,"
                + " best by try (...).");
      }
      for (Region inside = state.current; ; inside = inside.outer) {
        if (inside.walks > 0) {
          throw new IllegalStateException(
              "Memory.scope: backward runs in this scope, and a hook closes it. What the walk needs"
                  + " lives in it. Close it after backward(), best by try (...).");
        }
        if (inside == this) {
          break;
        }
      }
      while (state.current != this) {
        state.current.end(); // left open by whoever threw
      }
      end();
    }

    private void end() {
      for (Storage.Floats storage : made) {
        handBack(storage, this);
      }
      made.clear();
      state.spare = made;
      made = null;
      state.current = outer;
    }
  }

  /**
   * The memory of a backward walk. A gradient lives while it is in flight: computed, but not yet
   * passed on. What else the walk computes is dead after the step that did.
   */
  static final class Walk implements gradus.tensor.spi.WalkMemory {
    private final Region region = new Region(STATE.get()).open();

    Walk() {
      count(1);
    }

    private void count(int more) {
      if (region.outer != null) {
        region.outer.walks += more;
      }
    }

    @Override
    public void hold(Tensor gradient) {
      Storage.Floats storage = floatsOf(gradient);
      if (storage != null && storage.region() == region) {
        storage.inFlight++;
      }
    }

    @Override
    public void drop(Tensor gradient) {
      Storage.Floats storage = floatsOf(gradient);
      if (storage != null && storage.region() == region && --storage.inFlight == 0) {
        region.made.add(storage);
      }
    }

    @Override
    public boolean giveToLeaf(Tensor gradient) {
      Storage.Floats storage = floatsOf(gradient);
      return storage != null
          && storage.inFlight == 0
          && (gradient.isSparse() || storage.size() == gradient.numel())
          && storage.moveTo(region, region.state.gradients);
    }

    @Override
    public boolean lasts(Tensor gradient) {
      Storage.Floats storage = floatsOf(gradient);
      return storage == null || storage.region() == null;
    }

    @Override
    public void show(Tensor gradient) {
      region.keep(gradient);
    }

    @Override
    public void sweep() {
      for (Storage.Floats storage : region.made) {
        if (storage.inFlight == 0) {
          handBack(storage, region);
        }
      }
      region.made.clear();
    }

    @Override
    public <T> T outside(java.util.function.Supplier<T> foreign) {
      region.state.current = region.outer;
      try {
        T result = foreign.get();
        if (region.state.current != region.outer) {
          throw new IllegalStateException(
              "Memory.scope: a hook opened a scope and left it open. Backward goes on with its own"
                  + " memory. Close it in the hook, best by try (...).");
        }
        return result;
      } finally {
        while (region.state.current != region.outer) {
          region.state.current.end();
        }
        region.state.current = region;
      }
    }

    @Override
    public void close() {
      count(-1);
      region.close();
    }
  }
}
