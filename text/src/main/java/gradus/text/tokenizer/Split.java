package gradus.text.tokenizer;

/**
 * A part of the text that becomes tokens by itself.
 *
 * @param text the part
 * @param token the added token it is, or -1
 */
record Split(NormalizedString text, int token) {

  Split(NormalizedString text) {
    this(text, -1);
  }

  boolean isToken() {
    return token >= 0;
  }
}
