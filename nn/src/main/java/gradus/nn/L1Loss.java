package gradus.nn;

import gradus.tensor.Tensor;

/**
 * The mean of |x − t|.
 *
 * <p>PyTorch: {@code torch.nn.L1Loss}.
 */
public class L1Loss extends Layer {
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public L1Loss() {
    this(Reduction.MEAN);
  }

  /** With its option. */
  public L1Loss(Reduction reduction) {
    this.reduction = reduction;
  }

  /**
   * The loss.
   *
   * @param input the predictions
   * @param target the truth, of the same shape
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.l1Loss(input, target, reduction);
  }
}
