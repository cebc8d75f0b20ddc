package gradus.nn;

import gradus.tensor.Tensor;

/**
 * Channels dealt out anew, those of each group becoming every groups-th one: [N, C, *] to the same
 * shape.
 *
 * <p>PyTorch: {@code torch.nn.ChannelShuffle}.
 */
public class ChannelShuffle extends Layer {
  private final int groups;

  /** By this number. */
  public ChannelShuffle(int groups) {
    this.groups = groups;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.channelShuffle(input, groups);
  }

  @Override
  protected String extraRepr() {
    return "groups=" + groups;
  }
}
