package gradus.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C while a training runs interrupts its thread, and the program ends when the training has
 * put in order what it leaves behind.
 */
final class Interruptible {

  private Interruptible() {}

  static <T> T call(Callable<T> training) throws Exception {
    Thread trainer = Thread.currentThread();
    var ended = new CountDownLatch(1);
    var hook =
        new Thread(
            () -> {
              trainer.interrupt();
              awaitUninterrupted(ended);
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return training.call();
    } finally {
      ended.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // The program is ending: the hook runs.
      }
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      // Nobody interrupts the end of the program.
    }
  }
}
