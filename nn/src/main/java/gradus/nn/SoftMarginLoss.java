package gradus.nn;

import gradus.tensor.Tensor;

/**
 * log(1 + e^(−t·x)), t being 1 or −1.
 *
 * <p>PyTorch: {@code torch.nn.SoftMarginLoss}.
 */
public class SoftMarginLoss extends Layer {
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public SoftMarginLoss() {
    this(Reduction.MEAN);
  }

  /** With its option. */
  public SoftMarginLoss(Reduction reduction) {
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
    return F.softMarginLoss(input, target, reduction);
  }
}
