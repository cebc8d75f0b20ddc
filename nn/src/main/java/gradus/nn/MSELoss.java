package gradus.nn;

import gradus.tensor.Tensor;

/**
 * The mean of (x − t)².
 *
 * <p>PyTorch: {@code torch.nn.MSELoss}.
 */
public class MSELoss extends Layer {
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public MSELoss() {
    this(Reduction.MEAN);
  }

  /** With its option. */
  public MSELoss(Reduction reduction) {
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
    return F.mseLoss(input, target, reduction);
  }
}
