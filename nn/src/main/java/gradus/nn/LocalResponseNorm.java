package gradus.nn;

import gradus.tensor.Tensor;

/**
 * The input divided by how strong the channels around are: [N, C, *] to the same shape.
 *
 * <p>PyTorch: {@code torch.nn.LocalResponseNorm}; Krizhevsky et al. 2012.
 */
public class LocalResponseNorm extends Layer {
  private final int size;
  private final double alpha;
  private final double beta;
  private final double k;

  /** With alpha 1e-4, beta 0.75 and k 1. */
  public LocalResponseNorm(int size) {
    this(size, 1e-4, 0.75, 1);
  }

  /**
   * A layer with all options.
   *
   * @param size how many channels
   * @param alpha the factor of the mean of their squares
   * @param beta the exponent
   * @param k added to the mean
   */
  public LocalResponseNorm(int size, double alpha, double beta, double k) {
    this.size = size;
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  @Override
  public Tensor forward(Tensor input) {
    return F.localResponseNorm(input, size, alpha, beta, k);
  }

  @Override
  protected String extraRepr() {
    return "%s, alpha=%s, beta=%s, k=%s"
        .formatted(size, PythonText.of(alpha), PythonText.of(beta), PythonText.of(k));
  }
}
