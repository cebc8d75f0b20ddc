package gradus.nn;

/**
 * Volumes with a border that repeats their edges: [N, C, D, H, W], or the same without N, to larger
 * ones.
 *
 * <p>PyTorch: {@code torch.nn.ReplicationPad3d}.
 */
public class ReplicationPad3d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right, top, bottom, front, back; negative
   *     ones cut off
   */
  public ReplicationPad3d(int... padding) {
    super(3, "replicate", 0, padding);
  }
}
