package gradus.nn;

/**
 * Volumes with a border that is zero: [N, C, D, H, W], or the same without N, to larger ones.
 *
 * <p>PyTorch: {@code torch.nn.ZeroPad3d}.
 */
public class ZeroPad3d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right, top, bottom, front, back; negative
   *     ones cut off
   */
  public ZeroPad3d(int... padding) {
    super(3, "constant", 0, padding);
  }
}
