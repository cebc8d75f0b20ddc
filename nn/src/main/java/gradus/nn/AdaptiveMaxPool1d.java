package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;

/**
 * The maxima of windows that divide sequences evenly: [N, C, L], or the same without N, to the size
 * wanted.
 *
 * <p>PyTorch: {@code torch.nn.AdaptiveMaxPool1d}.
 */
public class AdaptiveMaxPool1d extends Layer {
  private final Integer[] outputSize;

  /**
   * Divides into a given number of windows.
   *
   * @param outputSize their number; null for the size of the input
   */
  public AdaptiveMaxPool1d(Integer... outputSize) {
    this.outputSize = given(outputSize, "outputSize").clone();
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.adaptiveMaxPool1d(input, outputSize);
  }

  /** The maxima and their places. PyTorch: {@code return_indices=True}. */
  public ValuesIndices forwardWithIndices(Tensor input) {
    return F.adaptiveMaxPool1dWithIndices(input, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + PythonText.numbers(outputSize);
  }
}
