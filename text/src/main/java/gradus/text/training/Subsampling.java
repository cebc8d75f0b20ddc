package gradus.text.training;

/**
 * Leaves out most places of the most frequent words: a word with a share f of the text is kept with
 * probability {@code √(t/f) + t/f}, as in the programs word2vec and fastText.
 *
 * <p>Source: Mikolov and others, "Distributed Representations of Words and Phrases and their
 * Compositionality", 2013, section 2.3; the second term is only in the programs.
 */
public final class Subsampling {

  /** The probability of each word in 2^31. */
  private final long[] kept;

  /**
   * A rule for a vocabulary.
   *
   * @param counts how often each word occurs
   * @param total how many words the text has that the shares are of
   * @param sample t; 0 keeps all
   */
  public Subsampling(long[] counts, double total, double sample) {
    kept = new long[counts.length];
    for (int word = 0; word < kept.length; word++) {
      kept[word] = (long) (probability(counts[word] / total, sample) * 0x1p31);
    }
  }

  /** How likely a word with such a share of the text is kept. */
  static double probability(double share, double sample) {
    double ratio = sample / share;
    return sample <= 0 ? 1 : Math.min(1, Math.sqrt(ratio) + ratio);
  }

  /** Whether a place of the word is kept. */
  public boolean keeps(int word, SamplingRandom random) {
    long share = kept[word];
    return share >= 1L << 31 || random.next() >>> 33 < share;
  }
}
