package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.matmul.MatMul;
import java.util.Arrays;

/**
 * How matrix products run: FLOAT32 on the blocked kernel, strides and all; anything else by three
 * plain loops.
 */
final class MatMulOps {
  private MatMulOps() {}

  static void rank(String op, Tensor a, int ra, Tensor b, int rb) {
    given(b);
    if (a.dim() != ra || b.dim() != rb) {
      throw Errors.matmul(
          op,
          a.shape(),
          b.shape(),
          "needs " + ra + " and " + rb + " dimensions, got " + a.dim() + " and " + b.dim() + ".");
    }
  }

  /**
   * {@code beta · x + alpha · product}; with beta 0, x is not looked at, so that its NaN do not
   * spread.
   */
  static Tensor affine(Tensor x, Tensor product, Number beta, Number alpha) {
    Number a = Elementwise.inCategory(alpha, product.dtype());
    Number b = Elementwise.inCategory(beta, product.dtype());
    Tensor scaled = a.doubleValue() == 1 ? product : times(product, a);
    if (!Shape.broadcast("add", x.shape(), product.shape()).equals(product.shape())) {
      throw Errors.invalid(
          "addmm",
          "%s does not expand to the product %s. It must broadcast to it."
              .formatted(x.shape(), product.shape()));
    }
    if (b.doubleValue() == 0) {
      return scaled;
    }
    return (b.doubleValue() == 1 ? x : times(x, b)).add(scaled);
  }

  /** Truth values stay truth values: times 0 is false, anything else leaves them. */
  private static Tensor times(Tensor x, Number factor) {
    return x.dtype() == DType.BOOL ? x.logicalAnd(Tensor.wrap(factor)) : x.mul(factor);
  }

  static Tensor matmul(String op, Tensor a, Tensor b) {
    if (a.dtype() != given(b).dtype()) {
      DType common = DType.promote(a.dtype(), b.dtype());
      DType cure =
          a.dtype().isFloatingPoint() && b.dtype().isFloatingPoint() ? DType.FLOAT32 : common;
      throw Errors.matmul(
          op,
          a.shape(),
          b.shape(),
          "dtypes %s and %s differ. Convert one: x.to(DType.%s)."
              .formatted(a.dtype(), b.dtype(), cure));
    }
    if (a.dim() == 0 || b.dim() == 0) {
      throw Errors.matmul(op, a.shape(), b.shape(), "a factor is a scalar []. Use mul(...).");
    }
    Tensor x = a.dim() == 1 ? a.unsqueeze(0) : a;
    Tensor y = b.dim() == 1 ? b.unsqueeze(1) : b;
    if (x.size(-1) != y.size(-2)) {
      throw mismatch(op, a, b, x, y);
    }
    Tensor out = batched(op, x, y);
    out = a.dim() == 1 ? out.squeeze(-2) : out;
    return b.dim() == 1 ? out.squeeze(-1) : out;
  }

  private static IllegalArgumentException mismatch(
      String op, Tensor a, Tensor b, Tensor x, Tensor y) {
    String cure = "";
    if (b.dim() > 1 && y.size(-1) == x.size(-1)) {
      cure = b.dim() == 2 ? " Did you mean b.transpose(0, 1)?" : " Did you mean b.mT()?";
    } else if (a.dim() > 1 && x.size(-2) == y.size(-2)) {
      cure = a.dim() == 2 ? " Did you mean a.transpose(0, 1)?" : " Did you mean a.mT()?";
    }
    return Errors.matmul(
        op,
        a.shape(),
        b.shape(),
        "inner sizes " + x.size(-1) + " and " + y.size(-2) + " differ." + cure);
  }

  private static Tensor batched(String op, Tensor x, Tensor y) {
    if (x.dim() == 2 && y.dim() == 2) {
      return multiply(x, y);
    }
    Shape batch;
    if (x.dim() > 2 && y.dim() == 2) {
      int[] sizes = x.shape().toArray();
      sizes[sizes.length - 1] = y.size(1);
      int rows =
          x.size(-1) == 0
              ? Shape.of(Arrays.copyOf(sizes, sizes.length - 1)).numel()
              : x.numel() / x.size(-1);
      return multiply(x.reshape(rows, x.size(-1)), y).reshape(sizes);
    }
    try {
      batch = Shape.broadcast(op, lead(x), lead(y));
    } catch (IllegalArgumentException e) {
      throw Errors.matmul(
          op,
          x.shape(),
          y.shape(),
          "batch sizes " + lead(x) + " and " + lead(y) + " do not broadcast.");
    }
    return multiply(spread(x, batch), spread(y, batch));
  }

