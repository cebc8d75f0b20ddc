package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.matmul.MatMul;
import java.util.List;

/** The linear map {@code x·Wᵀ + b} as one op: nothing is transposed, and the bias costs no pass. */
final class LinearOps {
  private LinearOps() {}

  static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
    check(x, weight, bias);
    int[] sizes = x.shape().toArray();
    sizes[sizes.length - 1] = weight.size(0);
    Shape shape = Shape.wrap(sizes);
    Tensor out;
    if (x.dtype() == DType.FLOAT32 && shape.numel() > 0 && weight.size(1) > 0) {
      out = Dense.of(product(matrix(x), weight, bias, shape.numel()), shape);
    } else {
      try (var _ = GradMode.noGrad()) {
        Tensor product = x.matmul(weight.t());
        out = (bias == null ? product : product.add(bias)).detach();
      }
    }
    return bias == null
        ? Tensor.record(new Op.Linear(), out, x, weight)
        : Tensor.record(new Op.Linear(), out, x, weight, bias);
  }

  private static float[] product(Tensor x, Tensor weight, Tensor bias, int size) {
    int m = x.size(0);
    int k = x.size(1);
    int n = weight.size(0);
    float[] a = Dense.array(x);
    float[] b = Dense.array(weight);
    float[] c = ArrayPool.floats(size);
    int aRow = x.strides[0];
    int aCol = x.strides[1];
    int bRow = weight.strides[1];
    int bCol = weight.strides[0];
    boolean plainBias = bias == null || bias.strides[0] == 1;
    if (m >= PackedWeight.ROWS && plainBias && PackedWeight.suits(weight)) {
      float[] packed = PackedWeight.of(weight);
      float[] d = bias == null ? null : Dense.array(bias);
      int at = bias == null ? 0 : bias.offset;
      MatMul.withPacked(
          m, n, k, a, x.offset, aRow, aCol, b, weight.offset, bRow, bCol, packed, d, at, c);
    } else if (bias == null) {
      MatMul.gemm(m, n, k, a, x.offset, aRow, aCol, b, weight.offset, bRow, bCol, c, 0, n, false);
    } else {
      float[] d = Dense.array(bias);
      int at = bias.offset;
      int step = bias.strides[0];
      MatMul.affine(
          m, n, k, a, x.offset, aRow, aCol, b, weight.offset, bRow, bCol, d, at, step, c, 0, n);
    }
    return c;
  }

  /**
   * The gradients of weight and bias, {@code gᵀ·x} and the column sums of g, in one pass over g.
   */
  static List<Tensor> grad(Tensor g, Tensor x) {
    int n = g.size(1);
    int m = x.size(1);
    int row = g.strides[1];
    int col = g.strides[0];
    boolean kernel = g.dtype() == DType.FLOAT32 && g.numel() > 0;
    if (GradMode.isEnabled() || !kernel || !MatMul.sumsRows(n, m, row, col)) {
      return List.of(g.t().matmul(x), g.sum(0));
    }
    float[] weight = ArrayPool.floats(n * m);
    float[] bias = ArrayPool.floats(n);
    float[] a = Dense.array(g);
    float[] b = Dense.array(x);
    MatMul.gemmAndRowSums(
        n,
        m,
        g.size(0),
        a,
        g.offset,
        row,
        col,
        b,
        x.offset,
        x.strides[0],
        x.strides[1],
        weight,
        bias);
    return List.of(Dense.of(weight, Shape.of(n, m)), Dense.of(bias, Shape.of(n)));
  }

  /** The leading dimensions as one: a view where the strides allow it. */
  private static Tensor matrix(Tensor x) {
    if (x.dim() == 2) {
      return x;
    }
    try (var _ = GradMode.noGrad()) {
      int k = x.size(-1);
      return x.detach().reshape(x.numel() / k, k);
    }
  }

  private static void check(Tensor x, Tensor weight, Tensor bias) {
    given(x, "input");
    given(weight, "weight");
    if (weight.dim() != 2 || x.dim() == 0 || x.size(-1) != weight.size(1)) {
      throw Errors.invalid(
          "linear",
          ("input %s and weight %s do not fit. The input must be [*, in] and the weight "
                  + "[out, in].")
              .formatted(x.shape(), weight.shape()));
    }
    if (bias != null && (bias.dim() != 1 || bias.size(0) != weight.size(0))) {
      throw Errors.invalid(
          "linear",
          "bias %s and weight %s do not fit. The bias must be [out], the weight [out, in]."
              .formatted(bias.shape(), weight.shape()));
    }
    for (Tensor p : bias == null ? new Tensor[] {weight} : new Tensor[] {weight, bias}) {
      if (p.dtype() != x.dtype()) {
        throw Errors.invalid(
            "linear",
            ("input %s%s and parameter %s%s differ in dtype. Both must have one. Use "
                    + "x.to(DType.%s).")
                .formatted(x.dtype(), x.shape(), p.dtype(), p.shape(), p.dtype()));
      }
    }
  }
}
