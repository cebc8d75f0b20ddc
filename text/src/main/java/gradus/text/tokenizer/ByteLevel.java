package gradus.text.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * GPT-2's way to leave no text unknown: each byte of UTF-8 stands as a character that can be seen.
 *
 * <p>Hugging Face: {@code ByteLevel} among pre-tokenizers, normalizers, decoders, post-processors.
 */
final class ByteLevel {

  /** How GPT-2 cuts: contractions, letters, digits, signs, each with one blank before it. */
  static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  private static final char[] CHARS = chars();
  private static final int[] BYTES = bytes();
  private static final Pattern CONTRACTION = Pattern.compile("'(?:s|t|re|ve|m|ll|d)");

  private ByteLevel() {}

  private static char[] chars() {
    char[] chars = new char[256];
    char next = 256;
    for (int b = 0; b < 256; b++) {
      boolean seen = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      chars[b] = seen ? (char) b : next++;
    }
    return chars;
  }

  private static int[] bytes() {
    int[] bytes = new int[512];
    Arrays.fill(bytes, -1);
    for (int b = 0; b < 256; b++) {
      bytes[CHARS[b]] = b;
    }
    return bytes;
  }

  /** The character for the blank: Ġ. */
  static char blank() {
    return CHARS[' '];
  }

  static PreTokenizer preTokenizer(boolean addPrefixSpace, boolean useRegex) {
    PreTokenizer cut =
        PreTokenizer.each(
            (text, out) -> {
              if (addPrefixSpace && !text.startsWith(' ')) {
                text.prepend(" ");
              }
              if (useRegex) {
                SplitBehavior.ISOLATED.split(text, ByteLevel::gpt2, out);
              } else {
                out.add(text);
              }
            });
    return splits -> {
      List<Split> result = cut.split(splits);
      for (Split split : result) {
        if (!split.isToken()) {
          normalize(split.text());
        }
      }
      return result;
    };
  }

  /** Each character as the characters of its bytes. */
  static void normalize(NormalizedString text) {
    Edit edit = new Edit(text);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80) {
        edit.put(CHARS[c], 0);
        continue;
      }
      int bytes = Utf8.length(c);
      int lead = bytes == 2 ? 0xC0 : bytes == 3 ? 0xE0 : 0xF0;
      edit.put(CHARS[lead | c >> 6 * (bytes - 1)], 0);
      for (int shift = 6 * (bytes - 2); shift >= 0; shift -= 6) {
        edit.put(CHARS[0x80 | c >> shift & 0x3F], 1);
      }
    }
    edit.finish();
  }

  /** {@link #GPT2} by hand: in one pass, and for texts of any length. */
  static void gpt2(NormalizedString text, TextPattern.Pieces pieces) {
    for (int i = 0; i < text.length(); ) {
      int end = gpt2End(text, i);
      pieces.piece(i, end, true);
      i = end;
    }
  }

  private enum Kind {
    LETTER,
    NUMBER,
    BLANK,
    SIGN
  }

  private static Kind kind(int c) {
    return Character.isLetter(c)
        ? Kind.LETTER
        : CharClasses.isWhiteSpace(c)
            ? Kind.BLANK
            : CharClasses.isNumeric(c) ? Kind.NUMBER : Kind.SIGN;
  }

  private static int gpt2End(NormalizedString text, int start) {
    int length = text.length();
    char first = text.charAt(start);
    if (first == '\'') {
      var matcher = CONTRACTION.matcher(text.substring(start, Math.min(start + 3, length)));
      if (matcher.lookingAt()) {
        return start + matcher.end();
      }
    }
    int from = first == ' ' && start + 1 < length ? start + 1 : start;
    Kind kind = kind(text.codePointAt(from));
    if (kind != Kind.BLANK) {
      return endOf(kind, text, from);
    }
    int end = endOf(Kind.BLANK, text, start);
    return end == length || end == start + 1 ? end : end - 1; // the last blank is the next word's
  }

  private static int endOf(Kind kind, NormalizedString text, int from) {
    int end = from;
    while (end < text.length() && kind(text.codePointAt(end)) == kind) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  /** The text of all tokens as one piece; what is no UTF-8 becomes U+FFFD. */
  static List<String> decode(List<String> tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String token : tokens) {
      boolean all = token.chars().allMatch(c -> c < BYTES.length && BYTES[c] >= 0);
      if (all) {
        token.chars().forEach(c -> bytes.write(BYTES[c]));
      } else {
        bytes.writeBytes(Utf8.bytes(token));
      }
    }
    return List.of(bytes.toString(StandardCharsets.UTF_8));
  }
}
