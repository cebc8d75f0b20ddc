package gradus.nn;

import gradus.tensor.Tensor;

/**
 * 1 − cos for pairs that belong together, max(0, cos − margin) for the others.
 *
 * <p>PyTorch: {@code torch.nn.CosineEmbeddingLoss}.
 */
public class CosineEmbeddingLoss extends Layer {
  private final double margin;
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public CosineEmbeddingLoss() {
    this(0, Reduction.MEAN);
  }

  /**
   * With some options.
   *
   * @param margin how similar the others may be
   */
  public CosineEmbeddingLoss(double margin) {
    this(margin, Reduction.MEAN);
  }

  /** With some options. */
  public CosineEmbeddingLoss(Reduction reduction) {
    this(0, reduction);
  }

  /**
   * With all options.
   *
   * @param margin how similar the others may be
   */
  public CosineEmbeddingLoss(double margin, Reduction reduction) {
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
    return F.cosineEmbeddingLoss(input1, input2, target, margin, reduction);
  }
}
