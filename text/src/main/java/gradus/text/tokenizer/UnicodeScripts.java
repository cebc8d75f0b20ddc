package gradus.text.tokenizer;

import java.lang.Character.UnicodeScript;
import java.util.List;

/**
 * Cuts a text where the script changes, as SentencePiece does: Hiragana and Katakana go with Han,
 * blanks and characters of no script with what stands before them. Hugging Face: {@code
 * UnicodeScripts}.
 */
final class UnicodeScripts {

  private UnicodeScripts() {}

  static PreTokenizer preTokenizer() {
    return PreTokenizer.each(UnicodeScripts::cut);
  }

  /** What stands before the first character of a script is left out, as it is there. */
  private static void cut(NormalizedString text, List<NormalizedString> out) {
    UnicodeScript last = UnicodeScript.UNKNOWN;
    int start = -1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      UnicodeScript script = of(c);
      if (script != UnicodeScript.UNKNOWN && script != last) {
        if (start >= 0) {
          out.add(text.slice(start, i));
        }
        start = i;
        last = script;
      }
      i += Character.charCount(c);
    }
    if (start >= 0) {
      out.add(text.slice(start, text.length()));
    }
  }

  /** UNKNOWN for those that cut nowhere. */
  static UnicodeScript of(int c) {
    if (c == ' ' || OldUnicode.NO_SCRIPT.get(c)) {
      return UnicodeScript.UNKNOWN;
    }
    if (c == 0x589 || c == 0x61C) { // they have become Armenian and Arabic
      return UnicodeScript.COMMON;
    }
    UnicodeScript script = UnicodeScript.of(c);
    boolean japanese =
        c == 0x30FC || script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA;
    return japanese ? UnicodeScript.HAN : script;
  }
}
