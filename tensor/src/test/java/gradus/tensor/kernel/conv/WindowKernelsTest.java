package gradus.tensor.kernel.conv;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.Strided;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sums and maxima of windows: in order, from an offset, whatever the number of threads. */
class WindowKernelsTest {
  private static final int THREADS = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(THREADS);
  }

  @Test
  void sumsInOrder() {
    int[] from = {0, 1, 1, 4, 90};
    int[] to = {2, 1, 70, 100, 100};
    Arrays.sort(to);
    for (int inner : new int[] {1, 5, 130}) {
      float[] x = Strided.values(3 + 7 * 100 * inner, 1, false);
      float[] alone = null;
      for (int threads : new int[] {1, 3}) {
        Parallel.threads(threads);
        float[] out = new float[7 * 5 * inner];
        Arrays.fill(out, Float.NaN);
        WindowSums.sum(x, 3, 7, 100, inner, from, to, out);
        alone = alone == null ? out : alone;
        assertThat(out).isEqualTo(alone);
      }
      for (int i = 0; i < alone.length; i++) {
        int window = i / inner % 5;
        float sum = 0;
        for (int k = from[window]; k < to[window]; k++) {
          float next = x[3 + (i / inner / 5 * 100 + k) * inner + i % inner];
          sum = k == from[window] && inner > 1 ? next : sum + next;
        }
        assertThat(alone[i]).isEqualTo(sum);
      }
    }
  }

  @Test
  void theFirstOfTheLargest() {
    int[][] from = {{0}, {0, 1}, {0, 2}};
    int[][] to = {{1}, {2, 3}, {3, 5}};
    var windows = new WindowMax(new int[] {1, 3, 5}, from, to, new int[] {1, 1, 2});
    float[] x = {9, 1, 5, 2, 2, 5, 0, 0, 7, 7, 8, 3, 3, 3, 3, 3};
    assertThat(windows.places(x, 1, 1)).containsExactly(7, 9, 7, 9);
    assertThat(windows.places(x, 1, 1))
        .isEqualTo(windows.places(new double[] {1, 5, 2, 2, 5, 0, 0, 7, 7, 8, 3, 3, 3, 3, 3}, 1));
  }
}
