package gradus.text.tokenizer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** The decoders of Hugging Face's tokenizers. */
final class Decoders {

  private static final Pattern BYTE = Pattern.compile("<0x\\p{XDigit}{2}>");

  private Decoders() {}

  /** Pieces join the one before, words get a blank in front. */
  static Decoder wordPiece(String prefix, boolean cleanup) {
    return tokens -> {
      List<String> words = new ArrayList<>();
      for (String token : tokens) {
        String word = token;
        if (!words.isEmpty()) {
          word = token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token;
        }
        words.add(cleanup ? cleanUp(word) : word);
      }
      return words;
    };
  }

  /** English signs and endings join the word before. */
  private static String cleanUp(String word) {
    return word.replace(" .", ".")
        .replace(" ?", "?")
        .replace(" !", "!")
        .replace(" ,", ",")
        .replace(" ' ", "'")
        .replace(" n't", "n't")
        .replace(" 'm", "'m")
        .replace(" do not", " don't")
        .replace(" 's", "'s")
        .replace(" 've", "'ve")
        .replace(" 're", "'re");
  }

  /** The mark of a word's end becomes a blank; at the text's end it vanishes. */
  static Decoder bpe(String suffix) {
    return tokens -> {
      List<String> words = new ArrayList<>();
      for (String token : tokens) {
        words.add(token.replace(suffix, words.size() + 1 == tokens.size() ? "" : " "));
      }
      return words;
    };
  }

  /** Tokens such as {@code <0xE6>} become the text of their bytes, or U+FFFD each. */
  static List<String> byteFallback(List<String> tokens) {
    List<String> pieces = new ArrayList<>();
    List<Byte> bytes = new ArrayList<>();
    for (String token : tokens) {
      if (BYTE.matcher(token).matches()) {
        bytes.add((byte) Integer.parseInt(token.substring(3, 5), 16));
      } else {
        flush(bytes, pieces);
        pieces.add(token);
      }
    }
    flush(bytes, pieces);
    return pieces;
  }

  private static void flush(List<Byte> bytes, List<String> pieces) {
    if (bytes.isEmpty()) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(bytes.size());
    bytes.forEach(buffer::put);
    try {
      pieces.add(StandardCharsets.UTF_8.newDecoder().decode(buffer.flip()).toString());
    } catch (CharacterCodingException e) {
      pieces.addAll(Collections.nCopies(bytes.size(), "\uFFFD"));
    }
    bytes.clear();
  }

  /** One character away at the beginning and the end of each token, so many times at most. */
  static Decoder strip(int content, int start, int stop) {
    return tokens -> tokens.stream().map(token -> strip(token, content, start, stop)).toList();
  }

  private static String strip(String token, int content, int start, int stop) {
    int[] points = token.codePoints().toArray();
    int from = 0;
    while (from < points.length && from < start && points[from] == content) {
      from++;
    }
    int to = points.length;
    while (to > from && points.length - to < stop && points[to - 1] == content) {
      to--;
    }
    return new String(points, from, to - from);
  }

  static Decoder replace(TextPattern pattern, String content) {
    return tokens ->
        tokens.stream()
            .map(
                token -> {
                  NormalizedString text = NormalizedString.of(token);
                  text.replace(pattern, content);
                  return text.toString();
                })
            .toList();
  }
}
