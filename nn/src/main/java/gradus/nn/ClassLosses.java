package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Consumer;

/** Losses of {@link F} for targets that are classes: cross-entropy and negative log-likelihood. */
public abstract sealed class ClassLosses extends BinaryLosses permits MarginLosses {
  /** {@link #crossEntropy(Tensor, Tensor, Consumer)}, mean. PyTorch: {@code F.cross_entropy}. */
  public static Tensor crossEntropy(Tensor input, Tensor target) {
    return crossEntropy(input, target, null, -100, Reduction.MEAN, 0);
  }

  /** {@link #crossEntropy(Tensor, Tensor, Consumer)} with a reduction. */
  public static Tensor crossEntropy(Tensor input, Tensor target, Reduction reduction) {
    return crossEntropy(input, target, null, -100, reduction, 0);
  }

  /**
   * The mean with a factor for each class. PyTorch: {@code F.cross_entropy(input, target, weight)}.
   */
  public static Tensor crossEntropy(Tensor input, Tensor target, Tensor weight) {
    return crossEntropy(input, target, given(weight, "weight"), -100, Reduction.MEAN, 0);
  }

  /**
   * −log softmax(x)[t]: how surprised the scores are by the class. PyTorch: {@code
   * F.cross_entropy}.
   *
   * <pre>{@code
   * var loss = F.crossEntropy(logits, Tensor.of(3, 0, 2), o -> o.ignoreIndex(-1));   // logits [3, 5]
   * }</pre>
   *
   * @param input scores [C], [N, C] or [N, C, d₁, …]
   * @param target INT64 classes [], [N] or [N, d₁, …]; or floating probabilities of the shape of
   *     the input
   * @param options weight [C], ignoreIndex, labelSmoothing and reduction, whose MEAN divides by the
   *     weights of the samples that count
   * @return a scalar, or with NONE the shape of the classes
   */
  public static Tensor crossEntropy(Tensor input, Tensor target, Consumer<LossOptions> options) {
    var o = LossOptions.crossEntropy(options);
    return crossEntropy(
        input, target, o.weight(), o.ignoreIndex(), o.reduction(), o.number("labelSmoothing", 0));
  }

