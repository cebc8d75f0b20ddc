package gradus.nn;

import gradus.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * −log softmax(x)[t]: how surprised the scores are by the class.
 *
 * <p>PyTorch: {@code torch.nn.CrossEntropyLoss}.
 */
public class CrossEntropyLoss extends Layer {
  /** A factor for each class. */
  @RegisterBuffer public final Optional<Tensor> weight;

  private final long ignoreIndex;
  private final Reduction reduction;
  private final double labelSmoothing;

  /** With PyTorch's defaults. */
  public CrossEntropyLoss() {
    this(_ -> {});
  }

  /** With a factor for each class. */
  public CrossEntropyLoss(Tensor weight) {
    this(o -> o.weight(weight));
  }

  /** With a reduction. */
  public CrossEntropyLoss(Reduction reduction) {
    this(o -> o.reduction(reduction));
  }

  /**
   * With options by name.
   *
   * @param options weight, ignoreIndex, reduction, labelSmoothing
   */
  public CrossEntropyLoss(Consumer<LossOptions> options) {
    var o = LossOptions.crossEntropy(options);
    this.weight = Optional.ofNullable(o.weight()).map(LayerTree::lasting);
    this.ignoreIndex = o.ignoreIndex();
    this.reduction = o.reduction();
    this.labelSmoothing = o.number("labelSmoothing", 0);
  }

  /**
   * The loss.
   *
   * @param input scores [C], [N, C] or [N, C, d₁, …]
   * @param target INT64 classes [], [N] or [N, d₁, …]; or probabilities of the shape of the input
   * @return a scalar, or with NONE one loss a sample
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.crossEntropy(
        input, target, weight.orElse(null), ignoreIndex, reduction, labelSmoothing);
  }
}
