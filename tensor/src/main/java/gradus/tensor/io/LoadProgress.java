package gradus.tensor.io;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** Hears now and then how far the reading of a file has come. */
@FunctionalInterface
public interface LoadProgress {

  /**
   * Called now and then by the thread that reads, and once at the end with {@code done == total}.
   *
   * @param file the file that is read
   * @param done the bytes read
   * @param total the bytes of the file
   */
  void at(Path file, long done, long total);

  /** Hears nothing. */
  static LoadProgress silent() {
    return (file, done, total) -> {};
  }

  /**
   * Draws a line on the terminal when reading takes longer than a second; without a terminal, or
   * with {@code -Dgradus.progress=false}, it says nothing.
   *
   * @return what {@code load(path)} uses by itself; one for each file
   */
  static LoadProgress console() {
    boolean terminal = System.console() != null && System.console().isTerminal();
    boolean wanted = !System.getProperty("gradus.progress", "true").equals("false");
    return terminal && wanted ? line(System.err, 1_000_000_000L) : silent();
  }

  /**
   * Draws a line over itself, ten times a second at most.
   *
   * @param out where to draw
   * @param patience for how many nanoseconds nothing is drawn at first
   * @return the line
   */
  static LoadProgress line(PrintStream out, long patience) {
    return new LoadProgress() {
      private static final long REDRAW_NANOS = 100_000_000;
      private final long start = System.nanoTime();
      private long next = start + patience;
      private boolean drawn;

      @Override
      public void at(Path file, long done, long total) {
        long now = System.nanoTime();
        boolean end = done >= total && drawn;
        if (now - next < 0 && !end) {
          return;
        }
        next = now + REDRAW_NANOS;
        drawn = true;
        double share = total == 0 ? 1 : (double) done / total;
        int full = (int) Math.round(20 * share);
        out.print(
            String.format(
                Locale.ROOT,
                "\r%s  %s%s %3.0f %%  %,d of %,d MB  %.1f s ",
                file.getFileName(),
                "█".repeat(full),
                "░".repeat(20 - full),
                100 * share,
                done / 1_000_000,
                total / 1_000_000,
                (now - start) / 1e9));
        if (end) {
          out.println();
        }
        out.flush();
      }
    };
  }
}
