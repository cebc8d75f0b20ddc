package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.Optional;

/**
 * What batch and instance norm hold: a scale, a shift and running statistics, one number of each a
 * channel. PyTorch: {@code _NormBase}.
 */
public abstract class ChannelNorm extends Layer {
  /** The number of channels. */
  public final int numFeatures;

  /** The scale [numFeatures], ones at first; empty without {@code affine}. */
  public final Optional<Tensor> weight;

  /** The shift [numFeatures], zeros at first; empty without {@code affine}. */
  public final Optional<Tensor> bias;

  /** The running means, zeros at first; empty without {@code trackRunningStats}. */
  @RegisterBuffer public final Optional<Tensor> runningMean;

  /** The running variances, ones at first; empty without {@code trackRunningStats}. */
  @RegisterBuffer public final Optional<Tensor> runningVar;

  /** How many batches were seen in training, INT64, 0-dim; empty likewise. */
  @RegisterBuffer public final Optional<Tensor> numBatchesTracked;

  final double eps;
  private final Double momentum;

  ChannelNorm(int numFeatures, NormOptions options) {
    if (numFeatures < 0) {
      throw new IllegalArgumentException(
          "%s: numFeatures is %s. It is the number of channels.".formatted(name(), numFeatures));
    }
    this.numFeatures = numFeatures;
    this.eps = options.eps();
    this.momentum = options.momentum();
    this.weight = options.affine() ? some(parameter(Tensor.ones(numFeatures))) : Optional.empty();
    this.bias = options.affine() ? some(parameter(Tensor.zeros(numFeatures))) : Optional.empty();
    boolean track = options.trackRunningStats();
    this.runningMean = track ? some(Tensor.zeros(numFeatures)) : Optional.empty();
    this.runningVar = track ? some(Tensor.ones(numFeatures)) : Optional.empty();
    this.numBatchesTracked = track ? some(Tensor.zeros(DType.INT64)) : Optional.empty();
  }

  ChannelNorm(ChannelNorm source) {
    this.numFeatures = source.numFeatures;
    this.eps = source.eps;
    this.momentum = source.momentum;
    this.weight = source.weight.map(LayerTree::copy);
    this.bias = source.bias.map(LayerTree::copy);
    this.runningMean = source.runningMean.map(LayerTree::copy);
    this.runningVar = source.runningVar.map(LayerTree::copy);
    this.numBatchesTracked = source.numBatchesTracked.map(LayerTree::copy);
    training(source.training());
  }

  private static Optional<Tensor> some(Tensor tensor) {
    return Optional.of(LayerTree.lasting(tensor));
  }

  /** Counts a batch, and says how far the running statistics move. */
  final double nextMomentum() {
    if (!training() || numBatchesTracked.isEmpty()) {
      return momentum == null ? 0 : momentum;
    }
    try (var _ = GradMode.noGrad()) {
      numBatchesTracked.get().add_(1);
    }
    return momentum == null ? 1.0 / numBatchesTracked.get().itemLong() : momentum;
  }

  /** Refuses an input whose dimensions or channels do not fit. */
  final void check(Tensor input, int channelDim, int... ranks) {
    boolean fits = false;
    for (int rank : ranks) {
      fits |= given(input).dim() == rank;
    }
    if (!fits) {
      throw Checks.invalid(
          name(),
          "expected %s input (got %sD input %s). Use unsqueeze(0) for a batch of one."
              .formatted(
                  ranks.length == 1 ? ranks[0] + "D" : ranks[0] + "D or " + ranks[1] + "D",
                  input.dim(),
                  input.shape()));
    }
    if (input.size(channelDim) != numFeatures) {
      throw Checks.invalid(
          name(),
          "the input %s has %s channels in dimension %s, this layer %s. They must be as many."
              .formatted(input.shape(), input.size(channelDim), channelDim, numFeatures));
    }
  }

  /** Resets the running statistics. PyTorch: {@code reset_running_stats()}. */
  public void resetRunningStats() {
    try (var _ = GradMode.noGrad()) {
      runningMean.ifPresent(Tensor::zero_);
      runningVar.ifPresent(t -> t.fill_(1));
      numBatchesTracked.ifPresent(Tensor::zero_);
    }
  }

  @Override
  protected String extraRepr() {
    return "%s, eps=%s, momentum=%s, affine=%s, track_running_stats=%s"
        .formatted(
            numFeatures,
            PythonText.of(eps),
            momentum == null ? "None" : PythonText.of(momentum),
            PythonText.of(weight.isPresent()),
            PythonText.of(runningMean.isPresent()));
  }
}
