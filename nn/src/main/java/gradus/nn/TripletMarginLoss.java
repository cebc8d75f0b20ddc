package gradus.nn;

import gradus.tensor.Tensor;

/**
 * max(0, d(a, p) − d(a, n) + margin).
 *
 * <p>PyTorch: {@code torch.nn.TripletMarginLoss}.
 */
public class TripletMarginLoss extends Layer {
  private final double margin;
  private final double p;
  private final double eps;
  private final boolean swap;
  private final Reduction reduction;

  /** With PyTorch's defaults. */
  public TripletMarginLoss() {
    this(1, 2, 1e-6, false, Reduction.MEAN);
  }

  /**
   * With some options.
   *
   * @param margin by how much farther
   */
  public TripletMarginLoss(double margin) {
    this(margin, 2, 1e-6, false, Reduction.MEAN);
  }

  /** With some options. */
  public TripletMarginLoss(Reduction reduction) {
    this(1, 2, 1e-6, false, reduction);
  }

  /**
   * With all options.
   *
   * @param margin by how much farther
   * @param p the exponent of the distance
   * @param eps added to each difference
   * @param swap whether the distance of positive and negative counts if it is smaller
   */
  public TripletMarginLoss(double margin, double p, double eps, boolean swap, Reduction reduction) {
    this.margin = margin;
    this.p = p;
    this.eps = eps;
    this.swap = swap;
    this.reduction = reduction;
  }

  /**
   * The loss.
   *
   * @param anchor [N, D] or [D]
   * @param positive what shall be near
   * @param negative what shall be far
   * @return a scalar, or with NONE one loss an element
   */
  public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
    return F.tripletMarginLoss(anchor, positive, negative, margin, p, eps, swap, reduction);
  }
}
