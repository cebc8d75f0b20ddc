package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.kernel.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums and products so far, bit for bit those that are kept in doubles and rounded. */
class RunningTotalsTest {

  private static Tensor numbers(int... shape) {
    var random = new SplittableRandom(shape.length);
    float[] v = new float[Shape.of(shape).numel()];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) random.nextDouble(-1.5, 1.5);
    }
    if (v.length > 9) {
      v[0] = -0.0f;
      v[5] = Float.NaN;
      v[9] = Float.POSITIVE_INFINITY;
    }
    return Tensor.fromArray(v, shape);
  }

  private static List<Tensor> layouts(int n) {
    var all = new ArrayList<Tensor>();
    all.add(numbers(n));
    all.add(numbers(7, n));
    all.add(numbers(n, 6).t());
    all.add(numbers(5, 2 * n + 1).slice(1, 1, 2 * n + 1, 2));
    all.add(numbers(1, n).expand(5, n));
    all.add(numbers(3, n, 5));
    all.add(numbers(3, 5, n).transpose(0, 2));
    return all;
  }

  /** The rows of the last dimension, one element after the other. */
  private static float[] oracle(Tensor x, boolean sum) {
    int n = x.size(-1);
    double[] v = Dense.doubles(x);
    float[] out = new float[v.length];
    for (int i = 0; i < v.length; i++) {
      if (i % n != 0) {
        v[i] = sum ? v[i - 1] + v[i] : v[i - 1] * v[i];
      }
      out[i] = (float) v[i];
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theSameBitsAlongAnyDimension(int threads) {
    int before = Parallel.threads();
    Parallel.threads(threads);
    try {
      for (int n : new int[] {1, 2, 7, 8, 13, 31, 33, 1021, 20_011}) {
        for (Tensor x : layouts(n)) {
          for (int dim = 0; dim < x.dim(); dim++) {
            Tensor last = x.transpose(dim, -1);
            String what = x.shape() + " along " + dim;
            assertThat(Dense.floats(x.cumsum(dim).transpose(dim, -1)))
                .as(what)
                .isEqualTo(oracle(last, true));
            assertThat(Dense.floats(x.cumprod(dim).transpose(dim, -1)))
                .as(what)
                .isEqualTo(oracle(last, false));
          }
        }
      }
    } finally {
      Parallel.threads(before);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 33, 1021})
  void flippingReadsFromTheEnd(int n) {
    for (Tensor x : layouts(n)) {
      for (int dim = 0; dim < x.dim(); dim++) {
        float[] from = Dense.floats(x.transpose(dim, -1));
        float[] to = Dense.floats(x.flip(dim).transpose(dim, -1));
        int size = x.size(dim);
        for (int i = 0; i < from.length; i++) {
          int mirrored = i / size * size + size - 1 - i % size;
          assertThat(Float.floatToIntBits(to[i])).isEqualTo(Float.floatToIntBits(from[mirrored]));
        }
      }
      double[] all = Dense.doubles(x);
      double[] turned = Dense.doubles(x.flatten().flip(0));
      assertThat(turned[0]).isEqualTo(all[all.length - 1]);
    }
    Tensor whole = Tensor.arange(n).to(DType.INT64);
    assertThat(whole.flip(0).flip(0).toLongArray()).isEqualTo(whole.toLongArray());
    assertThat(whole.flip(0).select(0, 0).itemLong()).isEqualTo(n - 1);
  }
}
