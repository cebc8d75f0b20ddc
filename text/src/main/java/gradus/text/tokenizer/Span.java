package gradus.text.tokenizer;

/**
 * A part of a text: {@code text.substring(start, end)}.
 *
 * @param start where it begins
 * @param end where it ends, not included
 */
public record Span(int start, int end) {

  /** How long it is. */
  public int length() {
    return end - start;
  }

  /** The part itself, where the span counts UTF-16 code units, as {@link Encoding#offsets} do. */
  public String of(String text) {
    return text.substring(start, end);
  }
}
