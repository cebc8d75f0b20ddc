package gradus.tensor.kernel.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import gradus.tensor.kernel.Strided;
import gradus.tensor.kernel.pointwise.Pointwise;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every op on float arrays against its double form: values, NaN, infinities, signs of zero. */
class OpsTest {

  /** Where cancellation or a tail makes relative digits meaningless: allowed absolute error. */
  private static final Map<String, Double> ABSOLUTE =
      Map.of("GELU", 1e-6, "GELU_TANH", 2e-7, "MISH", 1e-9, "LOGIT", 0.0);

  private static final int[] SIZES = {0, 1, 4, 6, 8, 13, 31, 33, 1021};

  @Test
  void unary() {
    AllOps.of(UnaryOps.class, Unary.class)
        .forEach(
            (name, op) -> {
              for (int n : SIZES) {
                float[] x = Strided.values(n, n + 1, true);
                float[] out = new float[n];
                int[] shape = {n};
                Pointwise.unary(op, x, 0, new int[] {1}, out, 0, new int[] {1}, shape);
                for (int i = 0; i < n; i++) {
                  check(name, op.apply((double) x[i]), out[i], x[i]);
                }
              }
            });
  }

  @Test
  void binary() {
    AllOps.of(BinaryOps.class, Binary.class)
        .forEach(
            (name, op) -> {
              if (AllOps.integersOnly(name)) {
                return;
              }
              int[] one = {1};
              for (int n : SIZES) {
                float[] a = Strided.values(n, n + 1, true);
                float[] b = Strided.values(n, n + 2, true);
                if (name.endsWith("_GRAD")) {
                  // The results of tanh and sigmoid are nothing else.
                  for (int i = 0; i < n; i++) {
                    b[i] = Math.clamp(b[i], -1, 1);
                  }
                }
                float[] out = new float[n];
                Pointwise.binary(op, a, 0, one, b, 0, one, out, 0, one, new int[] {n});
                for (int i = 0; i < n; i++) {
                  // nextAfter is a step of float, not of double.
                  double expected =
                      name.equals("NEXTAFTER")
                          ? Math.nextAfter(a[i], (double) b[i])
                          : op.apply((double) a[i], (double) b[i]);
                  check(name, expected, out[i], a[i], b[i]);
                }
              }
            });
  }

  @Test
  void ternary() {
    AllOps.of(TernaryOps.class, Ternary.class)
        .forEach(
            (name, op) -> {
              int[] one = {1};
              for (int n : SIZES) {
                float[] a = Strided.values(n, n + 1, true);
                float[] b = Strided.values(n, n + 2, false);
                float[] c = Strided.values(n, n + 3, false);
                float[] out = new float[n];
                int[] shape = {n};
                Pointwise.ternary(op, a, 0, one, b, 0, one, c, 0, one, out, 0, one, shape);
                for (int i = 0; i < n; i++) {
                  double expected = op.apply((double) a[i], (double) b[i], (double) c[i]);
                  check(name, expected, out[i], a[i], b[i], c[i]);
                }
              }
            });
  }

  private static void check(String name, double exact, float actual, float... arguments) {
    if (name.equals("TRIGAMMA") && arguments[0] <= 0 && arguments[0] == Math.rint(arguments[0])) {
      return; // a pole, where both precisions give a huge number of their own
    }
    float expected = (float) exact;
    String call = name + Arrays.toString(arguments);
    if (name.equals("TRIGAMMA") && expected > 1e14f) {
      // At a pole each precision is as huge as its own sine of πx leaves it.
      assertThat(actual).as(call).isGreaterThan(1e14f);
      return;
    }
    if (expected != expected || Float.isInfinite(expected) || Float.isInfinite(actual)) {
      // A result within an ulp of the largest float may round to infinity.
      if (Float.compare(expected, actual) != 0 && Math.abs(expected) < 0.99f * Float.MAX_VALUE) {
        fail("%s is %s, not %s", call, actual, expected);
      }
      return;
    }
    double tolerance =
        (name.equals("ERF") ? 8 : 3) * (double) Math.ulp(expected)
            + ABSOLUTE.getOrDefault(name, 0.0);
    if (arguments.length > 1) {
      for (float argument : arguments) {
        tolerance += Float.isFinite(argument) ? 2 * Math.ulp(argument) : 0;
      }
    }
    // Vector exponentials flush what is below the smallest normal number.
    tolerance += 100 * Float.MIN_NORMAL;
    if (!(Math.abs(actual - exact) <= tolerance)) {
      fail(
          "%s is %s, not %s (%.1f ulp)",
          call, actual, expected, Math.abs(actual - exact) / Math.ulp(expected));
    }
    if (expected == 0 && actual == 0 && name.matches("NEG|FLOOR|CEIL|ROUND|TRUNC|COPYSIGN|SQRT")) {
      assertThat(Float.floatToRawIntBits(actual))
          .as(call)
          .isEqualTo(Float.floatToRawIntBits(expected));
    }
  }
}
