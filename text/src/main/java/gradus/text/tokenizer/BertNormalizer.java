package gradus.text.tokenizer;

import java.text.Normalizer.Form;

/**
 * BERT's cleaning: control characters away, white space to blanks, blanks around Chinese
 * characters, accents off, small letters.
 *
 * @param cleanText whether control characters go and white space becomes blanks
 * @param handleChineseChars whether each Chinese character stands alone
 * @param stripAccents whether é becomes e
 * @param lowercase whether letters become small
 */
record BertNormalizer(
    boolean cleanText, boolean handleChineseChars, boolean stripAccents, boolean lowercase)
    implements TextNormalizer {

  @Override
  public void normalize(NormalizedString text) {
    if (cleanText) {
      text.filter(c -> c != 0 && c != 0xFFFD && !CharClasses.isControl(c));
      text.map(c -> CharClasses.isWhiteSpace(c) ? ' ' : c);
    }
    if (handleChineseChars) {
      separateChinese(text);
    }
    if (stripAccents) {
      UnicodeForms.normalize(text, Form.NFD);
      text.filter(c -> !CharClasses.isNonSpacingMark(c));
    }
    if (lowercase) {
      text.lowercase();
    }
  }

  private static void separateChinese(NormalizedString text) {
    Edit edit = new Edit(text);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (CharClasses.isChinese(c)) {
        edit.put(' ', 0);
        edit.put(c, 1);
        edit.put(' ', 1);
      } else {
        edit.put(c, 0);
      }
      i += Character.charCount(c);
    }
    edit.finish();
  }
}
