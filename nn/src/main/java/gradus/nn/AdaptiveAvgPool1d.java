package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;

/**
 * The means of windows that divide sequences evenly: [N, C, L], or the same without N, to the size
 * wanted.
 *
 * <p>PyTorch: {@code torch.nn.AdaptiveAvgPool1d}.
 */
public class AdaptiveAvgPool1d extends Layer {
  private final Integer[] outputSize;

  /**
   * Divides into a given number of windows.
   *
   * @param outputSize their number; null for the size of the input
   */
  public AdaptiveAvgPool1d(Integer... outputSize) {
    this.outputSize = given(outputSize, "outputSize").clone();
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.adaptiveAvgPool1d(input, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + PythonText.numbers(outputSize);
  }
}
