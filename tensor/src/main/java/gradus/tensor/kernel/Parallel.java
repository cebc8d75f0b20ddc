package gradus.tensor.kernel;

/**
 * Runs independent rows on all cores.
 *
 * <p>A row must not depend on another one, so that the result is the same however the rows are
 * spread. A call from inside a task, or while another thread is using the workers, runs serially:
 * the cores are busy anyway.
 */
public final class Parallel {

  /** Work on the rows {@code from} (inclusive) to {@code to} (exclusive). */
  @FunctionalInterface
  public interface RowTask {
    /** Does the rows {@code from} (inclusive) to {@code to} (exclusive). */
    void run(int from, int to);
  }

  /** Below this much work (about one multiply-add a unit) a fork costs more than it brings. */
  public static final long SERIAL_BELOW = 40_000;

  /** More ranges than threads, so that a thread that was held up leaves its share to the others. */
  private static final int RANGES_PER_THREAD = 4;

  private static volatile int threads =
      Math.max(1, Integer.getInteger("gradus.threads", Runtime.getRuntime().availableProcessors()));

  private Parallel() {}

  /** How many threads a large task uses: {@code -Dgradus.threads=N}, else the number of cores. */
  public static int threads() {
    return threads;
  }

  /** Sets how many threads a large task uses, at least 1 (PyTorch: {@code set_num_threads}). */
  public static void threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads: " + count + " is below 1. Use 1 for serial.");
    }
    threads = count;
  }

  /**
   * Runs {@code task} over all rows, in ranges, and returns when all are done. An exception of the
   * task is thrown here, once the other ranges have ended.
   *
   * @param costPerRow about how many multiply-adds a row costs; decides whether to fork at all
   */
  public static void rows(int rows, long costPerRow, RowTask task) {
    if (rows <= 0) {
      return;
    }
    int wanted = threads;
    if (wanted == 1 || rows == 1 || rows * costPerRow < SERIAL_BELOW) {
      task.run(0, rows);
      return;
    }
    long smallest = SERIAL_BELOW / 4 / Math.max(costPerRow, 1) + 1;
    int ranges = (int) Math.min((long) wanted * RANGES_PER_THREAD, rows / smallest);
    // As many for each thread, if there are enough.
    ranges = ranges < wanted ? ranges : ranges - ranges % wanted;
    if (ranges < 2 || !Workers.run(wanted - 1, rows, ranges, task)) {
      task.run(0, rows);
    }
  }
}
