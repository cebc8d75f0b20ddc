package gradus.fuzz;

import gradus.nn.Attended;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What came out of a call, as tensors; or what was thrown.
 *
 * @param tensors copies of all tensors in the result
 * @param error null if there is a result
 */
record Outcome(List<Tensor> tensors, Throwable error) {
  static Outcome of(EntryPoint entry, List<Object> arguments) {
    Tensor.manualSeed(7);
    try {
      var out = new ArrayList<Tensor>();
      collect(entry.call(arguments), out, 0);
      out.replaceAll(t -> t.isSparse() ? t.toDense() : t.detach().clone());
      return new Outcome(out, null);
    } catch (Throwable e) {
      return new Outcome(List.of(), e);
    }
  }

  private static void collect(Object result, List<Tensor> out, int depth) throws Exception {
    switch (result) {
      case null -> {}
      case Tensor t when t.numel() > 10_000_000 -> {} // too large to be looked at twice
      case Tensor t -> out.add(t);
      case Optional<?> o -> collect(o.orElse(null), out, depth);
      case Collection<?> list -> {
        for (Object element : list) {
          collect(element, out, depth);
        }
      }
      case Number n -> out.add(Tensor.scalar(n.doubleValue()).to(DType.FLOAT64));
      case Attended attended -> out.add(attended.output()); // its weights are made on request
      case Record record when depth < 3 -> {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          if (component.getAccessor().trySetAccessible()) {
            collect(component.getAccessor().invoke(record), out, depth + 1);
          }
        }
      }
      default -> {}
    }
  }

  /** Of the sum of all results, each element by a weight of its own. */
  static Outcome gradients(EntryPoint entry, List<Object> arguments, UnaryOperator<Tensor> change) {
    Tensor.manualSeed(7);
    var leaves = new ArrayList<Tensor>();
    try {
      List<Object> inputs = Variants.mapped(arguments, t -> leaf(change.apply(t), leaves));
      var results = new ArrayList<Tensor>();
      collect(entry.call(inputs), results, 0);
      results.removeIf(t -> !t.dtype().isFloatingPoint() || !t.requiresGrad() || t.isSparse());
      for (Tensor result : results) {
        int n = result.numel();
        Tensor weights = Tensor.linspace(1, 2, n).to(result.dtype()).reshapeAs(result);
        result.mul(weights).sum().backward(true, false);
      }
      leaves.removeIf(leaf -> !leaf.hasGrad());
      var out = new ArrayList<Tensor>();
      for (Tensor leaf : leaves) {
        Tensor grad = leaf.grad();
        out.add(grad.isSparse() ? grad.toDense() : grad.detach().clone());
      }
      return new Outcome(out, null);
    } catch (Throwable e) {
      return new Outcome(List.of(), e);
    }
  }

  private static Tensor leaf(Tensor x, List<Tensor> leaves) {
    if (!x.dtype().isFloatingPoint()) {
      return x;
    }
    Tensor leaf = x.detach().requiresGrad(true);
    leaves.add(leaf);
    return leaf;
  }

  /** In what the other is not nearly the same; null if in nothing. */
  String difference(Outcome b, double tolerance) {
    if (b.error != null) {
      return "fails as a twin: " + b.error;
    }
    if (tensors.size() != b.tensors.size()) {
      return tensors.size() + " and " + b.tensors.size() + " results";
    }
    for (int i = 0; i < tensors.size(); i++) {
      Tensor x = tensors.get(i);
      Tensor y = b.tensors.get(i);
      if (!x.shape().equals(y.shape())) {
        return x.shape() + " and " + y.shape();
      }
      double[] p = x.toDoubleArray();
      double[] q = y.toDoubleArray();
      for (int j = 0; j < p.length; j++) {
        if (!close(p[j], q[j], tolerance)) {
          return "element " + j + " is " + p[j] + " and " + q[j];
        }
      }
    }
    return null;
  }

  private static boolean close(double p, double q, double tolerance) {
    return Double.compare(p, q) == 0
        || p == q
        || Math.abs(p - q) <= tolerance * Math.max(1, Math.max(Math.abs(p), Math.abs(q)));
  }
}
