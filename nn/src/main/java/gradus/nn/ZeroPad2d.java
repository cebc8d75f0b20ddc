package gradus.nn;

/**
 * Images with a border that is zero: [N, C, H, W], or the same without N, to larger ones.
 *
 * <p>PyTorch: {@code torch.nn.ZeroPad2d}.
 */
public class ZeroPad2d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right, top, bottom; negative ones cut off
   */
  public ZeroPad2d(int... padding) {
    super(2, "constant", 0, padding);
  }
}
