package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.Optional;

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
    this(Optional.empty(), -100, Reduction.MEAN, 0);
  }

  /**
   * With some options.
   *
   * @param weight a factor for each class
   */
  public CrossEntropyLoss(Tensor weight) {
    this(Optional.of(given(weight, "weight")), -100, Reduction.MEAN, 0);
  }

  /** With some options. */
  public CrossEntropyLoss(Reduction reduction) {
    this(Optional.empty(), -100, reduction, 0);
  }

  /**
   * With all options.
   *
   * @param weight a factor for each class
   * @param ignoreIndex a class whose samples do not count
   * @param labelSmoothing how much of the target is spread evenly over all classes, 0..1
   */
  public CrossEntropyLoss(
      Optional<Tensor> weight, long ignoreIndex, Reduction reduction, double labelSmoothing) {
    this.weight = given(weight, "weight").map(LayerTree::lasting);
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
    this.labelSmoothing = labelSmoothing;
  }

  /**
   * The loss.
   *
   * @param input scores [C], [N, C] or [N, C, d₁, …]
   * @param target INT64 classes [], [N] or [N, d₁, …]; or probabilities of the shape of the input
   * @return a scalar, or with NONE one loss a sample
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.crossEntropy(input, target, weight, ignoreIndex, reduction, labelSmoothing);
  }
}
