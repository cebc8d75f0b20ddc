package gradus.nn;

/**
 * Sequences with a border that mirrors them at their edges: [N, C, L], or the same without N, to
 * larger ones.
 *
 * <p>PyTorch: {@code torch.nn.ReflectionPad1d}.
 */
public class ReflectionPad1d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right; negative ones cut off
   */
  public ReflectionPad1d(int... padding) {
    super(1, "reflect", 0, padding);
  }
}
