package gradus.cli;

import gradus.text.corpus.TrainingProgress;
import gradus.text.corpus.TrainingState;
import java.io.PrintWriter;
import java.util.Locale;

/** The progress where nobody looks on: a line for each pass, for the file it is kept in. */
record PassLines(PrintWriter out) implements TrainingProgress {

  @Override
  public void at(TrainingState state) {
    // A line for each pass is enough.
  }

  @Override
  public void counted(long words, int distinct, int kept) {
    out.printf(Locale.ROOT, "%,d words, %,d different, %,d kept%n", words, distinct, kept);
  }

  @Override
  public void epochEnded(TrainingState state) {
    out.printf(
        Locale.ROOT,
        "epoch %d of %d: loss %.4f, %,d words/s, %d s%n",
        state.epoch(),
        state.epochs(),
        state.loss(),
        Math.round(state.wordsPerSecond()),
        state.elapsed().toSeconds());
  }
}
