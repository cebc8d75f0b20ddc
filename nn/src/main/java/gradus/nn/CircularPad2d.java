package gradus.nn;

/**
 * Images with a border that continues them from the other side: [N, C, H, W], or the same without
 * N, to larger ones.
 *
 * <p>PyTorch: {@code torch.nn.CircularPad2d}.
 */
public class CircularPad2d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right, top, bottom; negative ones cut off
   */
  public CircularPad2d(int... padding) {
    super(2, "circular", 0, padding);
  }
}
