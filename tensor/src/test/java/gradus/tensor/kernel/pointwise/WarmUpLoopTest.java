package gradus.tensor.kernel.pointwise;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.kernel.Strided;
import gradus.tensor.kernel.op.Binary;
import gradus.tensor.kernel.op.Unary;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bits of a result must not tell whether its loop was compiled yet. */
class WarmUpLoopTest {
  private static final int N = 4099;

  static Stream<Object> ops() {
    return Stream.concat(WarmUpLoop.ARITHMETIC.stream(), WarmUpLoop.Functions.OPS.stream());
  }

  /** Special values and numbers of all sizes. */
  private static float[] values(int seed) {
    float[] values = Strided.values(N, seed, false);
    for (int i = 0; i < N; i++) {
      // Of all sizes: where a function has a table, also beyond it.
      values[i] *= i % 5 == 0 ? 1 : (float) Math.pow(10, i % 11 - 4);
    }
    float[] special = {
      0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 1e38f
    };
    for (int i = 0; i < special.length * special.length; i++) {
      values[100 + i] = special[seed % 2 == 0 ? i % special.length : i / special.length];
    }
    return values;
  }

  private static float[] run(Object op, float[] a, float[] b, int[] strides, int at, int n) {
    float[] out = new float[N];
    int[] one = {1};
    int[] shape = {n};
    if (op instanceof Unary unary) {
      Pointwise.unary(unary, a, at, one, out, at, one, shape);
    } else {
      int to = strides[0] == 0 ? 0 : at;
      Pointwise.binary((Binary) op, a, at, one, b, to, strides, out, at, one, shape);
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("ops")
  void allAtOnceAsOneByOne(Object op) {
    float[] a = values(1);
    float[] b = values(2);
    for (int stride = 0; stride < 2; stride++) {
      int[] strides = {stride};
      // All at once goes mostly through the scalar loop while it is cold; a few through vectors.
      float[] whole = run(op, a, b, strides, 0, N);
      for (int at = 0; at < N; at += 16) {
        int n = Math.min(16, N - at);
        float[] few = run(op, a, b, strides, at, n);
        for (int i = at; i < at + n; i++) {
          assertThat(Float.floatToIntBits(whole[i])).isEqualTo(Float.floatToIntBits(few[i]));
          // The scalar form itself: by now the loop may have been compiled for others.
          float plain =
              op instanceof Unary unary
                  ? unary.apply(a[i])
                  : ((Binary) op).apply(a[i], b[stride == 0 ? 0 : i]);
          assertThat(Float.floatToIntBits(plain)).isEqualTo(Float.floatToIntBits(few[i]));
        }
      }
    }
  }
}
