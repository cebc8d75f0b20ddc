package gradus.nn;

import gradus.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The binary cross-entropy of σ(x), averaged over the classes.
 *
 * <p>PyTorch: {@code torch.nn.MultiLabelSoftMarginLoss}.
 */
public class MultiLabelSoftMarginLoss extends Layer {
  /** A factor for each class. */
  @RegisterBuffer public final Optional<Tensor> weight;

  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public MultiLabelSoftMarginLoss() {
    this(_ -> {});
  }

  /** With a factor for each class. */
  public MultiLabelSoftMarginLoss(Tensor weight) {
    this(o -> o.weight(weight));
  }

  /** With a reduction. */
  public MultiLabelSoftMarginLoss(Reduction reduction) {
    this(o -> o.reduction(reduction));
  }

  /**
   * With options by name.
   *
   * @param options weight, reduction
   */
  public MultiLabelSoftMarginLoss(Consumer<LossOptions> options) {
    var o = LossOptions.multilabelSoftMargin(options);
    this.weight = Optional.ofNullable(o.weight()).map(LayerTree::lasting);
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
    return F.multilabelSoftMarginLoss(input, target, weight.orElse(null), reduction);
  }
}
