package gradus.text.vectors;

import java.util.List;

/**
 * A sum of words less some others, as analogies are asked; made by {@link WordVectors#positive}.
 */
public final class WordSum {
  /** How many answers there are unless it is said. */
  static final int TOP_N = 10;

  private final WordVectors vectors;
  private final List<String> positive;
  private final List<String> negative;

  WordSum(WordVectors vectors, List<String> positive, List<String> negative) {
    this.vectors = vectors;
    this.positive = positive;
    this.negative = negative;
  }

  /** This sum less some words. */
  public WordSum negative(String... words) {
    return new WordSum(vectors, positive, List.of(words));
  }

  /** The ten words nearest by cosine, best first. gensim: {@code most_similar}. */
  public List<ScoredWord> mostSimilar() {
    return mostSimilar(TOP_N);
  }

  /** The words nearest by cosine, best first. */
  public List<ScoredWord> mostSimilar(int topN) {
    return vectors.mostSimilar(positive, negative, topN);
  }

  /** The same with terms multiplied instead of added. gensim: {@code most_similar_cosmul}. */
  public List<ScoredWord> mostSimilarCosMul(int topN) {
    return vectors.mostSimilarCosMul(positive, negative, topN);
  }
}
