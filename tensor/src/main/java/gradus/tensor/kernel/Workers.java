package gradus.tensor.kernel;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads behind {@link Parallel}: daemons that spin for new work before they park.
 *
 * <p>A fork through spinning workers takes about 0.1 µs, through a ForkJoinPool 1 to 7 µs; and a
 * step of training is made of hundreds of small forks in a row.
 */
final class Workers {

  private static final int SPINS = 20_000;

  /** Held by the thread whose job is running. */
  private static final AtomicBoolean BUSY = new AtomicBoolean();

  private static volatile Worker[] workers = {};

  /** The running job; cleared afterwards, so that its arrays can be collected. */
  private static volatile Job job;

  /** Raised with each job: what idle workers watch. */
  private static volatile int sequence;

  private Workers() {}

  /** Runs the task here and on {@code helpers} workers; false if they are in use. */
  static boolean run(int helpers, int rows, int range, Parallel.RowTask task) {
    if (BUSY.get() || !BUSY.compareAndSet(false, true)) {
      return false;
    }
    Job mine = new Job(task, rows, range, helpers);
    try {
      Worker[] all = workers;
      if (all.length < helpers) {
        all = hire(helpers);
      }
      job = mine;
      sequence++;
      for (int i = 0; i < helpers; i++) {
        if (all[i].parked) {
          LockSupport.unpark(all[i]);
        }
      }
      mine.work();
      mine.await();
    } finally {
      job = null;
      BUSY.set(false);
    }
    mine.rethrow();
    return true;
  }

  private static Worker[] hire(int count) {
    Worker[] all = Arrays.copyOf(workers, count);
    for (int i = workers.length; i < count; i++) {
      all[i] = new Worker(i);
      all[i].start();
    }
    workers = all;
    return all;
  }

  /** The rows of one call, handed out in ranges to whoever comes first. */
  private static final class Job {
    private final Parallel.RowTask task;
    private final int rows;
    private final int range;
    private final int helpers;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile Throwable failure;

    Job(Parallel.RowTask task, int rows, int range, int helpers) {
      this.task = task;
      this.rows = rows;
      this.range = range;
      this.helpers = helpers;
    }

    void work() {
      // The counter may run past the end by one range for each thread; near 2³¹ that would
      // overflow.
      for (int from; (from = next.get()) < rows; ) {
        int to = (int) Math.min((long) from + range, rows);
        if (!next.compareAndSet(from, to)) {
          continue;
        }
        try {
          if (failure == null) {
            task.run(from, to);
          }
        } catch (Throwable t) {
          failure = t;
        } finally {
          done.addAndGet(to - from);
        }
      }
    }

    /** Waits for ranges that others took; a worker that never woke up has taken none. */
    void await() {
      for (int spins = 0; done.get() < rows; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
    }

    void rethrow() {
      switch (failure) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable t -> throw new IllegalStateException(t);
      }
    }
  }

  private static final class Worker extends Thread {
    private final int number;
    volatile boolean parked;

    Worker(int number) {
      super("gradus-worker-" + number);
      this.number = number;
      setDaemon(true);
    }

    @Override
    public void run() {
      // Started for a job that may be over by now, or still running: look at it in any case.
      int seen = sequence - 1;
      for (int spins = 0; ; ) {
        int now = sequence;
        if (now != seen) {
          seen = now;
          spins = 0;
          Job current = job;
          if (current != null && number < current.helpers) {
            current.work();
          }
        } else if (spins++ < SPINS) {
          Thread.onSpinWait();
        } else {
          parked = true;
          // Once more after saying so: whoever raised it before did not see us parked.
          if (sequence == seen) {
            LockSupport.park(this);
          }
          parked = false;
          spins = 0;
        }
      }
    }
  }
}
