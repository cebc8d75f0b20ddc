package gradus.tensor.kernel.pointwise;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.op.AllOps;
import gradus.tensor.kernel.op.Unary;
import gradus.tensor.kernel.op.UnaryOps;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far the float forms are from the double ones, in ulps, over all magnitudes and signs. */
class AccuracyTest {

  /** Every 1009th float: a prime, so that all mantissas come up. */
  private static final int STEP = 1009;

  /** Below this the vector forms may give 0: a small factor of what e^x has lost there. */
  private static final double FLUSHED = 2e-36;

  private static final Map<String, Unary> OPS = AllOps.of(UnaryOps.class, Unary.class);

  /**
   * Two bounds each: up to a size of x, and beyond. The third and fourth are of machines without
   * vectors of 16 floats, which take other formulas; there the tails of gelu are differences of
   * nearly equal numbers, as in PyTorch, and their errors count in ulps of x.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "EXP, 200, 1, 1, 1, 1",
    "EXPM1, 200, 2.5, 2.5, 2.5, 2.5",
    "LOG, 1e38, 1, 1, 1, 1",
    "LOG2, 1e38, 1, 1, 1, 1",
    "LOG10, 1e38, 1, 1, 1, 1",
    "EXP2, 200, 1, 1, 1, 1",
    "SIN, 1e5, 1, 1, 1, 1",
    "COS, 1e5, 1, 1, 1, 1",
    "LOG1P, 1e38, 2.5, 2.5, 2.5, 2.5",
    "TANH, 10, 1, 1, 2, 2",
    "SIGMOID, 11, 1, 1.4, 3, 3",
    "ERF, 4, 1, 1, 8, 8",
    "GELU, 3.8, 1, 5, 4, 4",
    "GELU_TANH, 3.8, 1, 5, 4, 4",
    "SILU, 7.5, 1.1, 2.5, 4, 4",
    "SQRT, 1e38, 0.51, 0.51, 0.51, 0.51"
  })
  void withinUlps(String name, double limit, double near, double far, double nearly, double farly) {
    Unary op = OPS.get(name);
    boolean wide = Lanes.COUNT == 16;
    double[] worst = new double[2];
    float[] at = new float[2];
    int[] one = {1};
    float[] x = new float[1 << 14];
    float[] y = new float[x.length];
    for (long bits = 0; bits < 1L << 32; ) {
      int n = 0;
      for (; n < x.length && bits < 1L << 32; bits += STEP) {
        x[n++] = Float.intBitsToFloat((int) bits);
      }
      Pointwise.unary(op, x, 0, one, y, 0, one, new int[] {n});
      for (int i = 0; i < n; i++) {
        double exact = op.apply((double) x[i]);
        float rounded = (float) exact;
        if (!Float.isFinite(rounded) || !Float.isFinite(y[i])) {
          assertThat(Float.compare(y[i], rounded)).as("%s(%s) is %s", name, x[i], y[i]).isZero();
        } else if (Math.abs(exact) > FLUSHED || Math.abs(y[i]) > FLUSHED) {
          boolean ofInput = !wide && name.startsWith("GELU");
          double error = Math.abs(y[i] - exact) / Math.ulp(ofInput ? x[i] : rounded);
          int where = Math.abs(x[i]) <= limit ? 0 : 1;
          if (error > worst[where]) {
            worst[where] = error;
            at[where] = x[i];
          }
        }
      }
    }
    assertThat(worst[0]).as("%s, worst at %s", name, at[0]).isLessThan(wide ? near : nearly);
    assertThat(worst[1]).as("%s, worst at %s", name, at[1]).isLessThan(wide ? far : farly);
  }
}
