package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.Optional;

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
    this(Optional.empty(), Reduction.MEAN, Optional.empty());
  }

  /**
   * With some options.
   *
   * @param weight a factor for each element
   */
  public BCEWithLogitsLoss(Tensor weight) {
    this(Optional.of(given(weight, "weight")), Reduction.MEAN, Optional.empty());
  }

  /** With some options. */
  public BCEWithLogitsLoss(Reduction reduction) {
    this(Optional.empty(), reduction, Optional.empty());
  }

  /**
   * With all options.
   *
   * @param weight a factor for each element
   * @param posWeight a factor for the positive part, one a class
   */
  public BCEWithLogitsLoss(
      Optional<Tensor> weight, Reduction reduction, Optional<Tensor> posWeight) {
    this.weight = given(weight, "weight").map(LayerTree::lasting);
    this.reduction = reduction;
    this.posWeight = given(posWeight, "posWeight").map(LayerTree::lasting);
  }

  /**
   * The loss.
   *
   * @param input the predictions
   * @param target the truth, of the same shape
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.binaryCrossEntropyWithLogits(input, target, weight, reduction, posWeight);
  }
}
