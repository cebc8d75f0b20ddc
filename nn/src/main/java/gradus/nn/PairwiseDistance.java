package gradus.nn;

import gradus.tensor.Tensor;

/**
 * The p-norm of the difference of vectors.
 *
 * <p>PyTorch: {@code torch.nn.PairwiseDistance}.
 */
public class PairwiseDistance extends Layer {
  private final double p;
  private final double eps;
  private final boolean keepdim;

  /** With PyTorch's defaults. */
  public PairwiseDistance() {
    this(2, 1e-6, false);
  }

  /**
   * With some options.
   *
   * @param p the exponent of the norm
   */
  public PairwiseDistance(double p) {
    this(p, 1e-6, false);
  }

  /**
   * With all options.
   *
   * @param p the exponent of the norm
   * @param eps added to each difference
   * @param keepdim whether the last dimension stays, with size 1
   */
  public PairwiseDistance(double p, double eps, boolean keepdim) {
    this.p = p;
    this.eps = eps;
    this.keepdim = keepdim;
  }

  /**
   * The values.
   *
   * @param x1 vectors
   * @param x2 vectors, of a shape that broadcasts
   * @return [N], or [N, 1]
   */
  public Tensor forward(Tensor x1, Tensor x2) {
    return F.pairwiseDistance(x1, x2, p, eps, keepdim);
  }
}
