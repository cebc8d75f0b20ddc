package gradus.nn;

import gradus.tensor.Tensor;

/**
 * The Kullback-Leibler divergence from log-probabilities to the target.
 *
 * <p>PyTorch: {@code torch.nn.KLDivLoss}.
 */
public class KLDivLoss extends Layer {
  private final Reduction reduction;
  private final boolean logTarget;

  /** With PyTorch's defaults. */
  public KLDivLoss() {
    this(Reduction.MEAN, false);
  }

  /** With some options. */
  public KLDivLoss(Reduction reduction) {
    this(reduction, false);
  }

  /**
   * With all options.
   *
   * @param logTarget whether the target is a logarithm, too
   */
  public KLDivLoss(Reduction reduction, boolean logTarget) {
    this.reduction = reduction;
    this.logTarget = logTarget;
  }

  /**
   * The loss.
   *
   * @param input the predictions
   * @param target the truth, of the same shape
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.klDiv(input, target, reduction, logTarget);
  }
}
