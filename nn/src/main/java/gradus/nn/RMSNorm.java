package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.Optional;

/**
 * The input divided by the root of the mean of its squares over the last dimensions, then scaled:
 * [*, normalizedShape] to the same shape.
 *
 * <p>PyTorch: {@code torch.nn.RMSNorm}; Zhang and Sennrich 2019.
 */
public class RMSNorm extends Layer {
  /** The scale [normalizedShape], ones at first; empty without {@code elementwiseAffine}. */
  public final Optional<Tensor> weight;

  private final int[] normalizedShape;
  private final Double eps;

  /** With the eps of the dtype and a scale. */
  public RMSNorm(int... normalizedShape) {
    this(normalizedShape, null, true);
  }

  /** With a scale. */
  public RMSNorm(int[] normalizedShape, Double eps) {
    this(normalizedShape, eps, true);
  }

  /**
   * A layer with all options.
   *
   * @param normalizedShape the sizes of the last dimensions
   * @param eps added to the mean of the squares; null for the distance from 1 to the next number of
   *     the input's dtype
   * @param elementwiseAffine whether to learn a scale
   */
  public RMSNorm(int[] normalizedShape, Double eps, boolean elementwiseAffine) {
    if (given(normalizedShape, "normalizedShape").length == 0) {
      throw new IllegalArgumentException(
          "RMSNorm: normalizedShape is empty. At least the last dimension is normalised. Give its size.");
    }
    this.normalizedShape = normalizedShape.clone();
    this.eps = eps;
    this.weight =
        elementwiseAffine ? Optional.of(parameter(Tensor.ones(normalizedShape))) : Optional.empty();
  }

  private RMSNorm(RMSNorm source) {
    this.normalizedShape = source.normalizedShape;
    this.eps = source.eps;
    this.weight = source.weight.map(LayerTree::copy);
    training(source.training());
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.rmsNorm(input, normalizedShape, weight.orElse(null), eps);
  }

  @Override
  public RMSNorm copy() {
    return new RMSNorm(this);
  }

  @Override
  protected String extraRepr() {
    return "%s, eps=%s, elementwise_affine=%s"
        .formatted(
            PythonText.tuple(normalizedShape),
            eps == null ? "None" : PythonText.of(eps),
            PythonText.of(weight.isPresent()));
  }
}
