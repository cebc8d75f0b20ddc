package gradus.nn;

import gradus.tensor.Tensor;

/**
 * A parabola near 0, δ(|x − t| − ½δ) beyond δ; Huber 1964.
 *
 * <p>PyTorch: {@code torch.nn.HuberLoss}.
 */
public class HuberLoss extends Layer {
  private final Reduction reduction;
  private final double delta;

  /** With PyTorch's defaults. */
  public HuberLoss() {
    this(Reduction.MEAN, 1);
  }

  /** With some options. */
  public HuberLoss(Reduction reduction) {
    this(reduction, 1);
  }

  /**
   * With all options.
   *
   * @param delta where they meet
   */
  public HuberLoss(Reduction reduction, double delta) {
    this.reduction = reduction;
    this.delta = delta;
  }

  /**
   * The loss.
   *
   * @param input the predictions
   * @param target the truth, of the same shape
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.huberLoss(input, target, reduction, delta);
  }
}
