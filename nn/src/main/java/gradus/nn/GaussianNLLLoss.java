package gradus.nn;

import gradus.tensor.Tensor;

/**
 * The negative log-likelihood under a normal distribution.
 *
 * <p>PyTorch: {@code torch.nn.GaussianNLLLoss}.
 */
public class GaussianNLLLoss extends Layer {
  private final boolean full;
  private final double eps;
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public GaussianNLLLoss() {
    this(false, 1e-6, Reduction.MEAN);
  }

  /** With some options. */
  public GaussianNLLLoss(Reduction reduction) {
    this(false, 1e-6, reduction);
  }

  /**
   * With all options.
   *
   * @param full whether to add the constant
   * @param eps the least variance
   */
  public GaussianNLLLoss(boolean full, double eps, Reduction reduction) {
    this.full = full;
    this.eps = eps;
    this.reduction = reduction;
  }

  /**
   * The loss.
   *
   * @param input the predictions
   * @param target the truth, of the same shape
   * @param var the variances: of the input's shape, or with a last size of 1, or without it
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target, Tensor var) {
    return F.gaussianNllLoss(input, target, var, full, eps, reduction);
  }
}
