package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.Optional;

/**
 * The affine map x·Wᵀ + b over the last dimension: [*, inFeatures] to [*, outFeatures].
 *
 * <pre>{@code
 * var layer = new Linear(4, 2);
 * layer.forward(Tensor.randn(3, 4)).shape();   // [3, 2]
 * }</pre>
 *
 * <p>Weight and bias start uniform in ±1/√inFeatures. PyTorch: {@code torch.nn.Linear}.
 */
public class Linear extends Layer {
  /** The weights [outFeatures, inFeatures]. */
  public final Tensor weight;

  /** The bias [outFeatures]; empty if the layer was made without. */
  public final Optional<Tensor> bias;

  /**
   * A layer with bias.
   *
   * @param inFeatures the size of an input vector
   * @param outFeatures the size of an output vector
   */
  public Linear(int inFeatures, int outFeatures) {
    this(inFeatures, outFeatures, true);
  }

  /**
   * A layer with or without bias.
   *
   * @param inFeatures the size of an input vector
   * @param outFeatures the size of an output vector
   * @param bias whether to add a bias
   */
  public Linear(int inFeatures, int outFeatures, boolean bias) {
    this.weight =
        parameter(
            Init.kaimingUniform_(
                Tensor.empty(outFeatures, inFeatures), Math.sqrt(5), "fan_in", "leaky_relu"));
    this.bias =
        bias ? Optional.of(parameter(initialBias(outFeatures, inFeatures))) : Optional.empty();
  }

  /**
   * A layer without bias that shares its weight with another layer, so that both learn it as one:
   *
   * <pre>{@code
   * var embedding = new Embedding(1000, 64);
   * var head = new Linear(embedding.weight);   // tied weights: [*, 64] to [*, 1000]
   * }</pre>
   *
   * <p>The weight is one parameter of a model and stands under both names in its state dict.
   * PyTorch: {@code head.weight = embedding.weight}; Press and Wolf 2017.
   *
   * @param weight the weights [outFeatures, inFeatures], not copied; learned if it is a parameter
   *     or requires gradients, else neither learned nor saved
   * @throws IllegalArgumentException if {@code weight} is not a matrix of real numbers
   */
  public Linear(Tensor weight) {
    this(weight, Optional.empty());
  }

  /**
   * A layer whose weight and bias are shared, not copied.
   *
   * @param weight the weights [outFeatures, inFeatures]
   * @param bias the bias [outFeatures]
   * @throws IllegalArgumentException if the shapes do not fit each other
   */
  public Linear(Tensor weight, Tensor bias) {
    this(weight, Optional.of(given(bias, "bias")));
    if (bias.dim() != 1 || bias.size(0) != weight.size(0)) {
      throw Checks.invalid(
          "Linear",
          "the bias is %s for a weight %s. It needs one number for each row of the weight."
              .formatted(bias.shape(), weight.shape()));
    }
  }

  private Linear(Tensor weight, Optional<Tensor> bias) {
    Checks.floating("Linear", "weight", weight);
    if (weight.dim() != 2) {
      throw Checks.invalid(
          "Linear",
          "the weight is %s. It needs 2 dimensions: [outFeatures, inFeatures]."
              .formatted(weight.shape()));
    }
    this.weight = weight;
    this.bias = bias;
  }

  /** A copy of another layer. */
  Linear(Linear source) {
    this.weight = LayerTree.copy(source.weight);
    this.bias = source.bias.map(LayerTree::copy);
    training(source.training());
  }

  /** Uniform in ±1/√fanIn; zeros where there is no input. */
  static Tensor initialBias(int size, int fanIn) {
    double bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
    return Init.uniform_(Tensor.empty(size), -bound, bound);
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.linear(input, weight, bias.orElse(null));
  }

  @Override
  public Linear copy() {
    return new Linear(this);
  }

  @Override
  protected String extraRepr() {
    return "in_features=%s, out_features=%s, bias=%s"
        .formatted(weight.size(1), weight.size(0), PythonText.of(bias.isPresent()));
  }
}
