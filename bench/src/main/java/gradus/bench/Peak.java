package gradus.bench;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What this machine can do at most: multiply-adds from registers, and floats from memory. */
public final class Peak {

  private static volatile float sink;

  private Peak() {}

  /** The rate of fused multiply-adds from registers alone, in GFLOP/s, on so many threads. */
  public static double gigaflops(int threads) {
    int steps = 1_000_000;
    double seconds = seconds(threads, _ -> sink = Lanes.COUNT == 0 ? scalar(steps) : vector(steps));
    double flops = 2.0 * 12 * Math.max(1, Lanes.COUNT) * steps;
    return threads * flops / seconds / 1e9;
  }

  /** The rate of reading and writing memory in {@code a = b + s·c}, in GB/s, on so many threads. */
  public static double gigabytesPerSecond(int threads) {
    return gigabytesPerSecond(threads, 8_000_000);
  }

  /** The same with arrays of {@code n} floats, three a thread: the rate of what they fit into. */
  public static double gigabytesPerSecond(int threads, int n) {
    int rounds = Math.max(5, 40_000_000 / n);
    float[][] arrays = new float[3 * threads][n];
    double seconds =
        seconds(
            threads,
            thread -> {
              float[] a = arrays[3 * thread];
              float[] b = arrays[3 * thread + 1];
              float[] c = arrays[3 * thread + 2];
              for (int round = 0; round < rounds; round++) {
                triad(a, b, c, round);
              }
            });
    return threads * 12.0 * rounds * n / seconds / 1e9;
  }

  private static void triad(float[] a, float[] b, float[] c, float s) {
    for (int i = 0; i < a.length; i++) {
      a[i] = b[i] + s * c[i];
    }
  }

  private interface Work {
    void run(int thread);
  }

  /** The time from when all threads are ready until the last is done. */
  private static double seconds(int count, Work work) {
    long[] start = new long[count];
    long[] end = new long[count];
    Thread[] threads = new Thread[count];
    var ready = new java.util.concurrent.CyclicBarrier(count);
    for (int t = 0; t < count; t++) {
      int number = t;
      threads[t] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      ready.await();
                    } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                      throw new IllegalStateException(e);
                    }
                    start[number] = System.nanoTime();
                    work.run(number);
                    end[number] = System.nanoTime();
                  });
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return (Arrays.stream(end).max().orElseThrow() - Arrays.stream(start).min().orElseThrow())
        / 1e9;
  }

  /** Twelve independent chains: enough to hide the latency of a multiply-add on two units. */
  private static float vector(int steps) {
    VectorSpecies<Float> species = FloatLanes.SPECIES;
    FloatVector m = FloatVector.broadcast(species, 0.5f);
    FloatVector z = FloatVector.broadcast(species, 1e-9f);
    FloatVector a = z;
    FloatVector b = z;
    FloatVector c = z;
    FloatVector d = z;
    FloatVector e = z;
    FloatVector f = z;
    FloatVector g = z;
    FloatVector h = z;
    FloatVector i = z;
    FloatVector j = z;
    FloatVector k = z;
    FloatVector l = z;
    for (int step = 0; step < steps; step++) {
      a = m.fma(a, z);
      b = m.fma(b, z);
      c = m.fma(c, z);
      d = m.fma(d, z);
      e = m.fma(e, z);
      f = m.fma(f, z);
      g = m.fma(g, z);
      h = m.fma(h, z);
      i = m.fma(i, z);
      j = m.fma(j, z);
      k = m.fma(k, z);
      l = m.fma(l, z);
    }
    FloatVector sum =
        a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
    return sum.lane(0);
  }

  private static float scalar(int steps) {
    float[] sums = new float[12];
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] = 0.5f * sums[i] + 1e-9f;
      }
    }
    return sums[0];
  }
}
