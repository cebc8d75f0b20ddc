package gradus.nn;

/**
 * Volumes with a border that continues them from the other side: [N, C, D, H, W], or the same
 * without N, to larger ones.
 *
 * <p>PyTorch: {@code torch.nn.CircularPad3d}.
 */
public class CircularPad3d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right, top, bottom, front, back; negative
   *     ones cut off
   */
  public CircularPad3d(int... padding) {
    super(3, "circular", 0, padding);
  }
}
