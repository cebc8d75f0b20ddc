package gradus.text.training;

import java.util.stream.LongStream;

/**
 * All that is drawn while a sentence is learnt: which of its words are kept, how far the company of
 * a word reaches, and which words it is told from.
 */
public final class WindowSampler {

  private final Subsampling subsampling;
  private final AliasTable negatives;
  private final int window;
  private final boolean shrinkWindows;

  /**
   * A sampler, to be shared between threads.
   *
   * @param counts how often each word occurs
   * @param sample how hard frequent words are thinned out; 0 for not at all
   * @param nsExponent the power of the counts by which negatives are drawn
   * @param window how far the company reaches at most
   * @param shrinkWindows whether each word's reach is drawn from 1 to {@code window}
   */
  public WindowSampler(
      long[] counts, double sample, double nsExponent, int window, boolean shrinkWindows) {
    this(
        new Subsampling(counts, LongStream.of(counts).sum(), sample),
        AliasTable.ofCounts(counts, nsExponent),
        window,
        shrinkWindows);
  }

  /** A sampler of parts. */
  public WindowSampler(
      Subsampling subsampling, AliasTable negatives, int window, boolean shrinkWindows) {
    this.subsampling = subsampling;
    this.negatives = negatives;
    this.window = window;
    this.shrinkWindows = shrinkWindows;
  }

  /**
   * Copies the words of a sentence that are kept.
   *
   * @param kept long enough for all
   * @return how many there are
   */
  public int thin(int[] words, int from, int to, SamplingRandom random, int[] kept) {
    int length = 0;
    for (int i = from; i < to; i++) {
      if (subsampling.keeps(words[i], random)) {
        kept[length++] = words[i];
      }
    }
    return length;
  }

  /** How far the company of the next word reaches. */
  public int reach(SamplingRandom random) {
    return shrinkWindows ? 1 + random.below(window) : window;
  }

  /** A word to tell another one from; never that one. There must be two different words. */
  public int negative(int word, SamplingRandom random) {
    int drawn;
    do {
      drawn = negatives.draw(random.next());
    } while (drawn == word);
    return drawn;
  }
}