  static Tensor crossEntropy(
      Tensor input,
      Tensor target,
      Tensor weight,
      long ignoreIndex,
      Reduction reduction,
      double labelSmoothing) {
    String op = "crossEntropy";
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw Checks.invalid(
          op,
          "labelSmoothing is " + labelSmoothing + ". label_smoothing must be between 0.0 and 1.0.");
    }
    if (given(input, "input").dim() == 0) {
      throw Checks.invalid(
          op, "input is a scalar. Scores need a dimension of classes: [C] or [N, C].");
    }
    Checks.floating(op, "input", input);
    ClassRows.checkWeight(op, weight, input.size(input.dim() == 1 ? 0 : 1));
    if (given(target, "target").shape().equals(input.shape()) && target.dtype().isFloatingPoint()) {
      if (ignoreIndex >= 0) {
        throw Checks.invalid(
            op,
            "ignoreIndex is %s for a target of probabilities %s. No class is left out there. Leave it out, or give classes by target.argmax(%s)."
                .formatted(ignoreIndex, target.shape(), input.dim() == 1 ? 0 : 1));
      }
      return probabilities(input, target, weight, reduction, labelSmoothing);
    }
    Tensor rows = ClassRows.of(op, input, target);
    Tensor classes = target.reshape(-1);
    Tensor loss;
    if (weight == null && labelSmoothing == 0) {
      loss = Tensor.crossEntropyRows(rows, classes, ignoreIndex);
    } else {
      return smoothed(rows.logSoftmax(1), target, weight, ignoreIndex, reduction, labelSmoothing);
    }
    return ClassRows.reduce(
        op, loss, ClassRows.counts(classes, ignoreIndex, input.dtype()), target.shape(), reduction);
  }

  private static Tensor smoothed(
      Tensor logProbabilities,
      Tensor target,
      Tensor weight,
      long ignoreIndex,
      Reduction reduction,
      double labelSmoothing) {
    Tensor classes = target.reshape(-1);
    int c = logProbabilities.size(1);
    Checks.classes("crossEntropy", target, c, ignoreIndex);
    Tensor scale = ClassRows.scales(classes, weight, ignoreIndex, logProbabilities.dtype());
    Tensor loss = ClassRows.pick(logProbabilities, classes, ignoreIndex).neg().mul(scale);
    if (labelSmoothing > 0) {
      Tensor ignored = classes.eq(ignoreIndex);
      Tensor spread = weight != null ? logProbabilities.mul(weight) : logProbabilities;
      Tensor smooth = spread.sum(1).neg().maskedFill(ignored, 0).mul(labelSmoothing / c);
      loss = loss.mul(1 - labelSmoothing).add(smooth);
    }
    return ClassRows.reduce("crossEntropy", loss, scale, target.shape(), reduction);
  }

  private static Tensor probabilities(
      Tensor input, Tensor target, Tensor weight, Reduction reduction, double labelSmoothing) {
    int dim = input.dim() == 1 ? 0 : 1;
    int c = input.size(dim);
    Tensor smooth =
        labelSmoothing > 0 ? target.mul(1 - labelSmoothing).add(labelSmoothing / c) : target;
    Tensor terms = input.logSoftmax(dim).mul(smooth);
    if (weight != null) {
      int[] shape = new int[input.dim()];
      Arrays.fill(shape, 1);
      shape[dim] = c;
      terms = terms.mul(weight.reshape(shape));
    }
    return switch (given(reduction, Reduction.class)) {
      case MEAN -> terms.sum().neg().div((double) input.numel() / c);
      default -> reduce("crossEntropy", terms.sum(dim).neg(), reduction);
    };
  }

  /** {@link #nllLoss(Tensor, Tensor, Consumer)}, mean. PyTorch: {@code F.nll_loss}. */
  public static Tensor nllLoss(Tensor input, Tensor target) {
    return nllLoss(input, target, null, -100, Reduction.MEAN);
  }

  /** {@link #nllLoss(Tensor, Tensor, Consumer)} with a reduction. */
  public static Tensor nllLoss(Tensor input, Tensor target, Reduction reduction) {
    return nllLoss(input, target, null, -100, reduction);
  }

  /**
   * −x[t] for logarithms of probabilities, such as {@link #logSoftmax} yields. PyTorch: {@code
   * F.nll_loss}.
   *
   * @param input logarithms of probabilities [C], [N, C] or [N, C, d₁, …]
   * @param target INT64 classes [], [N] or [N, d₁, …]
   * @param options weight [C], ignoreIndex, and reduction, whose MEAN divides by the weights of the
   *     samples that count
   * @return a scalar, or with NONE the shape of the target
   */
  public static Tensor nllLoss(Tensor input, Tensor target, Consumer<LossOptions> options) {
    var o = LossOptions.nll(options);
    return nllLoss(input, target, o.weight(), o.ignoreIndex(), o.reduction());
  }

  static Tensor nllLoss(
      Tensor input, Tensor target, Tensor weight, long ignoreIndex, Reduction reduction) {
    Checks.floating("nllLoss", "input", input);
    Tensor rows = ClassRows.of("nllLoss", input, target);
    Checks.classes("nllLoss", target, rows.size(1), ignoreIndex);
    ClassRows.checkWeight("nllLoss", weight, rows.size(1));
    Tensor classes = target.reshape(-1);
    Tensor scale = ClassRows.scales(classes, weight, ignoreIndex, input.dtype());
    Tensor loss = ClassRows.pick(rows, classes, ignoreIndex).neg().mul(scale);
    return ClassRows.reduce("nllLoss", loss, scale, target.shape(), reduction);
  }
}
