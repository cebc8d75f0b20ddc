package gradus.tensor.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
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
  static boolean run(int helpers, int rows, int ranges, Parallel.RowTask task) {
    if (BUSY.get() || !BUSY.compareAndSet(false, true)) {
      return false;
    }
    Job mine = new Job(task, rows, ranges, helpers + 1);
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
      mine.work(0);
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

  /**
   * The rows of one call in ranges. Each thread has a part of its own and takes its ranges from
   * there, so that threads rarely touch the same cache line; who is done helps the others. Thus a
   * thread that was held up, or never woke up, leaves its ranges to those who run.
   */
  private static final class Job {

    /** Counters lie a cache line apart. */
    private static final int APART = 16;

    private static final VarHandle COUNTERS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle DONE = done();

    private final Parallel.RowTask task;
    private final int rows;
    private final int ranges;
    private final int parts;

    /** How many ranges are done. */
    private volatile int done;

    private volatile Throwable failure;

    /** The next range of each part. Few objects: a worker fetches each from the caller's cache. */
    private final int[] next;

    Job(Parallel.RowTask task, int rows, int ranges, int parts) {
      this.task = task;
      this.rows = rows;
      this.ranges = ranges;
      this.parts = parts;
      this.next = new int[parts * APART];
      for (int part = 1; part < parts; part++) {
        next[part * APART] = end(part - 1);
      }
    }

    private static VarHandle done() {
      try {
        return MethodHandles.lookup().findVarHandle(Job.class, "done", int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    /** The range after the last one of a part. */
    private int end(int part) {
      return (int) ((long) ranges * (part + 1) / parts);
    }

    /** The first row of a range: they differ by one row at most. */
    private int start(int range) {
      return (int) ((long) rows * range / ranges);
    }

    /** Works until no range is left, beginning with one's own part. */
    void work(int own) {
      int mine = 0;
      for (int i = 0; i < parts; i++) {
        int part = own + i < parts ? own + i : own + i - parts;
        int at = part * APART;
        int end = end(part);
        for (int taken; (taken = (int) COUNTERS.getVolatile(next, at)) < end; ) {
          if (COUNTERS.compareAndSet(next, at, taken, taken + 1)) {
            run(taken);
            mine++;
          }
        }
      }
      if (mine > 0) {
        int _ = (int) DONE.getAndAdd(this, mine);
      }
    }

    private void run(int taken) {
      try {
        if (failure == null) {
          task.run(start(taken), start(taken + 1));
        }
      } catch (Throwable t) {
        failure = t;
      }
    }

    /** Waits for ranges that others took; a worker that never woke up has taken none. */
    void await() {
      for (int spins = 0; done < ranges; spins++) {
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
          if (current != null && number + 1 < current.parts) {
            current.work(number + 1);
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
