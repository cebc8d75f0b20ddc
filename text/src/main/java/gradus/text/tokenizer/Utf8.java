package gradus.text.tokenizer;

import java.nio.charset.StandardCharsets;

/** Characters as bytes, and bytes as tokens. */
final class Utf8 {

  private Utf8() {}

  static int length(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The tokens such as {@code <0xE6>} that stand for bytes.
   *
   * @return 256 numbers, -1 where the vocabulary has none
   */
  static int[] byteTokens(ModelVocabulary vocabulary) {
    int[] ids = new int[256];
    for (int i = 0; i < 256; i++) {
      ids[i] = vocabulary.id("<0x%02X>".formatted(i));
    }
    return ids;
  }

  /** The numbers of a text's bytes, or an empty array where one is missing. */
  static int[] fallback(String text, int[] byteTokens) {
    byte[] bytes = bytes(text);
    int[] ids = new int[bytes.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = byteTokens[bytes[i] & 255];
      if (ids[i] < 0) {
        return new int[0];
      }
    }
    return ids;
  }
}
