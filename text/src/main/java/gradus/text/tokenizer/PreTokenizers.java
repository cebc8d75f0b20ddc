package gradus.text.tokenizer;

import java.util.List;

/** The pre-tokenizers of Hugging Face's tokenizers. */
final class PreTokenizers {

  /** At white space, which goes, and at signs, each a word of its own: BertPreTokenizer. */
  static final PreTokenizer BERT =
      PreTokenizer.sequence(List.of(whitespaceSplit(), punctuation(SplitBehavior.ISOLATED)));

  private PreTokenizers() {}

  /** At white space, which goes. */
  static PreTokenizer whitespaceSplit() {
    return PreTokenizer.at(TextPattern.each(CharClasses::isWhiteSpace), SplitBehavior.REMOVED);
  }

  /** At signs. */
  static PreTokenizer punctuation(SplitBehavior behavior) {
    return PreTokenizer.at(TextPattern.each(CharClasses::isPunctuation), behavior);
  }

  /** At digits: each a word of its own, or those in a row one word. */
  static PreTokenizer digits(boolean individual) {
    return PreTokenizer.at(
        TextPattern.each(CharClasses::isNumeric),
        individual ? SplitBehavior.ISOLATED : SplitBehavior.CONTIGUOUS);
  }

  /** Runs of word characters and runs of signs are words: {@code \w+|[^\w\s]+}. */
  static PreTokenizer whitespace() {
    return PreTokenizer.at(PreTokenizers::words, SplitBehavior.ISOLATED);
  }

  private static void words(NormalizedString text, TextPattern.Pieces pieces) {
    int length = text.length();
    for (int i = 0; i < length; ) {
      int c = text.codePointAt(i);
      int end = i + Character.charCount(c);
      if (CharClasses.isWhiteSpace(c)) {
        i = end;
        continue;
      }
      boolean word = CharClasses.isWord(c);
      while (end < length) {
        int next = text.codePointAt(end);
        if (CharClasses.isWhiteSpace(next) || CharClasses.isWord(next) != word) {
          break;
        }
        end += Character.charCount(next);
      }
      pieces.piece(i, end, true);
      i = end;
    }
  }
}
