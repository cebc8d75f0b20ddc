package gradus.nn;

import gradus.tensor.Tensor;

/**
 * The cosine of the angle between vectors.
 *
 * <p>PyTorch: {@code torch.nn.CosineSimilarity}.
 */
public class CosineSimilarity extends Layer {
  private final int dim;
  private final double eps;

  /** With PyTorch's defaults. */
  public CosineSimilarity() {
    this(1, 1e-8);
  }

  /**
   * With some options.
   *
   * @param dim the dimension of the vectors
   */
  public CosineSimilarity(int dim) {
    this(dim, 1e-8);
  }

  /**
   * With all options.
   *
   * @param dim the dimension of the vectors
   * @param eps the least length
   */
  public CosineSimilarity(int dim, double eps) {
    this.dim = dim;
    this.eps = eps;
  }

  /**
   * The values.
   *
   * @param x1 vectors
   * @param x2 vectors, of a shape that broadcasts
   * @return the common shape without that dimension
   */
  public Tensor forward(Tensor x1, Tensor x2) {
    return F.cosineSimilarity(x1, x2, dim, eps);
  }
}
