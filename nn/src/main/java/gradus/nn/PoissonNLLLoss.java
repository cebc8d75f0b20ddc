package gradus.nn;

import gradus.tensor.Tensor;
import java.util.function.Consumer;

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
    this(_ -> {});
  }

  /** With a reduction. */
  public PoissonNLLLoss(Reduction reduction) {
    this(o -> o.reduction(reduction));
  }

  /**
   * With options by name.
   *
   * @param options logInput, full, eps, reduction
   */
  public PoissonNLLLoss(Consumer<LossOptions> options) {
    var o = LossOptions.poissonNll(options);
    this.logInput = o.flag("logInput", true);
    this.full = o.flag("full", false);
    this.eps = o.number("eps", 1e-8);
    this.reduction = o.reduction();
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
