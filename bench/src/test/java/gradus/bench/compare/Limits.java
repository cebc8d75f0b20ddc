package gradus.bench.compare;

import gradus.bench.Peak;
import java.util.function.DoubleSupplier;

/**
 * What the machine can do on so many threads, measured at the start of the run.
 *
 * @param threads how many
 * @param gigaflops multiply-adds from registers
 * @param cacheL2 GB/s of a triad that fits the second-level caches
 * @param cacheL3 GB/s of a triad that fits the last-level cache
 * @param memory GB/s of a triad that fits no cache
 */
record Limits(int threads, double gigaflops, double cacheL2, double cacheL3, double memory) {

  private static final int ROUNDS = 25;
  private static final double L2_BYTES = 512 * 1024;
  private static final double L3_BYTES = 16 * 1024 * 1024;

  /** Measures each several times and keeps the best. */
  static Limits measure(int threads) {
    return new Limits(
        threads,
        best(() -> Peak.gigaflops(threads)),
        best(() -> Peak.gigabytesPerSecond(threads, 40_000)),
        best(() -> Peak.gigabytesPerSecond(threads, 1_200_000 / threads)),
        best(() -> Peak.gigabytesPerSecond(threads, 8_000_000)));
  }

  private static double best(DoubleSupplier measurement) {
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Quiet.await();
      best = Math.max(best, measurement.getAsDouble());
    }
    return best;
  }

  /** The shortest time some work can take in µs; NaN for none. */
  double micros(Work work) {
    double bandwidth =
        work.bytes() <= threads * L2_BYTES ? cacheL2 : work.bytes() <= L3_BYTES ? cacheL3 : memory;
    double time = Math.max(work.flops() / gigaflops, work.bytes() / bandwidth) / 1e3;
    return time == 0 ? Double.NaN : time;
  }

  @Override
  public String toString() {
    return "%d thread%s: %.0f GFLOP/s of multiply-adds; triad %.0f GB/s in L2, %.0f in L3, %.0f in memory"
        .formatted(threads, threads == 1 ? "" : "s", gigaflops, cacheL2, cacheL3, memory);
  }
}
