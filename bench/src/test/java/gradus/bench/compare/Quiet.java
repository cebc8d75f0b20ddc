package gradus.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Waits for a moment in which no other thread of the machine runs: neighbours, or the other
 * contender's workers, which spin for a while after their last task.
 */
final class Quiet {

  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final int TRIES = 15;

  private Quiet() {}

  /** Returns when all is quiet, or after some 30 ms in any case. */
  static void await() {
    try {
      for (int i = 0; i < TRIES && running() > 1; i++) {
        Thread.sleep(2);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many threads run or want to, this one included. */
  private static int running() throws IOException {
    String field = Files.readString(LOAD).split(" ")[3];
    return Integer.parseInt(field.substring(0, field.indexOf('/')));
  }

  /** The load average over 1, 5 and 15 minutes. */
  static String load() throws IOException {
    String[] fields = Files.readString(LOAD).split(" ");
    return fields[0] + ", " + fields[1] + ", " + fields[2];
  }
}
