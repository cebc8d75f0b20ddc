package gradus.nn;

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
    return F.linear(input, weight, bias);
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
