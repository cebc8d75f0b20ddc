package gradus.nn;

import gradus.tensor.Tensor;

/**
 * Pixels as channels: [*, C, H · r, W · r] to [*, C · r², H, W].
 *
 * <p>PyTorch: {@code torch.nn.PixelUnshuffle}.
 */
public class PixelUnshuffle extends Layer {
  private final int downscaleFactor;

  /** By this number. */
  public PixelUnshuffle(int downscaleFactor) {
    this.downscaleFactor = downscaleFactor;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.pixelUnshuffle(input, downscaleFactor);
  }

  @Override
  protected String extraRepr() {
    return "downscale_factor=" + downscaleFactor;
  }
}
