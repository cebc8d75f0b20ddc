package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.Optional;

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
    this(Optional.empty(), -100, Reduction.MEAN);
  }

  /**
   * With some options.
   *
   * @param weight a factor for each class
   */
  public NLLLoss(Tensor weight) {
    this(Optional.of(given(weight, "weight")), -100, Reduction.MEAN);
  }

  /** With some options. */
  public NLLLoss(Reduction reduction) {
    this(Optional.empty(), -100, reduction);
  }

  /**
   * With all options.
   *
   * @param weight a factor for each class
   * @param ignoreIndex a class whose samples do not count
   */
  public NLLLoss(Optional<Tensor> weight, long ignoreIndex, Reduction reduction) {
    this.weight = given(weight, "weight").map(LayerTree::lasting);
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
  }

  /**
   * The loss.
   *
   * @param input logarithms of probabilities [C], [N, C] or [N, C, d₁, …]
   * @param target INT64 classes [], [N] or [N, d₁, …]
   * @return a scalar, or with NONE one loss a sample
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.nllLoss(input, target, weight, ignoreIndex, reduction);
  }
}
