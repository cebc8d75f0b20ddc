package gradus.nn;

import gradus.tensor.Tensor;

/**
 * Channels as pixels: [*, C · r², H, W] to [*, C, H · r, W · r].
 *
 * <p>PyTorch: {@code torch.nn.PixelShuffle}.
 */
public class PixelShuffle extends Layer {
  private final int upscaleFactor;

  /** By this number. */
  public PixelShuffle(int upscaleFactor) {
    this.upscaleFactor = upscaleFactor;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.pixelShuffle(input, upscaleFactor);
  }

  @Override
  protected String extraRepr() {
    return "upscale_factor=" + upscaleFactor;
  }
}
