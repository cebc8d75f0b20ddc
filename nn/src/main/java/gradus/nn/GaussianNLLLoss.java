package gradus.nn;

import gradus.tensor.Tensor;
import java.util.function.Consumer;

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
    this(_ -> {});
  }

  /** With a reduction. */
  public GaussianNLLLoss(Reduction reduction) {
    this(o -> o.reduction(reduction));
  }

  /**
   * With options by name.
   *
   * @param options full, eps, reduction
   */
  public GaussianNLLLoss(Consumer<LossOptions> options) {
    var o = LossOptions.gaussianNll(options);
    this.full = o.flag("full", false);
    this.eps = o.number("eps", 1e-6);
    this.reduction = o.reduction();
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
