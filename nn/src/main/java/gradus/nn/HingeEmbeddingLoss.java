package gradus.nn;

import gradus.tensor.Tensor;

/**
 * x where the target is 1, max(0, margin − x) where it is −1.
 *
 * <p>PyTorch: {@code torch.nn.HingeEmbeddingLoss}.
 */
public class HingeEmbeddingLoss extends Layer {
  private final double margin;
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public HingeEmbeddingLoss() {
    this(1, Reduction.MEAN);
  }

  /**
   * With some options.
   *
   * @param margin how far apart is far enough
   */
  public HingeEmbeddingLoss(double margin) {
    this(margin, Reduction.MEAN);
  }

  /** With some options. */
  public HingeEmbeddingLoss(Reduction reduction) {
    this(1, reduction);
  }

  /**
   * With all options.
   *
   * @param margin how far apart is far enough
   */
  public HingeEmbeddingLoss(double margin, Reduction reduction) {
    this.margin = margin;
    this.reduction = reduction;
  }

  /**
   * The loss.
   *
   * @param input distances
   * @param target 1 or −1
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.hingeEmbeddingLoss(input, target, margin, reduction);
  }
}
