package gradus.examples;

import java.io.PrintStream;
import java.util.Locale;

/**
 * One line on the terminal that fills up.
 *
 * <p>On a terminal the line is drawn over itself ten times a second at most; into a file or a pipe
 * only the last state is written.
 */
final class ProgressBar {

  private static final int CELLS = 30;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintStream out;
  private final String name;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private long drawn;

  ProgressBar(PrintStream out, String name) {
    this.out = out;
    this.name = name;
    this.terminal = System.console() != null && System.console().isTerminal();
  }

  /**
   * Draws the state, if it is time to.
   *
   * @param done the share that is done, 0..1
   * @param remark a short remark behind the bar
   */
  void show(double done, String remark) {
    long now = System.nanoTime();
    boolean end = done >= 1;
    if (!end && (!terminal || now - drawn < REDRAW_NANOS)) {
      return;
    }
    drawn = now;
    int full = (int) Math.round(done * CELLS);
    String bar = "█".repeat(full) + "░".repeat(CELLS - full);
    out.print(
        String.format(
            Locale.ROOT,
            "%s  %s %s %3.0f %%  %4.1f s  %s  ",
            terminal ? "\r" : "",
            name,
            bar,
            100 * done,
            (now - start) / 1e9,
            remark));
    if (end) {
      out.println();
    }
    out.flush();
  }
}
