package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparing, and choosing by masks of every layout, beside the same element by element. */
class ChoosingTest {

  private static Tensor numbers(int seed, int... shape) {
    var random = new SplittableRandom(seed);
    float[] v = new float[Shape.of(shape).numel()];
    for (int i = 0; i < v.length; i++) {
      int special = random.nextInt(8);
      v[i] = special == 0 ? Float.NaN : special == 1 ? -0.0f : (float) random.nextDouble(-2, 2);
    }
    return Tensor.fromArray(v, shape);
  }

  private static List<Tensor> layouts(int n, int seed) {
    var all = new ArrayList<Tensor>();
    all.add(numbers(seed, 3, n));
    all.add(numbers(seed, n, 3).t());
    all.add(numbers(seed, 5, 2 * n + 1).slice(1, 1, 2 * n + 1, 2).narrow(0, 1, 3));
    all.add(numbers(seed, 5, n + 2).narrow(0, 1, 3).narrow(1, 1, n));
    all.add(numbers(seed, n).expand(3, n));
    all.add(numbers(seed, 3, 1).expand(3, n));
    all.add(Tensor.scalar(2.5).to(DType.FLOAT32).expand(3, n));
    return all;
  }

  /** Masks of those layouts themselves, which a comparison would not keep. */
  private static List<Tensor> masks(int n) {
    var all = new ArrayList<Tensor>();
    all.add(numbers(7, 3, n).gt(0));
    all.add(numbers(7, n, 3).gt(0).t());
    all.add(numbers(7, 5, 2 * n + 1).gt(0).slice(1, 1, 2 * n + 1, 2).narrow(0, 1, 3));
    all.add(numbers(7, 5, n + 2).gt(0).narrow(0, 1, 3).narrow(1, 1, n));
    all.add(numbers(7, n).gt(0).expand(3, n));
    all.add(numbers(7, 3, 1).gt(0).expand(3, n));
    all.add(Tensor.of(true).expand(3, n));
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 13, 31, 33, 1021, 30_011})
  void bitForBit(int n) {
    for (Tensor mask : masks(n)) {
      double[] m = Dense.doubles(mask);
      for (Tensor a : layouts(n, 1)) {
        for (Tensor b : n > 2000 ? layouts(n, 2).subList(0, 1) : layouts(n, 2)) {
          float[] wanted = new float[3 * n];
          float[] x = Dense.floats(a);
          float[] y = Dense.floats(b);
          for (int i = 0; i < wanted.length; i++) {
            wanted[i] = m[i] != 0 ? x[i] : y[i];
          }
          assertThat(Dense.floats(Tensor.where(mask, a, b))).isEqualTo(wanted);
          assertThat(Dense.floats(b.maskedFill(mask, 2.5)))
              .isEqualTo(Dense.floats(Tensor.where(mask, Tensor.fullLike(b, 2.5), b)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 13, 31, 33, 1021, 30_011})
  void comparisons(int n) {
    for (Tensor a : layouts(n, 1)) {
      for (Tensor b : n > 2000 ? layouts(n, 2).subList(0, 1) : layouts(n, 2)) {
        float[] x = Dense.floats(a);
        float[] y = Dense.floats(b);
        boolean[][] wanted = new boolean[6][3 * n];
        for (int i = 0; i < 3 * n; i++) {
          wanted[0][i] = x[i] == y[i];
          wanted[1][i] = x[i] != y[i];
          wanted[2][i] = x[i] < y[i];
          wanted[3][i] = x[i] <= y[i];
          wanted[4][i] = x[i] > y[i];
          wanted[5][i] = x[i] >= y[i];
        }
        List<Tensor> seen = List.of(a.eq(b), a.ne(b), a.lt(b), a.le(b), a.gt(b), a.ge(b));
        for (int k = 0; k < 6; k++) {
          double[] truths = Dense.doubles(seen.get(k));
          for (int i = 0; i < 3 * n; i++) {
            assertThat(truths[i] != 0).as("%d at %d", k, i).isEqualTo(wanted[k][i]);
          }
        }
      }
    }
  }
}
