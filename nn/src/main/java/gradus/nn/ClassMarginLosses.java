package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Losses of {@link F} that want the scores of right classes to exceed those of wrong ones by a
 * margin.
 */
public abstract sealed class ClassMarginLosses extends MarginLosses permits F {
  /** {@link #multiMarginLoss(Tensor, Tensor, Consumer)} with PyTorch's defaults. */
  public static Tensor multiMarginLoss(Tensor input, Tensor target) {
    return multiMarginLoss(input, target, 1, 1, null, Reduction.MEAN);
  }

  /**
   * Σ max(0, margin − x[t] + x[i])ᵖ / C over the wrong classes i. PyTorch: {@code
   * F.multi_margin_loss}.
   *
   * @param input scores [N, C] or [C]
   * @param target classes [N], or [] or [1]
   * @param options p, 1 or 2; margin; weight [C]; and reduction
   * @return a scalar, or with NONE the shape of the target
   */
  public static Tensor multiMarginLoss(Tensor input, Tensor target, Consumer<LossOptions> options) {
    var o = LossOptions.multiMargin(options);
    return multiMarginLoss(
        input, target, o.number("p", 1), o.number("margin", 1), o.weight(), o.reduction());
  }

  static Tensor multiMarginLoss(
      Tensor input, Tensor target, double p, double margin, Tensor weight, Reduction reduction) {
    if (p != 1 && p != 2) {
      throw Checks.invalid("multiMarginLoss", "p is " + p + ". only p == 1 and p == 2 supported.");
    }
    Checks.longTarget("multiMarginLoss", target);
    Tensor rows = given(input, "input").dim() < 2 ? input.reshape(1, -1) : input;
    int c = rows.size(1);
    Checks.classes("multiMarginLoss", target, c, Long.MIN_VALUE);
    Tensor index = target.reshape(-1, 1);
    Tensor hinge = rows.sub(rows.gather(1, index)).add(margin).relu(); // no slope at 0
    Tensor terms = p == 1 ? hinge : hinge.square();
    if (weight != null) {
      terms = terms.mul(weight.indexSelect(0, target.reshape(-1)).unsqueeze(1));
    }
    Tensor loss = terms.maskedFill(oneHot(target.reshape(-1), c).to(DType.BOOL), 0).sum(1).div(c);
    return reduction == Reduction.NONE
        ? loss.reshape(target.shape().toArray())
        : reduce("multiMarginLoss", loss, reduction);
  }

  /**
   * {@link #multilabelMarginLoss(Tensor, Tensor, Reduction)}, mean. PyTorch: {@code
   * F.multilabel_margin_loss}.
   */
  public static Tensor multilabelMarginLoss(Tensor input, Tensor target) {
    return multilabelMarginLoss(input, target, Reduction.MEAN);
  }

  /**
   * Σ max(0, 1 − x[j] + x[i]) / C over right classes j and wrong classes i. PyTorch: {@code
   * F.multilabel_margin_loss}.
   *
   * @param input scores [N, C] or [C]
   * @param target the right classes first, then −1: the shape of the input
   * @return a scalar, or with NONE [N]
   */
  public static Tensor multilabelMarginLoss(Tensor input, Tensor target, Reduction reduction) {
    Checks.longTarget("multilabelMarginLoss", target);
    Checks.sameShape("multilabelMarginLoss", "target", target, "input", input);
    int c = input.dim() == 0 ? 1 : input.size(-1);
    Checks.classes("multilabelMarginLoss", target, c, -1);
    Tensor rows = input.reshape(-1, c);
    Labels labels = Labels.of(target.reshape(-1, c));
    Tensor right = rows.gather(1, labels.classes()).unsqueeze(2);
    Tensor hinge = rows.unsqueeze(1).sub(right).add(1).relu(); // no slope at 0
    Tensor terms =
        hinge
            .maskedFill(labels.unused().unsqueeze(2), 0)
            .maskedFill(labels.right().unsqueeze(1), 0);
    Tensor loss = terms.sum(new int[] {1, 2}, false).div(c);
    return reduction == Reduction.NONE
        ? loss.reshape(input.dim() < 2 ? new int[0] : new int[] {rows.size(0)})
        : reduce("multilabelMarginLoss", loss, reduction);
  }

  /**
   * Which classes are right.
   *
   * @param classes the class in each place, 0 where there is none [N, C]
   * @param unused BOOL, true for each place from the first −1 on [N, C]
   * @param right BOOL, true for each class that is right [N, C]
   */
  private record Labels(Tensor classes, Tensor unused, Tensor right) {
    static Labels of(Tensor target) {
      int rows = target.size(0);
      int c = target.size(1);
      long[] classes = target.toLongArray();
      long[] unused = new long[classes.length];
      long[] right = new long[classes.length];
      for (int r = 0; r < rows; r++) {
        boolean ended = false;
        for (int k = r * c; k < (r + 1) * c; k++) {
          ended |= classes[k] < 0;
          if (ended) {
            classes[k] = 0;
            unused[k] = 1;
          } else {
            right[Math.toIntExact(r * c + classes[k])] = 1;
          }
        }
      }
      return new Labels(
          shaped(classes, rows, c), shaped(unused, rows, c).gt(0), shaped(right, rows, c).gt(0));
    }

    private static Tensor shaped(long[] values, int rows, int c) {
      return Tensor.of(values).reshape(rows, c);
    }
  }
}
