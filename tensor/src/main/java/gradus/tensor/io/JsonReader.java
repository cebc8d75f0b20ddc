package gradus.tensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads JSON (RFC 8259) value by value, strictly, and builds nothing: the caller says what must
 * come next. So a hostile text costs no more memory than its strings.
 *
 * <pre>{@code
 * json.open('{');
 * while (json.more('}')) {
 *   String name = json.name();
 *   ...
 * }
 * json.end();
 * }</pre>
 */
final class JsonReader {
  private static final int DEEPEST = 64;

  private final Path file;
  private final MemorySegment text;
  private final long offset;
  private final boolean[] first = new boolean[DEEPEST];
  private int depth;
  private long at;

  /**
   * A reader.
   *
   * @param text the JSON text in UTF-8
   * @param offset where in the file it begins, for errors
   */
  JsonReader(Path file, MemorySegment text, long offset) {
    this.file = file;
    this.text = text;
    this.offset = offset;
  }

  FormatException error(String problem) {
    return new FormatException(file, "byte " + (offset + at), problem);
  }

  private int peek() {
    return at < text.byteSize() ? text.get(JAVA_BYTE, at) & 0xff : -1;
  }

  private int next() {
    skipBlanks();
    return peek();
  }

  private void skipBlanks() {
    int c = peek();
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      at++;
      c = peek();
    }
  }

  private void expect(char c) {
    int there = next();
    if (there != c) {
      throw error("the JSON has " + show(there) + " where " + c + " must stand.");
    }
    at++;
  }

  private static String show(int c) {
    return c < 0 ? "its end" : c > 32 && c < 127 ? "" + (char) c : "byte " + c;
  }

  /** Enters an object (<code>{</code>) or array ({@code [}). */
  void open(char bracket) {
    expect(bracket);
    if (depth == DEEPEST) {
      throw error("the JSON is nested deeper than " + DEEPEST + " levels.");
    }
    first[depth++] = true;
  }

  /** Whether another member comes; leaves the object or array if not. */
  boolean more(char bracket) {
    int c = next();
    if (c == bracket) {
      at++;
      depth--;
      return false;
    }
    if (!first[depth - 1]) {
      expect(',');
    }
    first[depth - 1] = false;
    return true;
  }

  /** The name of the member that comes, with its colon. */
  String name() {
    String name = string();
    expect(':');
    return name;
  }

  /** A string. */
  String string() {
    expect('"');
    long start = at;
    int c = peek();
    while (c >= 32 && c != '"' && c != '\\') {
      at++;
      c = peek();
    }
    if (c == '"') {
      byte[] plain = text.asSlice(start, at - start).toArray(JAVA_BYTE);
      at++;
      return decode(plain);
    }
    var out = new ByteArrayOutputStream();
    out.writeBytes(text.asSlice(start, at - start).toArray(JAVA_BYTE));
    for (; c != '"'; c = peek()) {
      if (c < 32) {
        throw error("a JSON string has " + show(c) + " in it. Is the file cut short?");
      }
      at++;
      if (c == '\\') {
        escape(out);
      } else {
        out.write(c);
      }
    }
    at++;
    return decode(out.toByteArray());
  }

  private String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw error("a JSON string is not in UTF-8.");
    }
  }

  private void escape(ByteArrayOutputStream out) {
    int c = peek();
    at++;
    int plain = "\"\\/bfnrt".indexOf(c);
    if (c >= 0 && plain >= 0) {
      out.write("\"\\/\b\f\n\r\t".charAt(plain));
    } else if (c == 'u') {
      int code = unit();
      if (Character.isHighSurrogate((char) code) && peek() == '\\') {
        at++;
        expect('u');
        int low = unit();
        code = low >= 0xdc00 && low < 0xe000 ? Character.toCodePoint((char) code, (char) low) : -1;
      }
      if (!Character.isValidCodePoint(code) || (code >= 0xd800 && code < 0xe000)) {
        throw error("a JSON string has half a surrogate pair.");
      }
      out.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
    } else {
      throw error("a JSON string has the unknown escape \\" + show(c) + ".");
    }
  }

  /** Four hexadecimal digits. */
  private int unit() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 0 ? -1 : Character.digit(peek(), 16);
      if (digit < 0 || peek() > 127) {
        throw error("a JSON string has \\u without four hexadecimal digits.");
      }
      code = code << 4 | digit;
      at++;
    }
    return code;
  }

  /** A whole number that is not negative: a size or an offset. */
  long size() {
    int c = next();
    long start = at;
    long value = 0;
    while (c >= '0' && c <= '9') {
      if (value > (Long.MAX_VALUE - 9) / 10) {
        throw error("the number is beyond 2^63.");
      }
      value = 10 * value + c - '0';
      at++;
      c = peek();
    }
    boolean leadingZero = at - start > 1 && text.get(JAVA_BYTE, start) == '0';
    if (at == start || leadingZero || c == '.' || c == 'e' || c == 'E') {
      throw error("a whole number, 0 or more, must stand here.");
    }
    return value;
  }

  /** Passes over any value. */
  void skip() {
    switch (next()) {
      case '"' -> string();
      case '{' -> {
        open('{');
        while (more('}')) {
          name();
          skip();
        }
      }
      case '[' -> {
        open('[');
        while (more(']')) {
          skip();
        }
      }
      default -> word();
    }
  }

  /** Passes over a number, {@code true}, {@code false} or {@code null}. */
  private void word() {
    var word = new StringBuilder();
    for (int c = peek(); c > 32 && ",]}:\"[{".indexOf(c) < 0; c = peek()) {
      if (word.append((char) c).length() > 400) {
        break;
      }
      at++;
    }
    if (!word.toString().matches("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      throw error("the JSON has no value where one must stand.");
    }
  }

  /** Only blanks may follow. */
  void end() {
    if (next() >= 0) {
      throw error("the JSON goes on after its end.");
    }
  }
}
