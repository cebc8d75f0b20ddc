package gradus.text.vectors;

import java.util.Locale;

/**
 * A word with the figure that put it in its place: a cosine similarity, a 3CosMul score or a
 * Euclidean distance, as the method that returns it says.
 *
 * <p>Printed as {@code queen 0.7118}.
 *
 * @param word the word as the table spells it
 * @param score the figure
 */
public record ScoredWord(String word, double score) {

  /** The word and its figure with four decimals, as in {@code queen 0.7118}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.4f", word, score);
  }
}
