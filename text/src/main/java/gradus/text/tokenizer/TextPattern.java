package gradus.text.tokenizer;

import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into matches and what lies between them. Hugging Face: {@code Pattern}. */
@FunctionalInterface
interface TextPattern {

  /** Hears the pieces from left to right; together they are the whole text. */
  @FunctionalInterface
  interface Pieces {
    /** The characters [start, end), and whether they are a match. */
    void piece(int start, int end, boolean match);
  }

  void matches(NormalizedString text, Pieces pieces);

  /** Matches and what lies between them change sides. */
  default TextPattern inverted() {
    return (text, pieces) -> matches(text, (start, end, match) -> pieces.piece(start, end, !match));
  }

  /** Each such character is a match of its own. */
  static TextPattern each(IntPredicate isMatch) {
    return (text, pieces) -> {
      int last = 0;
      for (int i = 0; i < text.length(); ) {
        int c = text.codePointAt(i);
        int next = i + Character.charCount(c);
        if (isMatch.test(c)) {
          if (last < i) {
            pieces.piece(last, i, false);
          }
          pieces.piece(i, next, true);
          last = next;
        }
        i = next;
      }
      if (last < text.length()) {
        pieces.piece(last, text.length(), false);
      }
    };
  }

  static TextPattern regex(Pattern pattern) {
    return (text, pieces) -> {
      Matcher matcher = pattern.matcher(new PatientText(text.toString()));
      int last = 0;
      try {
        while (matcher.find()) {
          if (last < matcher.start()) {
            pieces.piece(last, matcher.start(), false);
          }
          pieces.piece(matcher.start(), matcher.end(), true);
          last = matcher.end();
        }
      } catch (StackOverflowError e) {
        throw PatientText.tooLong(text.length());
      }
      if (last < text.length()) {
        pieces.piece(last, text.length(), false);
      }
    };
  }
}
