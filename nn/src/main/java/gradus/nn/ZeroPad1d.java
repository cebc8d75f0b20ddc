package gradus.nn;

/**
 * Sequences with a border that is zero: [N, C, L], or the same without N, to larger ones.
 *
 * <p>PyTorch: {@code torch.nn.ZeroPad1d}.
 */
public class ZeroPad1d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right; negative ones cut off
   */
  public ZeroPad1d(int... padding) {
    super(1, "constant", 0, padding);
  }
}
