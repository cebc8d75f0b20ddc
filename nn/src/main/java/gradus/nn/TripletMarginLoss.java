package gradus.nn;

import gradus.tensor.Tensor;
import java.util.function.Consumer;

/**
 * max(0, d(a, p) − d(a, n) + margin).
 *
 * <p>PyTorch: {@code torch.nn.TripletMarginLoss}.
 */
public class TripletMarginLoss extends Layer {
  private final double margin;
  private final double p;
  private final double eps;
  private final boolean swap;
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public TripletMarginLoss() {
    this(_ -> {});
  }

  /** With a margin. */
  public TripletMarginLoss(double margin) {
    this(o -> o.margin(margin));
  }

  /** With a reduction. */
  public TripletMarginLoss(Reduction reduction) {
    this(o -> o.reduction(reduction));
  }

  /**
   * With options by name.
   *
   * @param options margin, p, eps, swap, reduction
   */
  public TripletMarginLoss(Consumer<LossOptions> options) {
    var o = LossOptions.tripletMargin(options);
    this.margin = o.number("margin", 1);
    this.p = o.number("p", 2);
    this.eps = o.number("eps", 1e-6);
    this.swap = o.flag("swap", false);
    this.reduction = o.reduction();
  }

  /**
   * The loss.
   *
   * @param anchor [N, D] or [D]
   * @param positive what shall be near
   * @param negative what shall be far
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
    return F.tripletMarginLoss(anchor, positive, negative, margin, p, eps, swap, reduction);
  }
}
