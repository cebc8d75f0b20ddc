package gradus.text.tokenizer;

/** A side of a sequence of tokens. */
public enum Direction {
  /** At the beginning. */
  LEFT,
  /** At the end. */
  RIGHT
}
