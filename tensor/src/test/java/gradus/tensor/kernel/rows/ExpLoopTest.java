package gradus.tensor.kernel.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Strided;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plain form of the loops over e^x, beside that of vectors: the same bits. */
class ExpLoopTest {

  @ParameterizedTest
  @EnumSource(ExpLoop.Use.class)
  void plainAsOnVectors(ExpLoop.Use use) {
    assumeThat(Lanes.COUNT).isPositive();
    int n = 7 * Lanes.COUNT;
    float[] x = Strided.values(n, 1, false);
    float[] g = Strided.values(n, 2, false);
    for (int i = 0; i < n; i++) {
      x[i] *= i % 2 == 0 ? 1 : 40;
    }
    x[3] = Float.NEGATIVE_INFINITY;
    for (float last : new float[] {1, Float.NaN}) {
      x[n - 1] = last;
      float[] one = new float[n];
      float[] two = new float[n];
      ExpLoop loop = ExpLoop.of(use);
      float sum = loop.plain(x, 0, 79, g, 0, 0.7f, one, 0, n);
      float same = loop.vectors(x, 0, 79, g, 0, 0.7f, two, 0, n);
      assertThat(Float.floatToIntBits(same)).isEqualTo(Float.floatToIntBits(sum));
      assertThat(one).isEqualTo(two);
    }
  }
}
