package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The input with the last dimensions brought to mean 0 and variance 1, then scaled and shifted by
 * learned vectors: [*, normalizedShape] to the same shape.
 *
 * <pre>{@code
 * new LayerNorm(768).forward(embedded);   // [2, 3, 768], each vector normalised by itself
 * }</pre>
 *
 * <p>PyTorch: {@code torch.nn.LayerNorm}; Ba, Kiros and Hinton 2016.
 */
public class LayerNorm extends Layer {
  /** The scale [normalizedShape], ones at first; empty without {@code elementwiseAffine}. */
  public final Optional<Tensor> weight;

  /** The shift [normalizedShape], zeros at first; empty without {@code elementwiseAffine}. */
  public final Optional<Tensor> bias;

  private final int[] normalizedShape;
  private final double eps;

  /**
   * Normalises over the last dimension(s), with eps 1e-5.
   *
   * @param normalizedShape the sizes of the last dimensions
   */
  public LayerNorm(int... normalizedShape) {
    this(normalizedShape, 1e-5, true, true);
  }

  /**
   * Normalises over the last dimensions.
   *
   * @param normalizedShape their sizes
   * @param eps added to the variance, so that a constant input does not divide by zero
   */
  public LayerNorm(int[] normalizedShape, double eps) {
    this(normalizedShape, eps, true, true);
  }

  /**
   * Normalises over the last dimension, with options by name.
   *
   * @param size its size
   * @param options eps, elementwiseAffine, bias
   */
  public LayerNorm(int size, Consumer<NormOptions> options) {
    this(new int[] {size}, options);
  }

  /**
   * Normalises over the last dimensions, with options by name.
   *
   * @param normalizedShape their sizes
   * @param options eps, elementwiseAffine, bias
   */
  public LayerNorm(int[] normalizedShape, Consumer<NormOptions> options) {
    this(normalizedShape, NormOptions.ofLayer(options));
  }

  private LayerNorm(int[] normalizedShape, NormOptions options) {
    this(
        normalizedShape,
        options.eps(),
        options.learns("elementwiseAffine"),
        options.learns("bias"));
  }

  LayerNorm(int[] normalizedShape, double eps, boolean elementwiseAffine, boolean bias) {
    if (given(normalizedShape, "normalizedShape").length == 0) {
      throw new IllegalArgumentException(
          "LayerNorm: normalizedShape is empty. At least the last dimension is normalised. Give its size.");
    }
    this.normalizedShape = normalizedShape.clone();
    this.eps = eps;
    this.weight =
        elementwiseAffine ? Optional.of(parameter(Tensor.ones(normalizedShape))) : Optional.empty();
    this.bias =
        elementwiseAffine && bias
            ? Optional.of(parameter(Tensor.zeros(normalizedShape)))
            : Optional.empty();
  }

  private LayerNorm(LayerNorm source) {
    this.normalizedShape = source.normalizedShape;
    this.eps = source.eps;
    this.weight = source.weight.map(LayerTree::copy);
    this.bias = source.bias.map(LayerTree::copy);
    training(source.training());
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.layerNorm(input, normalizedShape, weight.orElse(null), bias.orElse(null), eps);
  }

  @Override
  public LayerNorm copy() {
    return new LayerNorm(this);
  }

  @Override
  protected String extraRepr() {
    return "%s, eps=%s, elementwise_affine=%s"
        .formatted(
            PythonText.tuple(normalizedShape),
            PythonText.of(eps),
            PythonText.of(weight.isPresent()));
  }

  /** The sizes of the dimensions that are normalised. */
  public int[] normalizedShape() {
    return normalizedShape.clone();
  }
}
