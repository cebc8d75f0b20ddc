package gradus.nn;

import gradus.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Σ max(0, margin − x[t] + x[i])ᵖ / C over the wrong classes i.
 *
 * <p>PyTorch: {@code torch.nn.MultiMarginLoss}.
 */
public class MultiMarginLoss extends Layer {
  /** A factor for each class. */
  @RegisterBuffer public final Optional<Tensor> weight;

  private final double p;
  private final double margin;
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public MultiMarginLoss() {
    this(_ -> {});
  }

  /** With the exponent, 1 or 2. */
  public MultiMarginLoss(double p) {
    this(o -> o.p(p));
  }

  /** With a reduction. */
  public MultiMarginLoss(Reduction reduction) {
    this(o -> o.reduction(reduction));
  }

  /**
   * With options by name.
   *
   * @param options p, margin, weight, reduction
   */
  public MultiMarginLoss(Consumer<LossOptions> options) {
    var o = LossOptions.multiMargin(options);
    this.p = o.number("p", 1);
    this.margin = o.number("margin", 1);
    this.weight = Optional.ofNullable(o.weight()).map(LayerTree::lasting);
    this.reduction = o.reduction();
  }

  /**
   * The loss.
   *
   * @param input scores [N, C]
   * @param target INT64 classes [N]
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.multiMarginLoss(input, target, p, margin, weight.orElse(null), reduction);
  }
}
