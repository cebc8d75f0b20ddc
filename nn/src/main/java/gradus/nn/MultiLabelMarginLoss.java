package gradus.nn;

import gradus.tensor.Tensor;

/**
 * Σ max(0, 1 − x[j] + x[i]) / C over right classes j and wrong classes i.
 *
 * <p>PyTorch: {@code torch.nn.MultiLabelMarginLoss}.
 */
public class MultiLabelMarginLoss extends Layer {
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public MultiLabelMarginLoss() {
    this(Reduction.MEAN);
  }

  /** With its option. */
  public MultiLabelMarginLoss(Reduction reduction) {
    this.reduction = reduction;
  }

  /**
   * The loss.
   *
   * @param input scores [N, C]
   * @param target INT64 right classes, then −1 [N, C]
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.multilabelMarginLoss(input, target, reduction);
  }
}
