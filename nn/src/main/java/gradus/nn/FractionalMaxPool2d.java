package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import java.util.function.Consumer;

/**
 * The largest of each window, where the windows' places are drawn: [N, C, H, W] to as many as are
 * asked for, also more than half.
 *
 * <pre>{@code
 * new FractionalMaxPool2d(3, o -> o.outputRatio(0.7));
 * }</pre>
 *
 * <p>PyTorch: {@code torch.nn.FractionalMaxPool2d}; Graham 2014.
 */
public class FractionalMaxPool2d extends Layer {
  private final int[] kernelSize;
  private final Consumer<FractionalMaxPoolOptions> options;

  /** Windows of this size; options say outputSize or outputRatio. */
  public FractionalMaxPool2d(int kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /**
   * Windows of these sizes.
   *
   * @param kernelSize one size for all dimensions, or one each
   * @param options outputSize or outputRatio
   */
  public FractionalMaxPool2d(int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    this.kernelSize = given(kernelSize, "kernelSize").clone();
    this.options = given(options, "options");
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.fractionalMaxPool2d(input, kernelSize, options);
  }

  /** The maxima and their places. PyTorch: {@code return_indices=True}. */
  public ValuesIndices forwardWithIndices(Tensor input) {
    return F.fractionalMaxPool2dWithIndices(input, kernelSize, options);
  }
}
