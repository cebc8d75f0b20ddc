package gradus.text.io;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Turns the bytes of words into strings. Not to be shared between threads. */
public final class WordDecoder {

  private final CharsetDecoder decoder;

  /**
   * A decoder.
   *
   * @param action what becomes of bytes that make no letter
   */
  public WordDecoder(CodingErrorAction action) {
    this.decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
  }

  /**
   * The word in a stretch of bytes.
   *
   * @throws CharacterCodingException if it is not UTF-8 and that is an error
   */
  public String word(byte[] bytes, int from, int to) throws CharacterCodingException {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return decoder.decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /**
   * The word in some bytes, those that make no letter spelt {@code \xe9}: Python's {@code
   * backslashreplace}. For decoders that take bad bytes for errors.
   */
  public String escaped(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var letters = CharBuffer.allocate(bytes.length);
    var text = new StringBuilder(bytes.length + 16);
    decoder.reset();
    // No exception for each bad byte: a word of 65 kB may have nothing else.
    for (CoderResult result = decoder.decode(in, letters, true);
        ;
        result = decoder.decode(in, letters, true)) {
      text.append(letters.flip());
      letters.clear();
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        text.append("\\x").append(HexFormat.of().toHexDigits(in.get()));
      }
    }
  }

  /** The bytes of a word that is not UTF-8, as an error shows them: {@code 63 61 66 e9}. */
  public static String hex(byte[] bytes, int from, int to) {
    StringBuilder hex = new StringBuilder();
    for (int i = from; i < Math.min(to, from + 16); i++) {
      hex.append(i == from ? "" : " ").append("%02x".formatted(bytes[i]));
    }
    return hex.append(to > from + 16 ? " …" : "").toString();
  }
}
