package gradus.nn;

import gradus.tensor.Tensor;
import java.util.Optional;

/**
 * The map x₁ᵀ·A·x₂ + b of two inputs: [*, in1Features] and [*, in2Features] to [*, outFeatures].
 *
 * <p>PyTorch: {@code torch.nn.Bilinear}.
 */
public class Bilinear extends Layer {
  /** The weights [outFeatures, in1Features, in2Features]. */
  public final Tensor weight;

  /** The bias [outFeatures]; empty if the layer was made without. */
  public final Optional<Tensor> bias;

  /**
   * A layer with bias.
   *
   * @param in1Features the size of a first input vector
   * @param in2Features the size of a second input vector
   * @param outFeatures the size of an output vector
   */
  public Bilinear(int in1Features, int in2Features, int outFeatures) {
    this(in1Features, in2Features, outFeatures, true);
  }

  /**
   * A layer with or without bias.
   *
   * @param in1Features the size of a first input vector
   * @param in2Features the size of a second input vector
   * @param outFeatures the size of an output vector
   * @param bias whether to add a bias
   */
  public Bilinear(int in1Features, int in2Features, int outFeatures, boolean bias) {
    double bound = 1 / Math.sqrt(in1Features);
    this.weight =
        parameter(
            Init.uniform_(Tensor.empty(outFeatures, in1Features, in2Features), -bound, bound));
    this.bias =
        bias
            ? Optional.of(parameter(Linear.initialBias(outFeatures, in1Features)))
            : Optional.empty();
  }

  private Bilinear(Bilinear source) {
    this.weight = LayerTree.copy(source.weight);
    this.bias = source.bias.map(LayerTree::copy);
    training(source.training());
  }

  /**
   * The bilinear form of both inputs, [*, outFeatures].
   *
   * @param input1 [*, in1Features]
   * @param input2 [*, in2Features], the same leading sizes
   * @return [*, outFeatures]
   */
  public Tensor forward(Tensor input1, Tensor input2) {
    return F.bilinear(input1, input2, weight, bias.orElse(null));
  }

  @Override
  public Bilinear copy() {
    return new Bilinear(this);
  }

  @Override
  protected String extraRepr() {
    return "in1_features=%s, in2_features=%s, out_features=%s, bias=%s"
        .formatted(weight.size(1), weight.size(2), weight.size(0), PythonText.of(bias.isPresent()));
  }
}
