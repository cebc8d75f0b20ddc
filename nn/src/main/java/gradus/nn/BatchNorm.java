package gradus.nn;

import gradus.tensor.Tensor;

/** What batch norms of all dimensions are. PyTorch: {@code _BatchNorm}. */
public abstract class BatchNorm extends ChannelNorm {
  private final int[] ranks;

  BatchNorm(int numFeatures, NormOptions options, int... ranks) {
    super(numFeatures, options);
    this.ranks = ranks;
  }

  BatchNorm(BatchNorm source) {
    super(source);
    this.ranks = source.ranks;
  }

  @Override
  public Tensor forward(Tensor input) {
    check(input, 1, ranks);
    double momentum = nextMomentum();
    boolean byBatch = training() || runningMean.isEmpty();
    boolean track = !training() || runningMean.isPresent();
    return F.batchNorm(
        input,
        track ? runningMean.orElse(null) : null,
        track ? runningVar.orElse(null) : null,
        weight.orElse(null),
        bias.orElse(null),
        byBatch,
        momentum,
        eps);
  }
}
