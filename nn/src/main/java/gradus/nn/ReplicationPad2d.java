package gradus.nn;

/**
 * Images with a border that repeats their edges: [N, C, H, W], or the same without N, to larger
 * ones.
 *
 * <p>PyTorch: {@code torch.nn.ReplicationPad2d}.
 */
public class ReplicationPad2d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right, top, bottom; negative ones cut off
   */
  public ReplicationPad2d(int... padding) {
    super(2, "replicate", 0, padding);
  }
}
