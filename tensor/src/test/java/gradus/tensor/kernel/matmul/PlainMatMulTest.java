package gradus.tensor.kernel.matmul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gradus.tensor.kernel.Lanes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A result must not depend on when the vector kernels take over from the plain loops. */
class PlainMatMulTest {
  private final Random random = new Random(5);

  @AfterEach
  void warmUpGoesOn() {
    MatMulWarmUp.force(MatMulWarmUp.ALL);
  }

  private float[] numbers(int n) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  private float[] product(
      Runnable kernels,
      int m,
      int n,
      int k,
      float[] a,
      float[] b,
      boolean transposed,
      boolean add) {
    kernels.run();
    float[] c = new float[m * n];
    for (int i = 0; i < c.length; i++) {
      c[i] = add ? i % 7 : Float.NaN;
    }
    MatMul.gemm(m, n, k, a, 0, k, 1, b, 0, transposed ? 1 : n, transposed ? k : 1, c, 0, n, add);
    return c;
  }

  @Test
  void theWarmUpReachesItsEnd() {
    assumeTrue(Lanes.COUNT > 0, "without vectors there is only one path");
    MatMulWarmUp.force(0);
    for (int kernels = MatMulWarmUp.NARROW; kernels <= MatMulWarmUp.ROWS; kernels *= 2) {
      boolean onlyFor16 = kernels == MatMulWarmUp.WIDE || kernels == MatMulWarmUp.SQUARES;
      if (Lanes.COUNT == 16 || !onlyFor16) {
        MatMulWarmUp.compile(kernels);
        assertThat(MatMulWarmUp.has(kernels)).isTrue();
      }
    }
  }

  @Test
  void whatIsAskedForIsCompiledBesideTheProgram() throws InterruptedException {
    assumeTrue(Lanes.COUNT > 0, "without vectors there is only one path");
    MatMulWarmUp.forget();
    MatMulWarmUp.count(10_000_000);
    for (int kernels : new int[] {MatMulWarmUp.ROWS, MatMulWarmUp.NARROW}) {
      long end = System.nanoTime() + 60_000_000_000L;
      while (!MatMulWarmUp.has(kernels) && System.nanoTime() < end) {
        Thread.sleep(1);
      }
      assertThat(MatMulWarmUp.has(kernels)).isTrue();
    }
  }

  @Test
  void coldAndWarmGiveTheSameBits() {
    assumeTrue(Lanes.COUNT > 0, "without vectors there is only one path");
    int[][] shapes = {
      {1, 1, 1},
      {1, 33, 17},
      {2, 70, 31},
      {3, 5, 600},
      {6, 64, 512},
      {7, 65, 513},
      {13, 100, 40},
      {66, 1030, 33},
      {70, 90, 168},
      {8, 9, 1021}
    };
    for (int[] s : shapes) {
      float[] a = numbers(s[0] * s[2]);
      float[] b = numbers(s[1] * s[2]);
      for (boolean transposed : new boolean[] {false, true}) {
        for (boolean add : new boolean[] {false, true}) {
          float[] warm =
              product(
                  () -> MatMulWarmUp.force(MatMulWarmUp.ALL),
                  s[0],
                  s[1],
                  s[2],
                  a,
                  b,
                  transposed,
                  add);
          Runnable cold = () -> MatMulWarmUp.force(0);
          Runnable narrow = () -> MatMulWarmUp.force(MatMulWarmUp.NARROW);
          for (Runnable kernels : List.of(cold, narrow)) {
            assertThat(product(kernels, s[0], s[1], s[2], a, b, transposed, add))
                .as("%d x %d x %d, transposed %s, add %s", s[0], s[2], s[1], transposed, add)
                .containsExactly(warm);
          }
        }
      }
    }
  }
}