  private static Shape lead(Tensor x) {
    return Shape.of(Arrays.copyOf(x.shape().raw(), x.dim() - 2));
  }

  private static Tensor spread(Tensor x, Shape batch) {
    int[] sizes = Arrays.copyOf(batch.raw(), batch.rank() + 2);
    sizes[batch.rank()] = x.size(-2);
    sizes[batch.rank() + 1] = x.size(-1);
    return Shape.of(sizes).equals(x.shape()) ? x : x.expand(sizes);
  }

  /** Both of the same rank and batch sizes. */
  private static Tensor multiply(Tensor x, Tensor y) {
    int rank = x.dim();
    int m = x.size(-2);
    int k = x.size(-1);
    int n = y.size(-1);
    int[] sizes = x.shape().toArray();
    sizes[rank - 1] = n;
    Shape shape = Shape.wrap(sizes);
    int[] xs = {x.strides[rank - 2], x.strides[rank - 1]};
    int[] ys = {y.strides[rank - 2], y.strides[rank - 1]};
    int[] xo = starts(x);
    int[] yo = starts(y);
    Tensor out;
    if (x.dtype() == DType.FLOAT32) {
      int size = shape.numel();
      float[] c = k > 0 ? ArrayPool.floats(size) : ArrayPool.zeros(size);
      if (size > 0 && k > 0) {
        if (xo.length == 1) {
          MatMul.gemm(
              m,
              n,
              k,
              Dense.array(x),
              xo[0],
              xs[0],
              xs[1],
              Dense.array(y),
              yo[0],
              ys[0],
              ys[1],
              c,
              0,
              n,
              false);
        } else {
          int[] co = new int[xo.length];
          Arrays.setAll(co, i -> i * m * n);
          MatMul.batched(
              xo,
              yo,
              co,
              m,
              n,
              k,
              Dense.array(x),
              xs[0],
              xs[1],
              Dense.array(y),
              ys[0],
              ys[1],
              c,
              n,
              false);
        }
      }
      out = Dense.of(c, shape);
    } else {
      out = new Tensor(Storage.allocate(x.dtype(), shape.numel()), x.dtype(), shape);
      for (int i = 0; i < xo.length && shape.numel() > 0; i++) {
        reference(x, xo[i], xs, y, yo[i], ys, out.storage, i * m * n, m, n, k);
      }
    }
    return Tensor.record(new Op.MatMul(), out, x, y);
  }

  /** Where each matrix of a batch begins. */
  static int[] starts(Tensor x) {
    if (x.dim() == 2) {
      return new int[] {x.offset};
    }
    Tensor lead =
        new Tensor(
            x.storage,
            x.dtype(),
            Shape.of(Arrays.copyOf(x.shape().raw(), x.dim() - 2)),
            Arrays.copyOf(x.strides, x.dim() - 2),
            x.offset);
    int[] starts = new int[lead.numel()];
    Dense.forEach(lead, (i, at) -> starts[i] = at);
    return starts;
  }

  private static void reference(
      Tensor x,
      int xo,
      int[] xs,
      Tensor y,
      int yo,
      int[] ys,
      Storage out,
      int oo,
      int m,
      int n,
      int k) {
    boolean floating = x.dtype().isFloatingPoint();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        long whole = 0;
        for (int l = 0; l < k; l++) {
          int p = xo + i * xs[0] + l * xs[1];
          int q = yo + l * ys[0] + j * ys[1];
          if (floating) {
            sum += x.storage.getDouble(p) * y.storage.getDouble(q);
          } else {
            whole += x.storage.getLong(p) * y.storage.getLong(q);
          }
        }
        if (floating) {
          out.setDouble(oo + i * n + j, sum);
        } else {
          out.setLong(oo + i * n + j, whole);
        }
      }
    }
  }
}
