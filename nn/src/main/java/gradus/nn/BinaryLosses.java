package gradus.nn;

import gradus.nn.functional.Checks;
import gradus.nn.functional.CrossEntropyOfTwo;
import gradus.tensor.Tensor;
import java.util.function.Consumer;

/** Losses of {@link F} between probabilities, element by element. */
public abstract sealed class BinaryLosses extends RegressionLosses permits ClassLosses {
  /**
   * {@link #binaryCrossEntropy(Tensor, Tensor, Consumer)}, mean. PyTorch: {@code
   * F.binary_cross_entropy}.
   */
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target) {
    return binaryCrossEntropy(input, target, null, Reduction.MEAN);
  }

  /** {@link #binaryCrossEntropy(Tensor, Tensor, Consumer)} without weight. */
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target, Reduction reduction) {
    return binaryCrossEntropy(input, target, null, reduction);
  }

  /**
   * −(t·log x + (1 − t)·log(1 − x)), logarithms at least −100. The gradient is (x − t) / max(x(1 −
   * x), 1e-12), so that a probability of exactly 0 or 1, as a sigmoid gives for large scores,
   * leaves it finite. PyTorch: {@code F.binary_cross_entropy}.
   *
   * @param input probabilities, 0..1
   * @param target probabilities of the same shape
   * @param options weight, one factor an element, and reduction
   * @return a scalar, or with NONE the shape of the input
   */
  public static Tensor binaryCrossEntropy(
      Tensor input, Tensor target, Consumer<LossOptions> options) {
    var o = LossOptions.binaryCrossEntropy(options);
    return binaryCrossEntropy(input, target, o.weight(), o.reduction());
  }

  static Tensor binaryCrossEntropy(
      Tensor input, Tensor target, Tensor weight, Reduction reduction) {
    String op = "binaryCrossEntropy";
    Checks.floating(op, "input", input);
    Checks.sameShape(op, "target", target, "input", input);
    if (input.numel() > 0
        && (input.detach().amin().item() < 0 || input.detach().amax().item() > 1)) {
      throw Checks.invalid(
          op,
          "all elements of input should be between 0 and 1. Use sigmoid first, or binaryCrossEntropyWithLogits.");
    }
    Tensor loss = CrossEntropyOfTwo.of(input, target);
    return reduce(op, weight != null ? loss.mul(weight) : loss, reduction);
  }

  /** {@link #binaryCrossEntropyWithLogits(Tensor, Tensor, Consumer)}, mean. */
  public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
    return binaryCrossEntropyWithLogits(input, target, null, Reduction.MEAN, null);
  }

  /** {@link #binaryCrossEntropyWithLogits(Tensor, Tensor, Consumer)} without weights. */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input, Tensor target, Reduction reduction) {
    return binaryCrossEntropyWithLogits(input, target, null, reduction, null);
  }

  /**
   * The {@link #binaryCrossEntropy(Tensor, Tensor) binary cross-entropy} of σ(x), without overflow.
   * PyTorch: {@code F.binary_cross_entropy_with_logits}.
   *
   * @param input scores
   * @param target probabilities of the same shape
   * @param options weight, one factor an element; posWeight, one for the positive part of each
   *     class; and reduction
   * @return a scalar, or with NONE the shape of the input
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input, Tensor target, Consumer<LossOptions> options) {
    var o = LossOptions.withLogits(options);
    return binaryCrossEntropyWithLogits(input, target, o.weight(), o.reduction(), o.posWeight());
  }

  static Tensor binaryCrossEntropyWithLogits(
      Tensor input, Tensor target, Tensor weight, Reduction reduction, Tensor posWeight) {
    Checks.sameShape("binaryCrossEntropyWithLogits", "target", target, "input", input);
    Tensor logSigmoid = input.logsigmoid();
    Tensor positive =
        posWeight != null ? logSigmoid.mul(posWeight.sub(1).mul(target).add(1)) : logSigmoid;
    Tensor loss = input.mul(target.neg().add(1)).sub(positive);
    return reduce(
        "binaryCrossEntropyWithLogits", weight != null ? loss.mul(weight) : loss, reduction);
  }

  /** {@link #klDiv(Tensor, Tensor, Reduction, boolean)}, mean. PyTorch: {@code F.kl_div}. */
  public static Tensor klDiv(Tensor input, Tensor target) {
    return klDiv(input, target, Reduction.MEAN, false);
  }

  /** {@link #klDiv(Tensor, Tensor, Reduction, boolean)} for a target of probabilities. */
  public static Tensor klDiv(Tensor input, Tensor target, Reduction reduction) {
    return klDiv(input, target, reduction, false);
  }

  /**
   * The Kullback-Leibler divergence t·(log t − x), element by element. PyTorch: {@code F.kl_div}.
   *
   * @param input logarithms of probabilities
   * @param target probabilities, or their logarithms
   * @param reduction what becomes of the elements; BATCHMEAN is the mathematical divergence
   * @param logTarget whether the target is a logarithm
   * @return a scalar, or with NONE the common shape
   */
  public static Tensor klDiv(Tensor input, Tensor target, Reduction reduction, boolean logTarget) {
    Checks.broadcast("klDiv", input, target);
    Tensor loss =
        logTarget
            ? target.exp().mul(target.sub(input))
            : target.xlogy(target).sub(target.mul(input));
    return reduction == Reduction.BATCHMEAN && input.dim() > 0
        ? loss.sum().div(input.size(0))
        : reduce("klDiv", loss, reduction == Reduction.BATCHMEAN ? Reduction.SUM : reduction);
  }

  /**
   * {@link #softMarginLoss(Tensor, Tensor, Reduction)}, mean. PyTorch: {@code F.soft_margin_loss}.
   */
  public static Tensor softMarginLoss(Tensor input, Tensor target) {
    return softMarginLoss(input, target, Reduction.MEAN);
  }

  /**
   * log(1 + e^(−t·x)). PyTorch: {@code F.soft_margin_loss}.
   *
   * @param input scores
   * @param target 1 or −1
   * @return a scalar, or with NONE the common shape
   */
  public static Tensor softMarginLoss(Tensor input, Tensor target, Reduction reduction) {
    Checks.broadcast("softMarginLoss", input, target);
    return reduce("softMarginLoss", target.mul(input).logsigmoid().neg(), reduction);
  }

  /** {@link #multilabelSoftMarginLoss(Tensor, Tensor, Consumer)}, mean. */
  public static Tensor multilabelSoftMarginLoss(Tensor input, Tensor target) {
    return multilabelSoftMarginLoss(input, target, null, Reduction.MEAN);
  }

  /**
   * The {@link #binaryCrossEntropyWithLogits(Tensor, Tensor) binary cross-entropy} of each class,
   * averaged over the classes. PyTorch: {@code F.multilabel_soft_margin_loss}.
   *
   * @param input scores [*, C]
   * @param target 0 or 1 [*, C]
   * @param options weight, one factor a class, and reduction
   * @return a scalar, or with NONE [*]
   */
  public static Tensor multilabelSoftMarginLoss(
      Tensor input, Tensor target, Consumer<LossOptions> options) {
    var o = LossOptions.multilabelSoftMargin(options);
    return multilabelSoftMarginLoss(input, target, o.weight(), o.reduction());
  }

  static Tensor multilabelSoftMarginLoss(
      Tensor input, Tensor target, Tensor weight, Reduction reduction) {
    Checks.broadcast("multilabelSoftMarginLoss", input, target);
    Tensor loss =
        target.mul(input.logsigmoid()).add(target.neg().add(1).mul(input.neg().logsigmoid())).neg();
    Tensor weighted = weight != null ? loss.mul(weight) : loss;
    return reduce("multilabelSoftMarginLoss", weighted.sum(-1).div(input.size(-1)), reduction);
  }
}
