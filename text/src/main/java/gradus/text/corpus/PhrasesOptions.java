package gradus.text.corpus;

import gradus.text.io.Given;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Options of {@link Phrases} by name; what is not said keeps gensim's default.
 *
 * <pre>{@code
 * Phrases.of(corpus, o -> o.minCount(10).connectorWords(Phrases.ENGLISH_CONNECTOR_WORDS));
 * }</pre>
 */
public final class PhrasesOptions {

  int minCount = 5;
  double threshold = 10;
  int maxVocabSize = 40_000_000;
  String delimiter = "_";
  String scoring = "default";
  Set<String> connectorWords = Set.of();

  PhrasesOptions() {}

  PhrasesOptions(Consumer<PhrasesOptions> options) {
    Given.notNull("phrases", "options", options).accept(this);
    check();
  }

  /** Pairs of words that occur less often are no phrase (default 5). */
  public PhrasesOptions minCount(int minCount) {
    this.minCount = atLeast(1, "minCount", minCount);
    return this;
  }

  /**
   * What score a phrase must be above (default 10): a higher one gives fewer phrases. With {@code
   * scoring("npmi")} it is between -1 and 1.
   */
  public PhrasesOptions threshold(double threshold) {
    this.threshold = threshold;
    return this;
  }

  /**
   * How many different words and pairs are counted at a time (default 40 million): when there are
   * more, the rarest are dropped. A million takes some 60 megabytes.
   */
  public PhrasesOptions maxVocabSize(int maxVocabSize) {
    this.maxVocabSize = atLeast(1, "maxVocabSize", maxVocabSize);
    return this;
  }

  /** What stands between the words of a phrase (default {@code _}). */
  public PhrasesOptions delimiter(String delimiter) {
    if (Given.notNull("phrases", "delimiter", delimiter).isEmpty()) {
      throw new IllegalArgumentException(
          "phrases: the delimiter is empty. Take a character that stands in no word, such as _.");
    }
    this.delimiter = delimiter;
    return this;
  }

  /**
   * How a pair of words is scored: {@code "default"}, {@code (count(ab) − minCount) · vocabulary /
   * (count(a) · count(b))}, or {@code "npmi"}, {@code ln(p(ab) / (p(a) p(b))) / −ln p(ab)}.
   *
   * <p>Source: Mikolov et al., "Distributed Representations of Words and Phrases and their
   * Compositionality" (2013); Bouma, "Normalized (Pointwise) Mutual Information in Collocation
   * Extraction" (2009).
   */
  public PhrasesOptions scoring(String scoring) {
    if (!"default".equals(scoring) && !"npmi".equals(scoring)) {
      throw new IllegalArgumentException(
          "phrases: scoring is %s. Valid are \"default\" and \"npmi\".".formatted(scoring));
    }
    this.scoring = scoring;
    return this;
  }

  /**
   * Words that may stand within a phrase, but not at its ends, and do not count (default none): so
   * {@code bank of america} becomes a phrase. For English {@link Phrases#ENGLISH_CONNECTOR_WORDS}.
   */
  public PhrasesOptions connectorWords(Collection<String> connectorWords) {
    for (String word : Given.notNull("phrases", "connectorWords", connectorWords)) {
      Given.notNull("phrases", "a connector word", word);
    }
    this.connectorWords = Set.copyOf(connectorWords);
    return this;
  }

  /** Refuses what does not go together. */
  void check() {
    boolean npmi = scoring.equals("npmi");
    if (npmi && !(threshold >= -1 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "phrases: threshold is %s. With scoring(\"npmi\") it must be between -1 and 1."
              .formatted(threshold));
    }
    if (!npmi && !(threshold > 0)) {
      throw new IllegalArgumentException(
          "phrases: threshold is %s. It must be a number above 0.".formatted(threshold));
    }
  }

  /**
   * The score of a pair of words.
   *
   * @param a how often the first occurs
   * @param b how often the second occurs
   * @param ab how often they stand together
   * @param vocabulary how many different words and pairs there are
   * @param words how many words the corpus has
   */
  double score(long a, long b, long ab, int vocabulary, long words) {
    if (scoring.equals("default")) {
      return (ab - minCount) / ((double) a * b) * vocabulary;
    }
    if (ab < minCount) {
      return Double.NEGATIVE_INFINITY;
    }
    double pa = a / (double) words;
    double pb = b / (double) words;
    double pab = ab / (double) words;
    return Math.log(pab / (pa * pb)) / -Math.log(pab);
  }

  private static int atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "phrases: %s is %d. It must be at least %d.".formatted(name, value, least));
    }
    return value;
  }
}
