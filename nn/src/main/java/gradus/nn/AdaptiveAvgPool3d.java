package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;

/**
 * The means of windows that divide volumes evenly: [N, C, D, H, W], or the same without N, to the
 * size wanted.
 *
 * <p>PyTorch: {@code torch.nn.AdaptiveAvgPool3d}.
 */
public class AdaptiveAvgPool3d extends Layer {
  private final Integer[] outputSize;

  /**
   * Divides into a given number of windows.
   *
   * @param outputSize one number for all dimensions or one each; null for the size of the input
   */
  public AdaptiveAvgPool3d(Integer... outputSize) {
    this.outputSize = given(outputSize, "outputSize").clone();
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.adaptiveAvgPool3d(input, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + PythonText.numbers(outputSize);
  }
}
