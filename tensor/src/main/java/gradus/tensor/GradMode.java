package gradus.tensor;

import java.util.function.Consumer;

/**
 * Whether operations write history, for the current thread.
 *
 * <pre>{@code
 * try (var _ = GradMode.noGrad()) {
 *   weight.sub_(weight.grad().mul(0.1));
 * }
 * }</pre>
 *
 * <p>PyTorch: {@code torch.no_grad}, {@code torch.enable_grad}, {@code torch.is_grad_enabled}.
 */
public final class GradMode {
  /** The modes of one thread. */
  static final class State {
    boolean enabled = true;
    boolean traced = Boolean.getBoolean("gradus.trace");
    boolean anomaly;

    /** Who is told of each result, or null. */
    Consumer<Tensor> watch;

    /** Tells of a result; what is computed meanwhile is not told. */
    void made(Tensor result) {
      Consumer<Tensor> told = watch;
      watch = null;
      try {
        told.accept(result);
      } finally {
        watch = told;
      }
    }
  }

  private static final ThreadLocal<State> STATE = ThreadLocal.withInitial(State::new);

  private GradMode() {}

  /** Ends the mode it stands for when closed; closing restores what was before. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Whether operations of this thread are recorded at present. PyTorch: {@code
   * torch.is_grad_enabled()}.
   */
  public static boolean isEnabled() {
    return STATE.get().enabled;
  }

  /** A scope in which nothing is recorded. PyTorch: {@code torch.no_grad()}. */
  public static Scope noGrad() {
    return set(false);
  }

  /**
   * A scope in which operations are recorded, inside a {@link #noGrad()} too. PyTorch: {@code
   * torch.enable_grad()}.
   */
  public static Scope enableGrad() {
    return set(true);
  }

  /**
   * A scope in which recording is as given. PyTorch: {@code torch.set_grad_enabled(mode)}.
   *
   * @param mode whether to record
   * @return the scope
   */
  public static Scope set(boolean mode) {
    State state = STATE.get();
    boolean before = state.enabled;
    state.enabled = mode;
    return once(() -> state.enabled = before);
  }

  /**
   * A scope in which every recorded op also remembers the line of the program that called it, so
   * that the steps of backward can point at it. It costs about a microsecond an op; {@code
   * -Dgradus.trace=true} switches it on for a whole run.
   */
  public static Scope traceSources() {
    State state = STATE.get();
    boolean before = state.traced;
    state.traced = true;
    return once(() -> state.traced = before);
  }

  /** A scope that restores when it is closed first, and does nothing when closed again. */
  private static Scope once(Runnable restore) {
    boolean[] closed = {false};
    return () -> {
      if (!closed[0]) {
        closed[0] = true;
        restore.run();
      }
    };
  }

  /** A scope in which every result is looked at for NaN, and sources are traced if it is. */
  static Scope detectAnomaly(boolean mode) {
    State state = STATE.get();
    boolean before = state.anomaly;
    boolean traced = state.traced;
    state.anomaly = mode;
    state.traced |= mode;
    return once(
        () -> {
          state.anomaly = before;
          state.traced = traced;
        });
  }

  /** A scope in which each result of an op is told as soon as it has its history. */
  static Scope watching(Consumer<Tensor> watch) {
    State state = STATE.get();
    Consumer<Tensor> before = state.watch;
    state.watch = watch;
    return once(() -> state.watch = before);
  }

  /** All modes at once, for those who ask for several. */
  static State state() {
    return STATE.get();
  }

  static boolean isTraced() {
    return STATE.get().traced;
  }
}
