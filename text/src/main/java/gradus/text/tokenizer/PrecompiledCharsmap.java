package gradus.text.tokenizer;

import gradus.tensor.io.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The normalisation that a SentencePiece model carries with it: a double array over the bytes of
 * what is replaced, whose values point into the replacements, each ended by a zero byte.
 *
 * <p>As in Hugging Face's {@code Precompiled}, whole clusters of at most five bytes are looked up
 * first, then single characters; where several beginnings of one are in the table, the shortest
 * counts.
 */
final class PrecompiledCharsmap implements TextNormalizer {

  private static final Pattern CLUSTER = Pattern.compile("\\X");
  private static final int LONGEST_CLUSTER = 5;

  private final int[] units;
  private final byte[] replacements;

  private PrecompiledCharsmap(int[] units, byte[] replacements) {
    this.units = units;
    this.replacements = replacements;
  }

  /** Reads the map; it is written in Base64. */
  static PrecompiledCharsmap read(Json json) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(json.string());
    } catch (IllegalArgumentException e) {
      throw new FormatException(json.file(), json.place(), "no Base64: " + e.getMessage(), e);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long size = bytes.length < 4 ? -1 : Integer.toUnsignedLong(in.getInt());
    if (size < 4 || size % 4 != 0 || size > in.remaining()) {
      throw json.wrong(
          "the table says it has %d bytes, of %d. It is damaged.".formatted(size, bytes.length));
    }
    int[] units = new int[(int) size / 4];
    in.asIntBuffer().get(units);
    in.position(in.position() + (int) size);
    byte[] replacements = new byte[in.remaining()];
    in.get(replacements);
    return new PrecompiledCharsmap(units, replacements);
  }

  @Override
  public void normalize(NormalizedString text) {
    PutCharacters edit = new PutCharacters(text.length());
    Matcher cluster = CLUSTER.matcher(text.toString());
    while (cluster.find()) {
      String whole = cluster.group();
      String replacement = Utf8.bytes(whole).length <= LONGEST_CLUSTER ? replacement(whole) : null;
      if (replacement != null) {
        edit.replace(whole, replacement);
        continue;
      }
      for (int i = 0; i < whole.length(); ) {
        int end = i + Character.charCount(whole.codePointAt(i));
        String part = whole.substring(i, end);
        replacement = replacement(part);
        edit.replace(part, replacement == null ? part : replacement);
        i = end;
      }
    }
    edit.apply(text);
  }

  /** What stands for a text, or null. */
  private String replacement(String text) {
    int node = offset(units[0]);
    for (byte b : Utf8.bytes(text)) {
      if (b == 0) {
        return null;
      }
      node ^= b & 255;
      if (node < 0 || node >= units.length || (units[node] & 0x800000FF) != (b & 255)) {
        return null;
      }
      boolean leaf = (units[node] >>> 8 & 1) == 1;
      node ^= offset(units[node]);
      if (leaf) {
        return node < 0 || node >= units.length ? null : at(units[node] & 0x7FFFFFFF);
      }
    }
    return null;
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }

  private String at(int start) {
    int end = start;
    while (end < replacements.length && replacements[end] != 0) {
      end++;
    }
    return start > end
        ? null
        : new String(replacements, start, end - start, StandardCharsets.UTF_8);
  }
}
