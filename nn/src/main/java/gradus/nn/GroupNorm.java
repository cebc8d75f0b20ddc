package gradus.nn;

import gradus.tensor.Tensor;
import java.util.Optional;

/**
 * Each group of channels of each sample brought to mean 0 and variance 1, then the channels scaled
 * and shifted: [N, C, *] to the same shape.
 *
 * <p>PyTorch: {@code torch.nn.GroupNorm}; Wu and He 2018.
 */
public class GroupNorm extends Layer {
  /** The number of groups. */
  public final int numGroups;

  /** The number of channels. */
  public final int numChannels;

  /** The scale [numChannels], ones at first; empty without {@code affine}. */
  public final Optional<Tensor> weight;

  /** The shift [numChannels], zeros at first; empty without {@code affine}. */
  public final Optional<Tensor> bias;

  private final double eps;

  /** With eps 1e-5, scale and shift. */
  public GroupNorm(int numGroups, int numChannels) {
    this(numGroups, numChannels, 1e-5, true);
  }

  /** With scale and shift. */
  public GroupNorm(int numGroups, int numChannels, double eps) {
    this(numGroups, numChannels, eps, true);
  }

  /**
   * A layer with all options.
   *
   * @param numGroups the number of groups
   * @param numChannels the number of channels, divisible by it
   * @param eps added to the variance
   * @param affine whether to learn a scale and a shift
   */
  public GroupNorm(int numGroups, int numChannels, double eps, boolean affine) {
    if (numGroups < 1 || numChannels % numGroups != 0) {
      throw new IllegalArgumentException(
          "GroupNorm: %s channels do not fall into %s groups. num_channels must be divisible by num_groups."
              .formatted(numChannels, numGroups));
    }
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.eps = eps;
    this.weight = affine ? Optional.of(parameter(Tensor.ones(numChannels))) : Optional.empty();
    this.bias = affine ? Optional.of(parameter(Tensor.zeros(numChannels))) : Optional.empty();
  }

  private GroupNorm(GroupNorm source) {
    this.numGroups = source.numGroups;
    this.numChannels = source.numChannels;
    this.eps = source.eps;
    this.weight = source.weight.map(LayerTree::copy);
    this.bias = source.bias.map(LayerTree::copy);
    training(source.training());
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.groupNorm(input, numGroups, weight.orElse(null), bias.orElse(null), eps);
  }

  @Override
  public GroupNorm copy() {
    return new GroupNorm(this);
  }

  @Override
  protected String extraRepr() {
    return "%s, %s, eps=%s, affine=%s"
        .formatted(numGroups, numChannels, PythonText.of(eps), PythonText.of(weight.isPresent()));
  }
}
