package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.function.Consumer;

/** Losses of {@link F} that want one score to exceed another by a margin. */
public abstract sealed class MarginLosses extends ClassLosses permits ClassMarginLosses {
  /** {@link #cosineEmbeddingLoss(Tensor, Tensor, Tensor, double, Reduction)}, margin 0, mean. */
  public static Tensor cosineEmbeddingLoss(Tensor input1, Tensor input2, Tensor target) {
    return cosineEmbeddingLoss(input1, input2, target, 0, Reduction.MEAN);
  }

  /**
   * 1 − cos where the target is 1, max(0, cos − margin) where it is −1. PyTorch: {@code
   * F.cosine_embedding_loss}.
   *
   * @param input1 [N, D] or [D]
   * @param input2 the same shape
   * @param target 1 or −1: [N] or []
   * @param margin how similar vectors may be that do not belong together, −1..1
   * @return a scalar, or with NONE [N]
   */
  public static Tensor cosineEmbeddingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
    given(input1, "input1");
    given(input2, "input2");
    given(target, "target");
    if (target.dim() > 1 || input1.dim() != target.dim() + 1 || input2.dim() != target.dim() + 1) {
      throw Checks.invalid(
          "cosineEmbeddingLoss",
          ("inputs %s and %s do not fit target %s. A 1D target tensor expects 2D input "
                  + "tensors: [N, D], [N, D] and [N].")
              .formatted(input1.shape(), input2.shape(), target.shape()));
    }
    Checks.broadcast("cosineEmbeddingLoss", input1, input2);
    Tensor dot = input1.mul(input2).sum(-1);
    Tensor size1 = input1.square().sum(-1).add(1e-12);
    Tensor size2 = input2.square().sum(-1).add(1e-12);
    Tensor cosine = dot.div(size1.mul(size2).sqrt());
    Tensor alike = cosine.neg().add(1).maskedFill(target.ne(1), 0);
    Tensor apart = cosine.sub(margin).clampMin(0).maskedFill(target.ne(-1), 0);
    return reduce("cosineEmbeddingLoss", alike.add(apart), reduction);
  }

  /** {@link #marginRankingLoss(Tensor, Tensor, Tensor, double, Reduction)}, margin 0, mean. */
  public static Tensor marginRankingLoss(Tensor input1, Tensor input2, Tensor target) {
    return marginRankingLoss(input1, input2, target, 0, Reduction.MEAN);
  }

  /**
   * max(0, −t·(x₁ − x₂) + margin): t = 1 wants x₁ above x₂. PyTorch: {@code F.margin_ranking_loss}.
   *
   * @param input1 scores
   * @param input2 scores of the same shape
   * @param target 1 or −1
   * @param margin by how much one shall exceed the other
   * @return a scalar, or with NONE the common shape
   */
  public static Tensor marginRankingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
    given(input1, "input1");
    given(input2, "input2");
    given(target, "target");
    if (input1.dim() != input2.dim() || input1.dim() != target.dim()) {
      throw Checks.invalid(
          "marginRankingLoss",
          "inputs %s, %s and target %s. All input tensors should have same dimension."
              .formatted(input1.shape(), input2.shape(), target.shape()));
    }
    Checks.broadcast("marginRankingLoss", input1, input2);
    Checks.broadcast("marginRankingLoss", input1, target);
    Tensor loss = target.neg().mul(input1.sub(input2)).add(margin).clampMin(0);
    return reduce("marginRankingLoss", loss, reduction);
  }

  /** {@link #hingeEmbeddingLoss(Tensor, Tensor, double, Reduction)}, margin 1, mean. */
  public static Tensor hingeEmbeddingLoss(Tensor input, Tensor target) {
    return hingeEmbeddingLoss(input, target, 1, Reduction.MEAN);
  }

  /**
   * x where the target is 1, max(0, margin − x) where it is −1. PyTorch: {@code
   * F.hinge_embedding_loss}.
   *
   * @param input distances
   * @param target 1 or −1
   * @param margin how far apart is far enough
   * @return a scalar, or with NONE the common shape
   */
  public static Tensor hingeEmbeddingLoss(
      Tensor input, Tensor target, double margin, Reduction reduction) {
    Checks.broadcast("hingeEmbeddingLoss", input, target);
    Tensor apart = input.neg().add(margin).clampMin(0).maskedFill(target.eq(1), 0);
    return reduce("hingeEmbeddingLoss", apart.add(input.maskedFill(target.eq(-1), 0)), reduction);
  }

  /** {@link #tripletMarginLoss(Tensor, Tensor, Tensor, Consumer)} with PyTorch's defaults. */
  public static Tensor tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative) {
    return tripletMarginLoss(anchor, positive, negative, 1, 2, 1e-6, false, Reduction.MEAN);
  }

  /**
   * max(0, d(a, p) − d(a, n) + margin). PyTorch: {@code F.triplet_margin_loss}.
   *
   * @param anchor [N, D] or [D]
   * @param positive what shall be near
   * @param negative what shall be far
   * @param options margin, by how much farther; p, the exponent of the distance; eps, added to each
   *     difference; swap; and reduction
   * @return a scalar, or with NONE [N]
   */
  public static Tensor tripletMarginLoss(
      Tensor anchor, Tensor positive, Tensor negative, Consumer<LossOptions> options) {
    var o = LossOptions.tripletMargin(options);
    return tripletMarginLoss(
        anchor,
        positive,
        negative,
        o.number("margin", 1),
        o.number("p", 2),
        o.number("eps", 1e-6),
        o.flag("swap", false),
        o.reduction());
  }

  static Tensor tripletMarginLoss(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      double margin,
      double p,
      double eps,
      boolean swap,
      Reduction reduction) {
    given(anchor, "anchor");
    given(positive, "positive");
    given(negative, "negative");
    if (anchor.dim() != positive.dim() || anchor.dim() != negative.dim()) {
      throw Checks.invalid(
          "tripletMarginLoss",
          ("anchor %s, positive %s, negative %s. All three must have the same number of "
                  + "dimensions.")
              .formatted(anchor.shape(), positive.shape(), negative.shape()));
    }
    Checks.broadcast("tripletMarginLoss", anchor, positive);
    Checks.broadcast("tripletMarginLoss", anchor, negative);
    Tensor near = pairwiseDistance(anchor, positive, p, eps, false);
    Tensor far = pairwiseDistance(anchor, negative, p, eps, false);
    if (swap) {
      far = far.minimum(pairwiseDistance(positive, negative, p, eps, false));
    }
    return reduce("tripletMarginLoss", near.sub(far).add(margin).clampMin(0), reduction);
  }
}
