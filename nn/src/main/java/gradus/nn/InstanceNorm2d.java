package gradus.nn;

import java.util.function.Consumer;

/**
 * Each channel of each of the images brought to mean 0 and variance 1: [N, C, H, W], or the same
 * without N, to the same shape.
 *
 * <p>Scale, shift and running statistics come by options. PyTorch: {@code torch.nn.InstanceNorm2d};
 * Ulyanov et al. 2016.
 */
public class InstanceNorm2d extends InstanceNorm {
  /**
   * With eps 1e-5, without scale, shift and running statistics.
   *
   * @param numFeatures the number of channels C
   */
  public InstanceNorm2d(int numFeatures) {
    this(numFeatures, _ -> {});
  }

  /**
   * With options by name.
   *
   * @param numFeatures the number of channels C
   * @param options what differs from the defaults
   */
  public InstanceNorm2d(int numFeatures, Consumer<NormOptions> options) {
    super(numFeatures, NormOptions.ofChannels(false, options), 4);
  }

  private InstanceNorm2d(InstanceNorm2d source) {
    super(source);
  }

  @Override
  public InstanceNorm2d copy() {
    return new InstanceNorm2d(this);
  }
}
