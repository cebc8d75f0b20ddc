package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.Optional;

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
    this(Optional.empty(), Reduction.MEAN);
  }

  /**
   * With some options.
   *
   * @param weight a factor for each class
   */
  public MultiLabelSoftMarginLoss(Tensor weight) {
    this(Optional.of(given(weight, "weight")), Reduction.MEAN);
  }

  /** With some options. */
  public MultiLabelSoftMarginLoss(Reduction reduction) {
    this(Optional.empty(), reduction);
  }

  /**
   * With all options.
   *
   * @param weight a factor for each class
   */
  public MultiLabelSoftMarginLoss(Optional<Tensor> weight, Reduction reduction) {
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
    return F.multilabelSoftMarginLoss(input, target, weight, reduction);
  }
}
