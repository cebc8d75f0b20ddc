package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.Optional;

/**
 * Σ max(0, margin − x[t] + x[i])ᵖ / C over the wrong classes i.
 *
 * <p>PyTorch: {@code torch.nn.MultiMarginLoss}.
 */
public class MultiMarginLoss extends Layer {
  /** A factor for each class. */
  @RegisterBuffer public final Optional<Tensor> weight;

  private final int p;
  private final double margin;
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public MultiMarginLoss() {
    this(1, 1, Optional.empty(), Reduction.MEAN);
  }

  /**
   * With some options.
   *
   * @param p 1 or 2
   */
  public MultiMarginLoss(int p) {
    this(p, 1, Optional.empty(), Reduction.MEAN);
  }

  /** With some options. */
  public MultiMarginLoss(Reduction reduction) {
    this(1, 1, Optional.empty(), reduction);
  }

  /**
   * With some options.
   *
   * @param p 1 or 2
   * @param margin by how much the right class shall win
   */
  public MultiMarginLoss(int p, double margin) {
    this(p, margin, Optional.empty(), Reduction.MEAN);
  }

  /**
   * With all options.
   *
   * @param p 1 or 2
   * @param margin by how much the right class shall win
   * @param weight a factor for each class
   */
  public MultiMarginLoss(int p, double margin, Optional<Tensor> weight, Reduction reduction) {
    this.p = p;
    this.margin = margin;
    this.weight = given(weight, "weight").map(LayerTree::lasting);
    this.reduction = reduction;
  }

  /**
   * The loss.
   *
   * @param input scores [N, C]
   * @param target INT64 classes [N]
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    return F.multiMarginLoss(input, target, p, margin, weight, reduction);
  }
}
