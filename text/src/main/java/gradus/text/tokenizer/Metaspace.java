package gradus.text.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * SentencePiece's way with blanks: a sign, mostly ▁, stands for each, and words begin with it.
 *
 * @param replacement the sign
 * @param prepend whether the text gets one in front
 * @param split whether the text is cut before each sign
 */
record Metaspace(int replacement, Prepend prepend, boolean split) {

  /** When a text gets a sign in front. */
  enum Prepend {
    ALWAYS,
    FIRST,
    NEVER
  }

  PreTokenizer preTokenizer() {
    String sign = Character.toString(replacement);
    TextPattern blank = TextPattern.each(c -> c == ' ');
    TextPattern mark = TextPattern.each(c -> c == replacement);
    return PreTokenizer.each(
        (text, out) -> {
          text.replace(blank, sign);
          boolean wanted =
              prepend == Prepend.ALWAYS || (prepend == Prepend.FIRST && text.originalStart() == 0);
          if (wanted && !text.startsWith(replacement)) {
            text.prepend(sign);
          }
          if (split) {
            SplitBehavior.MERGED_WITH_NEXT.split(text, mark, out);
          } else {
            out.add(text);
          }
        });
  }

  Decoder decoder() {
    String sign = Character.toString(replacement);
    return tokens -> {
      List<String> words = new ArrayList<>();
      for (String token : tokens) {
        boolean drop = words.isEmpty() && prepend != Prepend.NEVER;
        words.add(token.replace(sign, drop ? "" : " "));
      }
      return words;
    };
  }
}
