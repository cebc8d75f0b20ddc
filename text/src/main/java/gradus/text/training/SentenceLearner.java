package gradus.text.training;

/** Goes through a sentence window by window: each word with its company. */
public abstract class SentenceLearner extends TrainingRun.Learner {

  private final WindowSampler sampler;
  private int[] kept = new int[64];

  protected SentenceLearner(WindowSampler sampler) {
    this.sampler = sampler;
  }

  @Override
  public final void learn(int[] words, int from, int to, float alpha, SamplingRandom random) {
    if (kept.length < to - from) {
      kept = new int[to - from];
    }
    int length = sampler.thin(words, from, to, random, kept);
    for (int at = 0; at < length; at++) {
      int reach = sampler.reach(random);
      int first = Math.max(0, at - reach);
      int last = Math.min(length - 1, at + reach);
      if (first < last) {
        window(kept, at, first, last, alpha, random);
      }
    }
  }

  /**
   * Learns from a word and its company.
   *
   * @param words the sentence
   * @param at the place of the word
   * @param first the first place of its company
   * @param last the last; there is at least one besides {@code at}
   * @param alpha the learning rate
   */
  protected abstract void window(
      int[] words, int at, int first, int last, float alpha, SamplingRandom random);
}
