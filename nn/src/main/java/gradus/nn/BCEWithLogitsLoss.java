package gradus.nn;

import gradus.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The binary cross-entropy of σ(x), without overflow.
 *
 * <p>PyTorch: {@code torch.nn.BCEWithLogitsLoss}.
 */
public class BCEWithLogitsLoss extends Layer {
  /** A factor for each element. */
  @RegisterBuffer public final Optional<Tensor> weight;

  /** A factor for the positive part, one a class. */
  @RegisterBuffer public final Optional<Tensor> posWeight;

  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public BCEWithLogitsLoss() {
    this(_ -> {});
  }

  /** With a factor for each element. */
  public BCEWithLogitsLoss(Tensor weight) {
    this(o -> o.weight(weight));
  }

  /** With a reduction. */
  public BCEWithLogitsLoss(Reduction reduction) {
    this(o -> o.reduction(reduction));
  }

  /**
   * With options by name.
   *
   * @param options weight, posWeight, reduction
   */
  public BCEWithLogitsLoss(Consumer<LossOptions> options) {
    var o = LossOptions.withLogits(options);
    this.weight = Optional.ofNullable(o.weight()).map(LayerTree::lasting);
    this.reduction = o.reduction();
    this.posWeight = Optional.ofNullable(o.posWeight()).map(LayerTree::lasting);
  }

  /**
   * The loss.
   *
   * @param input the predictions
   * @param target the truth, of the same shape
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.binaryCrossEntropyWithLogits(
        input, target, weight.orElse(null), reduction, posWeight.orElse(null));
  }
}
