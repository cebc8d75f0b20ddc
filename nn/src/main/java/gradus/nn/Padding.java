package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;

/** What all layers are that put a border around sequences, images or volumes. */
public abstract class Padding extends Layer {
  private final String mode;
  private final double value;
  private final int[] padding;

  Padding(int dims, String mode, double value, int... padding) {
    if (given(padding, "padding").length != 1 && padding.length != 2 * dims) {
      throw Checks.invalid(
          name(),
          "%s numbers. Give one for all borders, or %s: two a dimension, the last dimension first."
              .formatted(padding.length, 2 * dims));
    }
    this.mode = mode;
    this.value = value;
    this.padding = new int[2 * dims];
    for (int i = 0; i < this.padding.length; i++) {
      this.padding[i] = padding[padding.length == 1 ? 0 : i];
    }
  }

  @Override
  public Tensor forward(Tensor input) {
    int dims = padding.length / 2;
    boolean fits = given(input).dim() == dims + 1 || input.dim() == dims + 2;
    if (!fits && !mode.equals("constant")) {
      throw Checks.invalid(
          name(),
          "expected %sD or %sD input, but got %s.".formatted(dims + 1, dims + 2, input.shape()));
    }
    return F.pad(input, padding, mode, value);
  }

  @Override
  protected String extraRepr() {
    return PythonText.tuple(padding);
  }
}
