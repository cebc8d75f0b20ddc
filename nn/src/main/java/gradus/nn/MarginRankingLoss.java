package gradus.nn;

import gradus.tensor.Tensor;

/**
 * max(0, −t·(x₁ − x₂) + margin): t = 1 wants x₁ above x₂.
 *
 * <p>PyTorch: {@code torch.nn.MarginRankingLoss}.
 */
public class MarginRankingLoss extends Layer {
  private final double margin;
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public MarginRankingLoss() {
    this(0, Reduction.MEAN);
  }

  /**
   * With some options.
   *
   * @param margin by how much above
   */
  public MarginRankingLoss(double margin) {
    this(margin, Reduction.MEAN);
  }

  /** With some options. */
  public MarginRankingLoss(Reduction reduction) {
    this(0, reduction);
  }

  /**
   * With all options.
   *
   * @param margin by how much above
   */
  public MarginRankingLoss(double margin, Reduction reduction) {
    this.margin = margin;
    this.reduction = reduction;
  }

  /**
   * The loss.
   *
   * @param input1 one of each pair
   * @param input2 the other
   * @param target 1 or −1
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
    return F.marginRankingLoss(input1, input2, target, margin, reduction);
  }
}
