package gradus.nn;

import java.util.function.Consumer;

/**
 * Each channel of each of the volumes brought to mean 0 and variance 1: [N, C, D, H, W], or the
 * same without N, to the same shape.
 *
 * <p>Scale, shift and running statistics come by options. PyTorch: {@code torch.nn.InstanceNorm3d};
 * Ulyanov et al. 2016.
 */
public class InstanceNorm3d extends InstanceNorm {
  /**
   * With eps 1e-5, without scale, shift and running statistics.
   *
   * @param numFeatures the number of channels C
   */
  public InstanceNorm3d(int numFeatures) {
    this(numFeatures, _ -> {});
  }

  /**
   * With options by name.
   *
   * @param numFeatures the number of channels C
   * @param options what differs from the defaults
   */
  public InstanceNorm3d(int numFeatures, Consumer<NormOptions> options) {
    super(numFeatures, NormOptions.ofChannels(false, options), 5);
  }

  private InstanceNorm3d(InstanceNorm3d source) {
    super(source);
  }

  @Override
  public InstanceNorm3d copy() {
    return new InstanceNorm3d(this);
  }
}
