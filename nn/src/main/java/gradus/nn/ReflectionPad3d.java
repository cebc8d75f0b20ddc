package gradus.nn;

/**
 * Volumes with a border that mirrors them at their edges: [N, C, D, H, W], or the same without N,
 * to larger ones.
 *
 * <p>PyTorch: {@code torch.nn.ReflectionPad3d}.
 */
public class ReflectionPad3d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right, top, bottom, front, back; negative
   *     ones cut off
   */
  public ReflectionPad3d(int... padding) {
    super(3, "reflect", 0, padding);
  }
}
