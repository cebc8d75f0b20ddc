package gradus.nn;

/**
 * Sequences with a border that repeats their edges: [N, C, L], or the same without N, to larger
 * ones.
 *
 * <p>PyTorch: {@code torch.nn.ReplicationPad1d}.
 */
public class ReplicationPad1d extends Padding {
  /**
   * A border of a given width.
   *
   * @param padding one number for all sides, or left, right; negative ones cut off
   */
  public ReplicationPad1d(int... padding) {
    super(1, "replicate", 0, padding);
  }
}
