package gradus.nn.functional;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.DType;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import gradus.tensor.spi.OpName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the functions check before they start, and the texts of what they refuse. */
public final class Checks {
  private static final System.Logger LOG = System.getLogger(Checks.class.getName());

  /** The shapes that were warned of, each once. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private static final int MOST_WARNINGS = 100;

  private Checks() {}

  public static double probability(String op, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          OpName.of(op) + ": p is " + p + ". A probability has to be between 0 and 1.");
    }
    return p;
  }

  /** Scores and the like are real numbers. */
  public static void floating(String op, String argument, Tensor x) {
    if (!given(x, argument).dtype().isFloatingPoint()) {
      throw new IllegalArgumentException(
          "%s: %s must be FLOAT32 or FLOAT64 but is %s. Use x.toFloat()."
              .formatted(OpName.of(op), argument, x.dtype()));
    }
  }

  /** Ids of rows and the like are whole numbers. */
  static void ids(String op, String argument, Tensor x) {
    if (given(x, argument).dtype() != DType.INT64 && x.dtype() != DType.INT32) {
      throw new IllegalArgumentException(
          "%s: %s must be INT64 but is %s. Use Tensor.of(1, 2, 3) or x.toLong()."
              .formatted(op, argument, x.dtype()));
    }
  }

  public static void sameShape(String op, String a, Tensor x, String b, Tensor y) {
    if (!given(x, a).shape().equals(given(y, b).shape())) {
      throw new IllegalArgumentException(
          "%s: %s is %s but %s is %s. Both must have the same shape."
              .formatted(OpName.of(op), a, x.shape(), b, y.shape()));
    }
  }

  /** The two broadcast; said before an op inside finds out. */
  public static void broadcast(String op, Tensor a, Tensor b) {
    Shape.broadcast(op, given(a).shape(), given(b).shape());
  }

  /**
   * Prediction and target, which are compared element by element: shapes that only broadcast are
   * taken, as in PyTorch, but hardly meant.
   */
  public static void pairs(String op, Tensor input, Tensor target) {
    broadcast(op, input, target);
    if (!input.shape().equals(target.shape())) {
      String shapes = op + ": input " + input.shape() + " and target " + target.shape();
      if (WARNED.size() < MOST_WARNINGS && WARNED.add(shapes)) {
        LOG.log(
            System.Logger.Level.WARNING,
            ("%s differ and are broadcast: each element is compared with several. Give both "
                    + "one shape, such as target.viewAs(input).")
                .formatted(shapes));
      }
    }
  }

  public static void longTarget(String op, Tensor target) {
    if (given(target).dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          ("%s: target must be INT64 but is %s. It holds class indices. Use Tensor.of(1, 2, "
                  + "3) or x.toLong().")
              .formatted(OpName.of(op), target.dtype()));
    }
  }

  /** Every class index lies in the classes or is the ignored one. */
  public static void classes(String op, Tensor target, int classes, long ignoreIndex) {
    long[] ids = target.toLongArray();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != ignoreIndex && (ids[i] < 0 || ids[i] >= classes)) {
        throw new IndexOutOfBoundsException(
            "%s: target %s at position %s is outside the %s classes; valid are 0..%s."
                .formatted(
                    OpName.of(op), ids[i], position(i, target.shape()), classes, classes - 1));
      }
    }
  }

  private static Shape position(int flat, Shape shape) {
    int[] position = new int[shape.rank()];
    int rest = flat;
    for (int d = position.length - 1; d >= 0; d--) {
      position[d] = rest % shape.size(d);
      rest /= shape.size(d);
    }
    return Shape.of(position);
  }

  public static IllegalArgumentException invalid(String op, String text) {
    return new IllegalArgumentException(OpName.of(op) + ": " + text);
  }
}
