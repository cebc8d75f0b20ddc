package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.Arrays;

/**
 * Scores and classes as rows: [N, C, d₁, …] becomes [N·d₁·…, C], so that one formula serves all
 * shapes.
 */
final class ClassRows {
  private ClassRows() {}

  /** The scores as rows [M, C], after checking that the target [M…] fits. */
  static Tensor of(String op, Tensor input, Tensor target) {
    if (input.dim() > 0
        && given(target).shape().equals(input.shape())
        && !target.dtype().isFloatingPoint()) {
      boolean takesShares = op.equals("crossEntropy");
      throw Checks.invalid(
          op,
          ("target %s%s has the shape of the input, as one-hot classes have. %s stand "
                  + "without the dimension of classes. Use %starget.argmax(%s).")
              .formatted(
                  target.dtype(),
                  target.shape(),
                  takesShares ? "Probabilities are floating, classes" : "Classes",
                  takesShares ? "target.toFloat() or " : "",
                  input.dim() == 1 ? 0 : 1));
    }
    Checks.longTarget(op, target);
    int dim = input.dim() == 1 ? 0 : 1;
    if (input.dim() == 0 || !Shape.of(withoutClasses(input, dim)).equals(target.shape())) {
      throw Checks.invalid(
          op,
          ("input %s and target %s do not fit. The target has the shape of the input "
                  + "without its dimension of classes: [N, C] goes with [N].%s")
              .formatted(input.shape(), target.shape(), classesLast(input, target)));
    }
    return input.dim() == 1
        ? input.unsqueeze(0)
        : input.movedim(1, -1).reshape(target.numel(), input.size(1));
  }

  /** What helps where the classes are the last dimension instead of the second. */
  private static String classesLast(Tensor input, Tensor target) {
    if (input.dim() < 3
        || !Shape.of(withoutClasses(input, input.dim() - 1)).equals(target.shape())) {
      return "";
    }
    return " The classes are dimension 1, here they come last. Use input.view(-1, "
        + input.size(-1)
        + ") and target.view(-1).";
  }

  private static int[] withoutClasses(Tensor input, int dim) {
    int[] sizes = input.shape().toArray();
    int[] rest = Arrays.copyOf(sizes, sizes.length - 1);
    System.arraycopy(sizes, dim + 1, rest, dim, rest.length - dim);
    return rest;
  }

  /** Each row's element at its class [M]; 0 for an ignored row. */
  static Tensor pick(Tensor rows, Tensor classes, long ignoreIndex) {
    Tensor ignored = classes.eq(ignoreIndex);
    Tensor safe = classes.maskedFill(ignored, 0);
    return rows.gather(1, safe.unsqueeze(1)).squeeze(1).maskedFill(ignored, 0);
  }

  /** 1 for each row that counts, 0 for an ignored one [M]. */
  static Tensor counts(Tensor classes, long ignoreIndex, DType dtype) {
    return classes.ne(ignoreIndex).to(dtype);
  }

  /** The weight is one factor for each class [C], or null for none. */
  static void checkWeight(String op, Tensor weight, int classes) {
    if (weight != null && !weight.shape().equals(Shape.of(classes))) {
      throw Checks.invalid(
          op,
          "weight is %s for %s classes. It must hold one factor for each of them [%s]. Use 1 for a class that counts as it is."
              .formatted(weight.shape(), classes, classes));
    }
  }

  /** The weight of each row's class, 0 for an ignored one [M]. */
  static Tensor scales(Tensor classes, Tensor weight, long ignoreIndex, DType dtype) {
    Tensor counts = counts(classes, ignoreIndex, dtype);
    if (weight == null) {
      return counts;
    }
    Tensor safe = classes.maskedFill(classes.eq(ignoreIndex), 0);
    return weight.indexSelect(0, safe).mul(counts);
  }

  /** The losses [M] reduced, or in the target's shape; the mean is over the weights. */
  static Tensor reduce(String op, Tensor loss, Tensor scale, Shape shape, Reduction reduction) {
    return switch (given(reduction, Reduction.class)) {
      case NONE -> loss.reshape(shape.toArray());
      case MEAN -> loss.sum().div(scale.sum());
      default -> RegressionLosses.reduce(op, loss, reduction);
    };
  }
}
