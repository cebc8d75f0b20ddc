package gradus.nn;

import gradus.tensor.Tensor;

/**
 * A parabola near 0, |x − t| − ½β beyond β; Girshick 2015.
 *
 * <p>PyTorch: {@code torch.nn.SmoothL1Loss}.
 */
public class SmoothL1Loss extends Layer {
  private final Reduction reduction;
  private final double beta;

  /** With PyTorch's defaults. */
  public SmoothL1Loss() {
    this(Reduction.MEAN, 1);
  }

  /** With some options. */
  public SmoothL1Loss(Reduction reduction) {
    this(reduction, 1);
  }

  /**
   * With all options.
   *
   * @param beta where they meet
   */
  public SmoothL1Loss(Reduction reduction, double beta) {
    this.reduction = reduction;
    this.beta = beta;
  }

  /**
   * The loss.
   *
   * @param input the predictions
   * @param target the truth, of the same shape
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.smoothL1Loss(input, target, reduction, beta);
  }
}
