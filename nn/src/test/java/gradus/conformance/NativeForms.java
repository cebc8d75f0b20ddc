package gradus.conformance;

import gradus.nn.F;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions below PyTorch's public ones, told by the public ones. */
final class NativeForms {
  private NativeForms() {}

  /** {@code native_batch_norm}: the result, and the mean and 1/deviation it was made by. */
  static List<Tensor> batchNorm(List<?> a) {
    Tensor x = (Tensor) a.get(0);
    boolean training = (Boolean) a.get(5);
    double eps = ((Number) a.get(7)).doubleValue();
    var out = new ArrayList<Tensor>();
    out.add(
        F.batchNorm(
            x,
            (Tensor) a.get(3),
            (Tensor) a.get(4),
            (Tensor) a.get(1),
            (Tensor) a.get(2),
            training,
            ((Number) a.get(6)).doubleValue(),
            eps));
    if (training) {
      int[] others = new int[x.dim() - 1];
      Arrays.setAll(others, i -> i == 0 ? 0 : i + 1);
      out.add(x.mean(others, false));
      out.add(x.var(others, 0, false).add(eps).rsqrt());
    } else {
      DType dtype = x.dtype();
      out.add(Tensor.zeros(dtype, 0));
      out.add(Tensor.zeros(dtype, 0));
    }
    return out;
  }

  /** A pooling that gives the places of the maxima too has a name of its own. */
  static Object maxPool(String op, List<?> args, Map<String, Object> kwargs) {
    var named = new HashMap<>(kwargs);
    var rest = new ArrayList<Object>(args);
    boolean adaptive = op.contains("adaptive");
    Object places = named.remove("return_indices");
    if (adaptive && rest.size() > 2) {
      places = rest.remove(2);
    }
    String name = Binder.camel(op.substring("nn.functional.".length()));
    String wanted = Boolean.TRUE.equals(places) ? name + "WithIndices" : name;
    return Binder.best(Binder.methods(F.class, wanted, true), rest, named)
        .orElseThrow(() -> new Unsupported("F." + wanted))
        .invoke(null);
  }

  /** {@code native_layer_norm}: the result, and the mean and 1/deviation it was made by. */
  static List<Tensor> layerNorm(List<?> a) {
    Tensor x = (Tensor) a.get(0);
    int[] shape = Golden.ints(a.get(1) instanceof Golden.Tuple t ? t.items() : (List<?>) a.get(1));
    double eps = ((Number) a.get(4)).doubleValue();
    var weight = (Tensor) a.get(2);
    var bias = (Tensor) a.get(3);
    Tensor out = F.layerNorm(x, shape, weight, bias, eps);
    int[] last = new int[shape.length];
    Arrays.setAll(last, i -> x.dim() - shape.length + i);
    Tensor mean = x.mean(last, true);
    return List.of(out, mean, x.var(last, 0, true).add(eps).rsqrt());
  }
}
