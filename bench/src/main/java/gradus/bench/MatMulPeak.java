package gradus.bench;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.matmul.MatMul;
import java.util.SplittableRandom;

/**
 * How close the matrix product comes to the machine's multiply-add peak.
 *
 * <p>Peak and product are measured in turns, in the same process, and the best of each counts:
 * other work on the machine then hits both alike.
 */
public final class MatMulPeak {

  private static final int SIZE = 512;
  private static final int ROUNDS = 40;

  private MatMulPeak() {}

  /** Prints GFLOP/s and percent of the peak of 512 x 512 x 512 on 1 and 2 threads. */
  public static void main(String[] args) {
    float[] a = random(1);
    float[] b = random(2);
    float[] c = new float[SIZE * SIZE];
    int most = Math.min(2, Runtime.getRuntime().availableProcessors());
    double[] peak = new double[most + 1];
    double[] product = new double[most + 1];
    double[] transposed = new double[most + 1];
    for (int round = 0; round < ROUNDS; round++) {
      for (int threads = 1; threads <= most; threads++) {
        Parallel.threads(threads);
        peak[threads] = Math.max(peak[threads], Peak.gigaflops(threads));
        product[threads] = Math.max(product[threads], measure(a, b, c, SIZE, 1));
        transposed[threads] = Math.max(transposed[threads], measure(a, b, c, 1, SIZE));
      }
    }
    System.out.printf("vectors of %d floats%n", Lanes.COUNT);
    for (int threads = 1; threads <= most; threads++) {
      System.out.printf(
          "%d thread%s: peak %.1f GFLOP/s; matmul 512³ %.1f GFLOP/s = %.0f %% of the peak;"
              + " with B transposed %.1f GFLOP/s = %.0f %%%n",
          threads,
          threads == 1 ? "" : "s",
          peak[threads],
          product[threads],
          100 * product[threads] / peak[threads],
          transposed[threads],
          100 * transposed[threads] / peak[threads]);
    }
    for (int threads = 1; threads <= most; threads++) {
      double best = 0;
      for (int round = 0; round < 5; round++) {
        best = Math.max(best, Peak.gigabytesPerSecond(threads));
      }
      System.out.printf("%d thread%s: memory %.1f GB/s%n", threads, threads == 1 ? "" : "s", best);
    }
  }

  private static double measure(float[] a, float[] b, float[] c, int bRow, int bCol) {
    int repeats = 8;
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      MatMul.gemm(SIZE, SIZE, SIZE, a, 0, SIZE, 1, b, 0, bRow, bCol, c, 0, SIZE, false);
    }
    return repeats * 2.0 * SIZE * SIZE * SIZE / (System.nanoTime() - start);
  }

  private static float[] random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

// How to run:  mvn -q -Pbench -pl bench -am compile exec:exec@matmul-peak
