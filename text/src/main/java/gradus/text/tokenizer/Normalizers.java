package gradus.text.tokenizer;

import java.util.List;

/** The small normalizers of Hugging Face's tokenizers. */
final class Normalizers {

  private Normalizers() {}

  static TextNormalizer sequence(List<TextNormalizer> parts) {
    return text -> parts.forEach(part -> part.normalize(text));
  }

  /** White space away at the beginning, the end, or both. */
  static TextNormalizer strip(boolean left, boolean right) {
    return text -> {
      int from = 0;
      int to = text.length();
      while (left && from < to && CharClasses.isWhiteSpace(text.charAt(from))) {
        from++;
      }
      while (right && from < to && CharClasses.isWhiteSpace(text.charAt(to - 1))) {
        to--;
      }
      Edit edit = new Edit(text);
      edit.skipUnits(from);
      edit.keep(to - from);
      edit.finish();
    };
  }

  /** Every mark that combines with a character away. */
  static void stripAccents(NormalizedString text) {
    text.filter(c -> !CharClasses.isMark(c));
  }

  /** What machine translation cleans: control characters away, odd blanks to blanks. */
  static void nmt(NormalizedString text) {
    text.filter(c -> !isControlOfNmt(c));
    text.map(c -> isBlankOfNmt(c) ? ' ' : c);
  }

  private static boolean isControlOfNmt(int c) {
    return (c >= 1 && c <= 8)
        || c == 0xB
        || (c >= 0xE && c <= 0x1F)
        || c == 0x7F
        || c == 0x8F
        || c == 0x9F;
  }

  private static boolean isBlankOfNmt(int c) {
    return switch (c) {
      case 9, 0xA, 0xC, 0xD, 0x1680, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD -> true;
      default -> c >= 0x200B && c <= 0x200F;
    };
  }
}
