package gradus.text.corpus;

import java.time.Duration;

/**
 * How far a training has come.
 *
 * @param epoch the pass over the corpus under way, from 1
 * @param epochs how many there are to be
 * @param words how many words of the vocabulary have been gone through, in all passes
 * @param totalWords how many there will have been at the end
 * @param loss the mean loss of an example: at {@link TrainingProgress#at} since the last call, at
 *     {@link TrainingProgress#epochEnded} of the whole pass
 * @param alpha the learning rate
 * @param wordsPerSecond since this training, or its resumption, began
 * @param elapsed the time since then
 */
public record TrainingState(
    int epoch,
    int epochs,
    long words,
    long totalWords,
    double loss,
    double alpha,
    double wordsPerSecond,
    Duration elapsed) {

  /** The share of the whole training that is done, 0..1. */
  public double done() {
    return totalWords == 0 ? 1 : (double) words / totalWords;
  }

  /** How long the rest takes at the same pace. */
  public Duration remaining() {
    double seconds = wordsPerSecond > 0 ? (totalWords - words) / wordsPerSecond : 0;
    return Duration.ofMillis((long) (1000 * seconds));
  }
}
