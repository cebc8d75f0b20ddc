package gradus.text.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Threads that share a piece of work and stop together: when one fails, when the thread that waits
 * for them is interrupted, or when they are told to.
 */
public final class Crew {

  /** What each thread does. */
  @FunctionalInterface
  public interface Work {
    /**
     * Works until there is nothing left, or the crew is {@link Crew#stopped}.
     *
     * @param crew to ask now and then
     * @param worker the number of the thread, from 0
     */
    void run(Crew crew, int worker);
  }

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;

  private Crew() {}

  /** Whether all should come to an end. */
  public boolean stopped() {
    return stopped;
  }

  /** Tells all to come to an end. */
  public void stop() {
    stopped = true;
  }

  /**
   * Lets so many threads work and returns when all have ended. What one of them throws is thrown
   * here.
   *
   * @return whether this thread was interrupted meanwhile, which is then no more noted on it
   */
  public static boolean run(int workers, Work work) {
    var crew = new Crew();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      int worker = i;
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("gradus-" + worker)
              .start(() -> crew.tryTo(work, worker)));
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          crew.stop();
        }
      }
    }
    switch (crew.failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
    return interrupted;
  }

  private void tryTo(Work work, int worker) {
    try {
      work.run(this, worker);
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      stop();
    }
  }
}
