package gradus.nn;

import java.util.function.Consumer;

/**
 * Each channel of each of the sequences brought to mean 0 and variance 1: [N, C, L], or the same
 * without N, to the same shape.
 *
 * <p>Scale, shift and running statistics come by options. PyTorch: {@code torch.nn.InstanceNorm1d};
 * Ulyanov et al. 2016.
 */
public class InstanceNorm1d extends InstanceNorm {
  /**
   * With eps 1e-5, without scale, shift and running statistics.
   *
   * @param numFeatures the number of channels C
   */
  public InstanceNorm1d(int numFeatures) {
    this(numFeatures, _ -> {});
  }

  /**
   * With options by name.
   *
   * @param numFeatures the number of channels C
   * @param options what differs from the defaults
   */
  public InstanceNorm1d(int numFeatures, Consumer<NormOptions> options) {
    super(numFeatures, NormOptions.ofChannels(false, options), 3);
  }

  private InstanceNorm1d(InstanceNorm1d source) {
    super(source);
  }

  @Override
  public InstanceNorm1d copy() {
    return new InstanceNorm1d(this);
  }
}
