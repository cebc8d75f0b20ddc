package gradus.nn;

/**
 * Sequences with a border that continues them from the other side: [N, C, L], or the same without
 * N, to larger ones.
 *
 * <p>PyTorch: {@code torch.nn.CircularPad1d}.
 */
public class CircularPad1d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right; negative ones cut off
   */
  public CircularPad1d(int... padding) {
    super(1, "circular", 0, padding);
  }
}
