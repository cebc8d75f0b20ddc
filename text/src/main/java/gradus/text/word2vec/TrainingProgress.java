package gradus.text.word2vec;

/** Hears now and then how far a training has come. */
@FunctionalInterface
public interface TrainingProgress {

  /**
   * Called many times per epoch, from the thread that trains.
   *
   * @param epoch the epoch under way, from 1
   * @param done the share of the whole training that is done, 0..1
   * @param loss the mean loss per training pair since the last call
   */
  void at(int epoch, double done, double loss);

  /**
   * Called when an epoch has ended, after the last call of {@link #at} for it.
   *
   * @param epoch which, from 1
   */
  default void epochEnded(int epoch) {}

  /** Hears nothing. */
  static TrainingProgress silent() {
    return (epoch, done, loss) -> {};
  }
}
