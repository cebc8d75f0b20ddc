package gradus.nn;

import gradus.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * −x[t] for logarithms of probabilities.
 *
 * <p>PyTorch: {@code torch.nn.NLLLoss}.
 */
public class NLLLoss extends Layer {
  /** A factor for each class. */
  @RegisterBuffer public final Optional<Tensor> weight;

  private final long ignoreIndex;
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public NLLLoss() {
    this(_ -> {});
  }

  /** With a factor for each class. */
  public NLLLoss(Tensor weight) {
    this(o -> o.weight(weight));
  }

  /** With a reduction. */
  public NLLLoss(Reduction reduction) {
    this(o -> o.reduction(reduction));
  }

  /**
   * With options by name.
   *
   * @param options weight, ignoreIndex, reduction
   */
  public NLLLoss(Consumer<LossOptions> options) {
    var o = LossOptions.nll(options);
    this.weight = Optional.ofNullable(o.weight()).map(LayerTree::lasting);
    this.ignoreIndex = o.ignoreIndex();
    this.reduction = o.reduction();
  }

  /**
   * The loss.
   *
   * @param input logarithms of probabilities [C], [N, C] or [N, C, d₁, …]
   * @param target INT64 classes [], [N] or [N, d₁, …]
   * @return a scalar, or with NONE one loss a sample
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.nllLoss(input, target, weight.orElse(null), ignoreIndex, reduction);
  }
}
