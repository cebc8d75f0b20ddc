package gradus.tensor.kernel.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Templates;
import java.lang.invoke.MethodHandles;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both forms of each fold: the same bits, also while the one takes over from the other. */
class AccumulatorTest {

  private static final int[] SIZES = {1, 7, 15, 16, 17, 63, 64, 100, 127, 128, 300, 1000, 1024};

  private final Random random = new Random(5);

  @BeforeAll
  static void vectors() {
    assumeTrue(Lanes.COUNT > 0);
  }

  @ParameterizedTest
  @EnumSource
  void aPieceHasTheSameBitsInBothForms(Accumulator.Op op) {
    Accumulator plain = (Accumulator) Templates.specialise(MethodHandles.lookup(), "PlainFold", op);
    for (int n : SIZES) {
      float[] x = numbers(n + 3);
      for (int stride = 1; stride <= Lanes.COUNT; stride *= 2) {
        float expected = Accumulator.vector(op).piece(x, 3, n, stride, 0.25f);
        assertThat(plain.piece(x, 3, n, stride, 0.25f)).isEqualTo(expected);
        assertThat(Accumulator.of(op).piece(x, 3, n, stride, 0.25f)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEVIATIONS")
  void rowsHaveTheSameBitsInBothForms(Accumulator.Op op) {
    Accumulator plain = (Accumulator) Templates.specialise(MethodHandles.lookup(), "PlainFold", op);
    for (int n : SIZES) {
      for (int rows : new int[] {1, 2, 5, 40}) {
        int apart = n + 2;
        float[] x = numbers(1 + rows * apart);
        float[] expected = new float[rows + 4];
        Accumulator.vector(op).rows(x, 1, apart, n, 3, expected, 2, rows + 2);
        for (Accumulator fold : new Accumulator[] {plain, Accumulator.of(op)}) {
          float[] out = new float[rows + 4];
          fold.rows(x, 1, apart, n, 3, out, 2, rows + 2);
          assertThat(out).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void columnsHaveTheSameBitsInBothForms(Accumulator.Op op) {
    Accumulator plain = (Accumulator) Templates.specialise(MethodHandles.lookup(), "PlainFold", op);
    for (int n : SIZES) {
      for (int rows : new int[] {1, 3, 8, 29}) {
        float[] x = numbers(1 + rows * (n + 2));
        float[] shifts = numbers(n + 1);
        float[] expected = numbers(n);
        float[][] into = {expected.clone(), expected.clone()};
        Accumulator.vector(op).columns(x, 1, n + 2, rows, n, shifts, 1, expected);
        plain.columns(x, 1, n + 2, rows, n, shifts, 1, into[0]);
        Accumulator.of(op).columns(x, 1, n + 2, rows, n, shifts, 1, into[1]);
        assertThat(into[0]).isEqualTo(expected);
        assertThat(into[1]).isEqualTo(expected);
      }
    }
  }

  /** Random ones, now and then a zero of either sign, infinite or NaN. */
  private float[] numbers(int n) {
    float[] odd = {0f, -0f, Float.POSITIVE_INFINITY, Float.NaN};
    boolean tame = random.nextInt(3) > 0;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
      if (random.nextInt(n) == 0) {
        x[i] = odd[random.nextInt(tame ? 2 : odd.length)];
      }
    }
    return x;
  }
}
