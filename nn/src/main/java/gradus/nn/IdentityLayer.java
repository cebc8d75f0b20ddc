package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;

/**
 * The input itself: stands where a layer is expected and none is wanted.
 *
 * <p>PyTorch: {@code torch.nn.Identity} (which is also how it prints; that name belongs to the JDK
 * here).
 */
public class IdentityLayer extends Layer {
  @Override
  public Tensor forward(Tensor input) {
    return given(input);
  }

  @Override
  protected String name() {
    return "Identity";
  }
}
