package gradus.cli;

import gradus.text.corpus.TrainingProgress;
import gradus.text.corpus.TrainingState;

/**
 * Gives back the memory of what was only needed for counting, before the tables are trained: a text
 * has several times as many different words as get a vector.
 */
record Sparing(TrainingProgress progress) implements TrainingProgress {

  @Override
  public void at(TrainingState state) {
    progress.at(state);
  }

  @Override
  public void counted(long words, int distinct, int kept) {
    progress.counted(words, distinct, kept);
    System.gc();
  }

  @Override
  public void epochEnded(TrainingState state) {
    progress.epochEnded(state);
    if (state.epoch() == state.epochs()) {
      System.gc();
    }
  }
}
