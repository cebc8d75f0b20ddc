package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;

/**
 * The input with some dimensions made one: [N, C, H, W] to [N, C·H·W].
 *
 * <p>PyTorch: {@code torch.nn.Flatten}.
 */
public class Flatten extends Layer {
  private final int startDim;
  private final int endDim;

  /** With PyTorch's defaults: startDim = 1, endDim = -1. */
  public Flatten() {
    this(1);
  }

  /** All dimensions from {@code startDim} on become one. PyTorch: {@code nn.Flatten(start_dim)}. */
  public Flatten(int startDim) {
    this(startDim, -1);
  }

  /**
   * With all options.
   *
   * @param startDim the first of them
   * @param endDim the last of them
   */
  public Flatten(int startDim, int endDim) {
    this.startDim = startDim;
    this.endDim = endDim;
  }

  @Override
  public Tensor forward(Tensor input) {
    return given(input).flatten(startDim, endDim);
  }

  @Override
  protected String extraRepr() {
    return "start_dim=" + startDim + ", end_dim=" + endDim;
  }
}
