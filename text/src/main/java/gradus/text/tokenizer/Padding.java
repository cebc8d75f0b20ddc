package gradus.text.tokenizer;

/**
 * How encodings are filled up to one length.
 *
 * @param length the length, or 0 for that of the longest in the batch
 * @param padToMultipleOf lengths are rounded up to a multiple of this; 0 or 1 for none
 * @param padId the number of the token to fill with
 * @param padTypeId its type
 * @param padToken how it is written
 * @param direction the side that is filled
 */
public record Padding(
    int length,
    int padToMultipleOf,
    int padId,
    int padTypeId,
    String padToken,
    Direction direction) {

  /** No padding may make an encoding longer than this: it would only be a mistake. */
  static final int LONGEST = 1 << 20;

  /** Checks the numbers. */
  public Padding {
    if (length < 0 || length > LONGEST || padToMultipleOf < 0 || padToMultipleOf > LONGEST) {
      throw new IllegalArgumentException(
          "padding: length %d to a multiple of %d. Both must lie in 0..%d."
              .formatted(length, padToMultipleOf, LONGEST));
    }
  }

  /** On the right, with {@code [PAD]}, number 0, to the longest of the batch. */
  public static Padding longest() {
    return fixed(0);
  }

  /** On the right, with {@code [PAD]}, number 0, to a fixed length. */
  public static Padding fixed(int length) {
    return new Padding(length, 0, 0, 0, "[PAD]", Direction.RIGHT);
  }

  /** The length that encodings of at most this length are filled up to. */
  int target(int longest) {
    int target = length > 0 ? length : longest;
    return padToMultipleOf > 1
        ? Math.multiplyExact(Math.ceilDiv(target, padToMultipleOf), padToMultipleOf)
        : target;
  }
}
