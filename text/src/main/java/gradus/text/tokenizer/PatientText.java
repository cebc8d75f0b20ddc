package gradus.text.tokenizer;

/**
 * A text that a pattern may look at only so often: one that tries all ways to match, such as {@code
 * (a+)+b}, would never come to an end. Oniguruma gives up likewise.
 *
 * @param text the text
 * @param left how many looks are left
 */
record PatientText(String text, long[] left) implements CharSequence {

  private static final long AT_LEAST = 10_000_000;
  private static final long PER_CHARACTER = 1_000;

  PatientText(String text) {
    this(text, new long[] {AT_LEAST + PER_CHARACTER * text.length()});
  }

  static IllegalArgumentException tooLong(int length) {
    return new IllegalArgumentException(
        "tokenizer: the pattern in the tokenizer's file does not get through a text of %,d characters. Split the text."
            .formatted(length));
  }

  @Override
  public char charAt(int index) {
    if (--left[0] < 0) {
      throw tooLong(text.length());
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
