package gradus.nn;

/**
 * Images with a border that mirrors them at their edges: [N, C, H, W], or the same without N, to
 * larger ones.
 *
 * <p>PyTorch: {@code torch.nn.ReflectionPad2d}.
 */
public class ReflectionPad2d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right, top, bottom; negative ones cut off
   */
  public ReflectionPad2d(int... padding) {
    super(2, "reflect", 0, padding);
  }
}
