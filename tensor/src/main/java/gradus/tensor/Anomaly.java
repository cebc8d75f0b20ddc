package gradus.tensor;

import gradus.tensor.spi.OpName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at results for NaN, and tells of the first: which op, called where, at which place, and
 * what came in. PyTorch: {@code torch.autograd.detect_anomaly}.
 */
final class Anomaly {
  private Anomaly() {}

  /** Refuses a result that holds NaN. */
  static void check(Op op, Tensor result, Tensor... inputs) {
    int at = moves(op) ? -1 : firstNaN(result);
    if (at < 0) {
      return;
    }
    boolean came = false;
    var about = new ArrayList<String>();
    for (int i = 0; i < inputs.length; i++) {
      came |= firstNaN(inputs[i]) >= 0;
      about.addAll(described("input " + i, inputs[i], result.shape(), at));
    }
    throw new IllegalStateException(
        "%s: the result %s of %s%s is NaN at %s. %s %s"
            .formatted(
                OpName.of(Elementwise.label(op)),
                result.shape(),
                op.name(),
                line(Optional.ofNullable(Node.caller()).map(f -> f.toStackTraceElement())),
                result.shape().position(at),
                String.join(" ", about),
                came
                    ? "It did not arise here. Look at the data, and at what was computed outside of detectAnomaly()."
                    : "No input was NaN. Keep them where the op is defined: clamp(min, max), or add a small number."));
  }

  /** Whether an op only takes elements elsewhere: data may hold NaN that nobody computes with. */
  private static boolean moves(Op op) {
    return switch (op) {
      case Op.ViewOp _, Op.CopySlices _, Op.Place _, Op.Cast _, Op.Clone _, Op.Copy _ -> true;
      case Op.Fill _, Op.Where _, Op.Gather _, Op.Scatter _, Op.IndexSelect _ -> true;
      case Op.Embedding _, Op.Cat _, Op.Flip _, Op.Triangle _ -> true;
      default -> false;
    };
  }

  /** The gradient of an input, or an error if there is NaN in it. */
  static Tensor checkedGradient(Node node, int input, Tensor gradient, Supplier<Tensor> recipe) {
    Tensor share;
    try (var _ = GradMode.detectAnomaly(false)) {
      share = recipe.get();
    }
    int at = share == null ? -1 : firstNaN(share);
    if (at < 0) {
      return share;
    }
    var about =
        new ArrayList<>(described("the gradient that came in", gradient, share.shape(), at));
    List<Tensor> inputs = node.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      about.addAll(described("input " + i, inputs.get(i), share.shape(), at));
    }
    node.value().ifPresent(y -> about.addAll(described("its result", y, share.shape(), at)));
    throw new IllegalStateException(
        "backward: the gradient %s of input %s of %s%s is NaN at %s. %s %s"
            .formatted(
                share.shape(),
                input,
                node.op().name(),
                line(node.source()),
                share.shape().position(at),
                String.join(" ", about),
                firstNaN(gradient) >= 0
                    ? "It did not arise here. Look at the gradient that backward began with, and at hooks."
                    : "The slope is not finite there. Keep the inputs away from such places: clamp(min, max), or add a"
                        + " small number; where() comes too late, 0 times infinity is NaN."));
  }

  /** The first element that is NaN, counted row by row; -1 if there is none. */
  private static int firstNaN(Tensor x) {
    if (!x.dtype().isFloatingPoint() || x.isSparse()) {
      return -1;
    }
    double[] values = Dense.doubles(x);
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /** What numbers a tensor holds, and which at the place of interest if it is of that shape. */
  private static List<String> described(String name, Tensor x, Shape shape, int at) {
    if (!x.dtype().isFloatingPoint() || x.isSparse()) {
      return List.of();
    }
    String start = Character.toUpperCase(name.charAt(0)) + name.substring(1) + " " + x.shape();
    int first = firstNaN(x);
    if (first >= 0) {
      return List.of("%s is NaN already at %s.".formatted(start, x.shape().position(first)));
    }
    double[] values = Dense.doubles(x);
    if (values.length == 0) {
      return List.of(start + " is empty.");
    }
    double least = values[0];
    double greatest = values[0];
    for (double value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    String there = x.shape().equals(shape) ? ", %s there".formatted(number(values[at])) : "";
    return List.of("%s has %s to %s%s.".formatted(start, number(least), number(greatest), there));
  }

  private static String number(double value) {
    return String.valueOf((float) value);
  }

  private static String line(Optional<StackTraceElement> source) {
    return source.map(s -> " at %s:%s".formatted(s.getFileName(), s.getLineNumber())).orElse("");
  }
}
