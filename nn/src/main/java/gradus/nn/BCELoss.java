package gradus.nn;

import gradus.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The binary cross-entropy of probabilities.
 *
 * <p>PyTorch: {@code torch.nn.BCELoss}.
 */
public class BCELoss extends Layer {
  /** A factor for each element. */
  @RegisterBuffer public final Optional<Tensor> weight;

  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public BCELoss() {
    this(_ -> {});
  }

  /** With a factor for each element. */
  public BCELoss(Tensor weight) {
    this(o -> o.weight(weight));
  }

  /** With a reduction. */
  public BCELoss(Reduction reduction) {
    this(o -> o.reduction(reduction));
  }

  /**
   * With options by name.
   *
   * @param options weight, reduction
   */
  public BCELoss(Consumer<LossOptions> options) {
    var o = LossOptions.binaryCrossEntropy(options);
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
    return F.binaryCrossEntropy(input, target, weight.orElse(null), reduction);
  }
}
