package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.Optional;

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
    this(Optional.empty(), Reduction.MEAN);
  }

  /**
   * With some options.
   *
   * @param weight a factor for each element
   */
  public BCELoss(Tensor weight) {
    this(Optional.of(given(weight, "weight")), Reduction.MEAN);
  }

  /** With some options. */
  public BCELoss(Reduction reduction) {
    this(Optional.empty(), reduction);
  }

  /**
   * With all options.
   *
   * @param weight a factor for each element
   */
  public BCELoss(Optional<Tensor> weight, Reduction reduction) {
    this.weight = given(weight, "weight").map(LayerTree::lasting);
    this.reduction = reduction;
  }

  /**
   * The loss.
   *
   * @param input the predictions
   * @param target the truth, of the same shape
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.binaryCrossEntropy(input, target, weight, reduction);
  }
}
