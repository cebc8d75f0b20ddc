package gradus.nn;

import java.util.function.Consumer;

/**
 * The channels of images brought to mean 0 and variance 1 over the batch, then scaled and shifted:
 * [N, C, H, W] to the same shape.
 *
 * <p>In training by the statistics of the batch, which move the running ones; in evaluation by
 * those. PyTorch: {@code torch.nn.BatchNorm2d}; Ioffe and Szegedy 2015.
 */
public class BatchNorm2d extends BatchNorm {
  /**
   * With eps 1e-5, momentum 0.1, scale and shift, and running statistics.
   *
   * @param numFeatures the number of channels C
   */
  public BatchNorm2d(int numFeatures) {
    this(numFeatures, _ -> {});
  }

  /**
   * With options by name.
   *
   * @param numFeatures the number of channels C
   * @param options what differs from the defaults
   */
  public BatchNorm2d(int numFeatures, Consumer<NormOptions> options) {
    super(numFeatures, NormOptions.ofChannels(true, options), 4);
  }

  private BatchNorm2d(BatchNorm2d source) {
    super(source);
  }

  @Override
  public BatchNorm2d copy() {
    return new BatchNorm2d(this);
  }
}
