package gradus.fuzz;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The arguments of a call once more: copied, or changed into what must give the same. */
final class Variants {
  private Variants() {}

  /** As a fault tells them. */
  static String shown(List<Object> arguments) {
    var out = new ArrayList<String>();
    for (Object argument : arguments) {
      out.add(
          switch (argument) {
            case null -> "null";
            case Tensor t -> t.dtype() + "" + t.shape() + (t.isContiguous() ? "" : "~");
            case int[] a -> Arrays.toString(a);
            case long[] a -> Arrays.toString(a);
            case double[] a -> Arrays.toString(a);
            case float[] a -> Arrays.toString(a);
            case Object[] a -> Arrays.deepToString(a).replaceAll("\\s+", " ");
            default -> argument.toString().replaceAll("\\s+", " ");
          });
    }
    return out.toString();
  }

  /** The arguments, tensors cloned. */
  static List<Object> copies(List<Object> arguments) {
    return mapped(arguments, t -> t);
  }

  /** The arguments, tensors cloned (views keep their strides) and then changed. */
  static List<Object> mapped(List<Object> arguments, UnaryOperator<Tensor> change) {
    UnaryOperator<Tensor> each = t -> t == null ? null : change.apply(copy(t));
    var out = new ArrayList<Object>();
    for (Object argument : arguments) {
      out.add(
          switch (argument) {
            case Tensor t -> each.apply(t);
            case Tensor[] array -> Arrays.stream(array).map(each).toArray(Tensor[]::new);
            case List<?> list -> list.stream().map(t -> each.apply((Tensor) t)).toList();
            case Optional<?> o when o.orElse(null) instanceof Tensor t ->
                Optional.of(each.apply(t));
            case null, default -> argument;
          });
    }
    return out;
  }

  /** A copy that lies in memory as its model does, for calls that write. */
  private static Tensor copy(Tensor t) {
    if (t.isContiguous()) {
      return t.clone();
    }
    if (t.dim() > 1 && t.transpose(0, -1).isContiguous()) {
      return t.transpose(0, -1).clone().transpose(0, -1).detach();
    }
    Tensor once = t;
    for (int d = 0; d < t.dim(); d++) {
      if (t.stride(d) == 0 && t.size(d) > 1) {
        once = once.narrow(d, 0, 1);
      }
    }
    return once == t ? Arguments.spread(t) : once.clone().detach().expand(t.shape().toArray());
  }

  /** Its rows are constant: they may lie where an op bends, such as the deviation at 0. */
  static boolean hasExpanded(List<Object> arguments) {
    for (Object argument : arguments) {
      for (int d = 0; argument instanceof Tensor t && d < t.dim(); d++) {
        if (t.stride(d) == 0 && t.size(d) > 1) {
          return true;
        }
      }
    }
    return false;
  }

  /** Added to a small one or taken as a power it leaves few digits, or none, in FLOAT32. */
  static boolean hasExtremeNumber(List<Object> arguments) {
    return arguments.stream()
        .filter(Number.class::isInstance)
        .mapToDouble(a -> Math.abs(((Number) a).doubleValue()))
        .anyMatch(size -> size > 1e3 || size > 0 && size < 0.05);
  }

  /** In FLOAT64, and off by a little. */
  static Tensor wide(Tensor t, double off) {
    return t.dtype() == DType.FLOAT32 ? t.to(DType.FLOAT64).mul(1 + off).add(off) : t;
  }
}
