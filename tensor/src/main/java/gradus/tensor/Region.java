package gradus.tensor;

import java.util.ArrayList;
import java.util.function.Supplier;

/**
 * The results made while it is the innermost one of its thread; and, for all results, who owns
 * them. Only the owner hands memory back.
 */
final class Region implements Memory.Scope {
  /** The regions of a thread, and a list to be used by the next one. */
  static final class State {
    private final Thread thread;
    Region current;
    private ArrayList<Storage.Floats> spare;

    /** Owns the gradients that this thread left at leaves, as long as nobody has looked at them. */
    final Region gradients = new Region(this);

    private State(Thread thread) {
      this.thread = thread;
    }
  }

  private static final ThreadLocal<State> STATE =
      ThreadLocal.withInitial(() -> new State(Thread.currentThread()));

  /** Owns what was handed back; no thread's. */
  static final Region HANDED_BACK = new Region(new State(null));

  final State state;
  final Region outer;
  ArrayList<Storage.Floats> made;

  /** How many backward walks run directly inside of it. */
  int walks;

  private Region(State state) {
    this.state = state;
    this.outer = state.current;
  }

  /** A new one, the innermost of this thread. */
  static Region open() {
    return new Region(STATE.get()).begin();
  }

  private Region begin() {
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
          ("Memory.scope: %s closes the scope of another thread. Close a scope in the "
                  + "thread that opened it, best by try (...).")
              .formatted(Thread.currentThread().getName()));
    }
    for (Region inside = state.current; ; inside = inside.outer) {
      if (inside == null) {
        throw new IllegalStateException(
            "Memory.scope: a function inside of checkpoint(...) closes a scope that it did not open."
                + " It runs again in backward. Close the scope outside of it.");
      }
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

  void end() {
    for (Storage.Floats storage : made) {
      handBack(storage, this);
    }
    made.clear();
    state.spare = made;
    made = null;
    state.current = outer;
  }

  /** Runs code whose results belong to no region: the garbage collector sees when they are dead. */
  static <T> T outsideOfAll(Supplier<T> code) {
    State state = STATE.get();
    Region before = state.current;
    state.current = null;
    try {
      return code.get();
    } finally {
      while (state.current != null) {
        state.current.end();
      }
      state.current = before;
    }
  }

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
  static void handBack(Storage.Floats storage, Region owner) {
    if (storage.moveTo(owner, HANDED_BACK)) {
      float[] array = storage.release();
      if (storage.recycled) {
        ArrayPool.add(array);
      }
    }
  }

  static Storage.Floats floatsOf(Tensor tensor) {
    return switch (tensor.storage) {
      case Storage.Floats floats -> floats;
      case Storage.SparseRows rows -> floatsOf(rows.values);
      default -> null;
    };
  }
}
