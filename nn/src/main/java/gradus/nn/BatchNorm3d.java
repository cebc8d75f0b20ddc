package gradus.nn;

import java.util.function.Consumer;

/**
 * The channels of volumes brought to mean 0 and variance 1 over the batch, then scaled and shifted:
 * [N, C, D, H, W] to the same shape.
 *
 * <p>In training by the statistics of the batch, which move the running ones; in evaluation by
 * those. PyTorch: {@code torch.nn.BatchNorm3d}; Ioffe and Szegedy 2015.
 */
public class BatchNorm3d extends BatchNorm {
  /**
   * With eps 1e-5, momentum 0.1, scale and shift, and running statistics.
   *
   * @param numFeatures the number of channels C
   */
  public BatchNorm3d(int numFeatures) {
    this(numFeatures, _ -> {});
  }

  /**
   * With options by name.
   *
   * @param numFeatures the number of channels C
   * @param options what differs from the defaults
   */
  public BatchNorm3d(int numFeatures, Consumer<NormOptions> options) {
    super(numFeatures, NormOptions.ofChannels(true, options), 5);
  }

  private BatchNorm3d(BatchNorm3d source) {
    super(source);
  }

  @Override
  public BatchNorm3d copy() {
    return new BatchNorm3d(this);
  }
}
