package gradus.text.tokenizer;

/**
 * How encodings are cut short.
 *
 * @param maxLength the most tokens that stay, special ones included
 * @param strategy which text of a pair is cut
 * @param stride how many tokens the next part, in {@link Encoding#overflowing}, repeats
 * @param direction the side that is cut
 */
public record Truncation(int maxLength, Strategy strategy, int stride, Direction direction) {

  /** Which text of a pair is cut. */
  public enum Strategy {
    /** The longer one, then both. */
    LONGEST_FIRST,
    /** The first one. */
    ONLY_FIRST,
    /** The second one. */
    ONLY_SECOND
  }

  /** Checks the numbers. */
  public Truncation {
    if (maxLength < 0 || stride < 0) {
      throw new IllegalArgumentException(
          "truncation: maxLength %d and stride %d. Neither may be negative."
              .formatted(maxLength, stride));
    }
  }

  /** Cuts on the right, the longer text first, with nothing repeated. */
  public static Truncation of(int maxLength) {
    return new Truncation(maxLength, Strategy.LONGEST_FIRST, 0, Direction.RIGHT);
  }
}
