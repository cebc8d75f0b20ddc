package gradus.nn;

import gradus.tensor.Tensor;

/**
 * The negative log-likelihood of counts under a Poisson distribution.
 *
 * <p>PyTorch: {@code torch.nn.PoissonNLLLoss}.
 */
public class PoissonNLLLoss extends Layer {
  private final boolean logInput;
  private final boolean full;
  private final double eps;
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public PoissonNLLLoss() {
    this(true, false, 1e-8, Reduction.MEAN);
  }

  /** With some options. */
  public PoissonNLLLoss(Reduction reduction) {
    this(true, false, 1e-8, reduction);
  }

  /**
   * With some options.
   *
   * @param logInput whether the input is the logarithm of the expected count
   * @param full whether to add Stirling's term
   */
  public PoissonNLLLoss(boolean logInput, boolean full) {
    this(logInput, full, 1e-8, Reduction.MEAN);
  }

  /**
   * With all options.
   *
   * @param logInput whether the input is the logarithm of the expected count
   * @param full whether to add Stirling's term
   * @param eps added before the logarithm
   */
  public PoissonNLLLoss(boolean logInput, boolean full, double eps, Reduction reduction) {
    this.logInput = logInput;
    this.full = full;
    this.eps = eps;
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
    return F.poissonNllLoss(input, target, logInput, full, eps, reduction);
  }
}
