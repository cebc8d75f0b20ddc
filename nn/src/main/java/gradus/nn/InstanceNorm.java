package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;

/** What instance norms of all dimensions are. PyTorch: {@code _InstanceNorm}. */
public abstract class InstanceNorm extends ChannelNorm {
  private final int rank;

  InstanceNorm(int numFeatures, NormOptions options, int rank) {
    super(numFeatures, options);
    this.rank = rank;
  }

  InstanceNorm(InstanceNorm source) {
    super(source);
    this.rank = source.rank;
  }

  /**
   * The input normalised; without a batch dimension likewise.
   *
   * @param input [N, C, *] or [C, *]
   */
  @Override
  public Tensor forward(Tensor input) {
    boolean batched = given(input).dim() == rank;
    check(input, batched ? 1 : 0, rank - 1, rank);
    Tensor batch = batched ? input : input.unsqueeze(0);
    Tensor out =
        F.instanceNorm(
            batch,
            runningMean.orElse(null),
            runningVar.orElse(null),
            weight.orElse(null),
            bias.orElse(null),
            training() || runningMean.isEmpty(),
            nextMomentum(),
            eps);
    return batched ? out : out.squeeze(0);
  }
}
