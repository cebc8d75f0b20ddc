package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;

/**
 * The input with one dimension split into several: {@code new Unflatten(1, 2, 5)} takes [N, 10] to
 * [N, 2, 5].
 *
 * <p>PyTorch: {@code torch.nn.Unflatten}.
 */
public class Unflatten extends Layer {
  private final int dim;
  private final int[] unflattenedSize;

  /**
   * Splits a dimension.
   *
   * @param dim the dimension; negative counts from the end
   * @param unflattenedSize the sizes it becomes; one of them may be −1
   */
  public Unflatten(int dim, int... unflattenedSize) {
    this.dim = dim;
    this.unflattenedSize = given(unflattenedSize, "unflattenedSize").clone();
  }

  @Override
  public Tensor forward(Tensor input) {
    return given(input).unflatten(dim, unflattenedSize);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim + ", unflattened_size=" + PythonText.tuple(unflattenedSize);
  }
}
