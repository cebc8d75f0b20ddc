package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.kernel.Parallel;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Norms of FLOAT32 beside those of the same numbers in FLOAT64, rounded. */
class PowerNormTest {

  private static Tensor numbers(int... shape) {
    var random = new SplittableRandom(3);
    float[] v = new float[Shape.of(shape).numel()];
    for (int i = 0; i < v.length; i++) {
      v[i] = random.nextInt(5) == 0 ? 0 : (float) random.nextDouble(-2, 2);
    }
    return Tensor.fromArray(v, shape);
  }

  private static void close(String what, Tensor got, Tensor wanted) {
    float[] a = Dense.floats(got);
    double[] b = Dense.doubles(wanted);
    assertThat(a).as(what).hasSize(b.length);
    for (int i = 0; i < a.length; i++) {
      float w = (float) b[i];
      boolean same = Float.isNaN(w) ? Float.isNaN(a[i]) : Math.abs(a[i] - w) <= Math.ulp(w);
      assertThat(same || a[i] == w).as(what + ": " + a[i] + " " + w).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1.5, 3, 4, 5, 17, 64, 65, -1, -2, -3})
  void anyOrderAlongAnyDimension(double p) {
    for (int n : new int[] {0, 1, 2, 7, 8, 13, 31, 33, 1021, 9001}) {
      for (Tensor x : List.of(numbers(3, n), numbers(n, 3).t(), numbers(2, n, 3))) {
        String what = p + " of " + x.shape();
        close(what, x.norm(p), x.toDouble().norm(p));
        for (int dim = 0; dim < x.dim(); dim++) {
          close(what + dim, x.norm(p, dim, true), x.toDouble().norm(p, dim, true));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 3, 2.5})
  void specialNumbers(double p) {
    for (double special : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.0, 1e30, 1e-30}) {
      Tensor x = Tensor.of(special, 0.0, -1e-20).to(DType.FLOAT32);
      close(p + " with " + special, x.norm(p), x.toDouble().norm(p));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 3, 2.5})
  void theSameOnAnyNumberOfThreads(double p) {
    int before = Parallel.threads();
    Tensor x = numbers(37, 9001);
    try {
      Parallel.threads(1);
      float all = (float) x.norm(p).item();
      float[] rows = Dense.floats(x.norm(p, 1));
      for (int threads : new int[] {2, 4}) {
        Parallel.threads(threads);
        assertThat((float) x.norm(p).item()).isEqualTo(all);
        assertThat(Dense.floats(x.norm(p, 1))).isEqualTo(rows);
      }
    } finally {
      Parallel.threads(before);
    }
  }
}
