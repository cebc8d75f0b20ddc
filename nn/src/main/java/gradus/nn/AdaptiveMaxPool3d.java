package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;

/**
 * The maxima of windows that divide volumes evenly: [N, C, D, H, W], or the same without N, to the
 * size wanted.
 *
 * <p>PyTorch: {@code torch.nn.AdaptiveMaxPool3d}.
 */
public class AdaptiveMaxPool3d extends Layer {
  private final Integer[] outputSize;

  /**
   * Divides into a given number of windows.
   *
   * @param outputSize one number for all dimensions or one each; null for the size of the input
   */
  public AdaptiveMaxPool3d(Integer... outputSize) {
    this.outputSize = given(outputSize, "outputSize").clone();
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.adaptiveMaxPool3d(input, outputSize);
  }

  /** The maxima and their places. PyTorch: {@code return_indices=True}. */
  public ValuesIndices forwardWithIndices(Tensor input) {
    return F.adaptiveMaxPool3dWithIndices(input, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + PythonText.numbers(outputSize);
  }
}
