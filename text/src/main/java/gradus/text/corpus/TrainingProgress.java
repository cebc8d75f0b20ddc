package gradus.text.corpus;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Hears how far the training of word vectors has come (gensim: {@code callbacks}).
 *
 * <pre>{@code
 * model.train(corpus, TrainingProgress.console());
 * model.train(corpus, state -> losses.add(state.loss()));
 * }</pre>
 *
 * <p>What a method throws ends the training, and comes out of {@code train}.
 */
@FunctionalInterface
public interface TrainingProgress {

  /**
   * Called some hundred times per pass, one call at a time, from a thread that trains.
   *
   * @param state how far it is; its loss is the mean since the last call
   */
  void at(TrainingState state);

  /**
   * Called when the words are counted, before training.
   *
   * @param words all words of the corpus
   * @param distinct how many different ones
   * @param kept how many of those get a vector
   */
  default void counted(long words, int distinct, int kept) {}

  /**
   * Called when a pass has ended and no thread trains: the vectors may be looked at.
   *
   * @param state how far it is; its loss is the mean of the pass
   */
  default void epochEnded(TrainingState state) {}

  /** Hears nothing. */
  static TrainingProgress silent() {
    return state -> {};
  }

  /**
   * Draws a line on the terminal, with words per second, loss, and the time that is left; without a
   * terminal, or with {@code -Dgradus.progress=false}, it says nothing.
   */
  static TrainingProgress console() {
    boolean terminal = System.console() != null && System.console().isTerminal();
    boolean wanted = !System.getProperty("gradus.progress", "true").equals("false");
    return terminal && wanted ? line(System.err) : silent();
  }

  /**
   * Draws a line over itself, ten times a second at most, and leaves one for each pass.
   *
   * @param out where to draw
   */
  static TrainingProgress line(PrintStream out) {
    return new TrainingProgress() {
      private static final long REDRAW_NANOS = 100_000_000;
      private long next = System.nanoTime();

      @Override
      public void counted(long words, int distinct, int kept) {
        out.printf(Locale.ROOT, "%,d words, %,d different, %,d kept%n", words, distinct, kept);
      }

      @Override
      public void at(TrainingState state) {
        long now = System.nanoTime();
        if (now - next >= 0) {
          next = now + REDRAW_NANOS;
          draw(state, "");
        }
      }

      @Override
      public void epochEnded(TrainingState state) {
        draw(state, System.lineSeparator());
      }

      private void draw(TrainingState state, String end) {
        int full = (int) Math.round(20 * state.done());
        out.printf(
            Locale.ROOT,
            "\repoch %d of %d  %s%s %3.0f %%  %,d words/s  loss %.4f  alpha %.5f  left %s %s",
            state.epoch(),
            state.epochs(),
            "█".repeat(full),
            "░".repeat(20 - full),
            100 * state.done(),
            Math.round(state.wordsPerSecond()),
            state.loss(),
            state.alpha(),
            clock(state.remaining()),
            end);
        out.flush();
      }
    };
  }

  private static String clock(Duration left) {
    return left.toHours() > 0
        ? "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart())
        : "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
  }
}
