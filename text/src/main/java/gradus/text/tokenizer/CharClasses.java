package gradus.text.tokenizer;

/** The classes of characters that tokenizers cut and clean by. */
final class CharClasses {

  private CharClasses() {}

  /** Unicode's property White_Space. */
  static boolean isWhiteSpace(int c) {
    return c == ' '
        || (c >= 9 && c <= 13)
        || (c >= 0x85
            && (c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000));
  }

  /** ASCII's signs, and all characters of Unicode's categories P. */
  static boolean isPunctuation(int c) {
    if (c < 128) {
      return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          !OldUnicode.NO_PUNCTUATION.get(c);
      default -> OldUnicode.PUNCTUATION.get(c);
    };
  }

  /** Unicode's categories C, save tab, line ends and what is not assigned. */
  static boolean isControl(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE ->
          !OldUnicode.NO_CONTROL.get(c);
      default -> false;
    };
  }

  /** Unicode's category Mn: accents and the like, which take no room. */
  static boolean isNonSpacingMark(int c) {
    return Character.getType(c) == Character.NON_SPACING_MARK
        ? !OldUnicode.NO_NON_SPACING_MARK.get(c)
        : OldUnicode.NON_SPACING_MARK.get(c);
  }

  /** Unicode's categories M. */
  static boolean isMark(int c) {
    return isMarkToday(c) ? !OldUnicode.NO_MARK.get(c) : OldUnicode.MARK.get(c);
  }

  /** The same for the JDK. */
  static boolean isMarkToday(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /** Unicode's categories N. */
  static boolean isNumeric(int c) {
    int type = Character.getType(c);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  /** The blocks of Chinese characters that BERT sees one by one. */
  static boolean isChinese(int c) {
    return c >= 0x3400
        && ((c >= 0x4E00 && c <= 0x9FFF)
            || c <= 0x4DBF
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0x20000 && c <= 0x2A6DF)
            || (c >= 0x2A700 && c <= 0x2B73F)
            || (c >= 0x2B740 && c <= 0x2B81F)
            || (c >= 0x2B920 && c <= 0x2CEAF)
            || (c >= 0x2F800 && c <= 0x2FA1F));
  }

  /** A character that words are made of: what {@code \w} stands for in a regular expression. */
  static boolean isWord(int c) {
    return Character.isAlphabetic(c)
        || isMarkToday(c)
        || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER
        || Character.getType(c) == Character.CONNECTOR_PUNCTUATION
        || c == 0x200C
        || c == 0x200D;
  }
}
