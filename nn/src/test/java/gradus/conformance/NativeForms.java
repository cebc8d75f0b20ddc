package gradus.conformance;

import gradus.nn.F;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
}
