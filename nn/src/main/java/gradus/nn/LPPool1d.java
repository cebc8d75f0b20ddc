package gradus.nn;

import gradus.tensor.Tensor;

/**
 * The p-norm of each window of sequences: [N, C, L], or the same without N, to as many as there are
 * windows.
 *
 * <p>PyTorch: {@code torch.nn.LPPool1d}.
 */
public class LPPool1d extends LPPool {
  /** Windows of this size, side by side. */
  public LPPool1d(double normType, int kernelSize) {
    this(normType, new int[] {kernelSize}, null, false);
  }

  /** Windows of this size, so far apart. */
  public LPPool1d(double normType, int kernelSize, int stride) {
    this(normType, new int[] {kernelSize}, new int[] {stride}, false);
  }

  /**
   * A layer with all options.
   *
   * @param normType p
   * @param kernelSize the size of the window, one number for all dimensions or one each
   * @param stride how far it moves; null for its size
   * @param ceilMode whether a window may end outside of the input
   */
  public LPPool1d(double normType, int[] kernelSize, int[] stride, boolean ceilMode) {
    super(normType, kernelSize, stride, ceilMode);
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.lpPool1d(input, normType, kernelSize, stride, ceilMode);
  }
}
