package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.pointwise.Compare;
import java.util.Locale;

/** How comparisons run, element by element: FLOAT32 on a kernel, anything else by plain loops. */
final class ComparisonOps {
  private ComparisonOps() {}

  /** Asked of two numbers; the answer is a truth value. */
  interface Test {
    boolean test(double a, double b);
  }

  /** The same of whole numbers, which doubles cannot tell apart beyond 2^53. */
  interface LongTest {
    boolean test(long a, long b);
  }

  /** Asked of the elements at two places. */
  interface Places {
    boolean test(int i, int j);
  }

  /** One of the six comparisons: FLOAT32 on a loop of its own, anything else by the given tests. */
  static Tensor compare(Compare.Kind kind, Test f, LongTest g, Tensor a, Tensor b) {
    String op = kind.name().toLowerCase(Locale.ROOT);
    if (Promotion.resultType(a, b) != DType.FLOAT32) {
      return compare(op, f, g, a, b);
    }
    Shape shape = Shape.broadcast(op, a.shape(), b.shape());
    try (var _ = GradMode.noGrad()) {
      return Masks.compare(
          kind, Elementwise.fit(a, DType.FLOAT32, shape), Elementwise.fit(b, DType.FLOAT32, shape));
    }
  }

  static Tensor compare(String op, Test f, LongTest g, Tensor a, Tensor b) {
    Shape shape = Shape.broadcast(op, a.shape(), given(b).shape());
    DType common = Promotion.resultType(a, b);
    // A plain number may be too large for INT32, and still compares.
    DType dtype = common == DType.INT32 ? DType.INT64 : common;
    boolean[] out = ArrayPool.room(shape, 1, boolean[]::new);
    try (var _ = GradMode.noGrad()) {
      Tensor p = Elementwise.fit(a, dtype, shape);
      Tensor q = Elementwise.fit(b, dtype, shape);
      if (dtype == DType.FLOAT32) {
        float[] x = Dense.floats(p);
        float[] y = Dense.floats(q);
        for (int i = 0; i < out.length; i++) {
          out[i] = f.test(x[i], y[i]);
        }
      } else if (dtype == DType.FLOAT64) {
        double[] x = Dense.doubles(p);
        double[] y = Dense.doubles(q);
        for (int i = 0; i < out.length; i++) {
          out[i] = f.test(x[i], y[i]);
        }
      } else {
        long[] x = Dense.longs(p);
        long[] y = Dense.longs(q);
        for (int i = 0; i < out.length; i++) {
          out[i] = g.test(x[i], y[i]);
        }
      }
    }
    return Dense.of(out, shape);
  }
}
