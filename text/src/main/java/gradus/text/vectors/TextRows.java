package gradus.text.vectors;

import gradus.text.io.FloatParser;
import gradus.text.io.WordDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads lines of a word and its numbers out of a piece of a text file.
 *
 * <p>Blanks (U+0020) part the fields and newlines the lines, nothing else does: a word may hold a
 * no-break space. It may even hold blanks, as {@code . . .} in glove.840B does: the last {@code
 * dim} fields are the numbers, what stands before them is the word, without blanks at its end.
 */
final class TextRows {

  private final byte[] bytes;
  private final int dim;
  private final FloatParser parser;
  private final WordDecoder decoder;

  private float[] values;
  private String[] words = new String[16];
  private int rows;
  private int line;
  private String problem;

  TextRows(byte[] bytes, int dim, UnicodeErrors errors) {
    this.bytes = bytes;
    this.dim = dim;
    this.parser = new FloatParser(bytes);
    this.decoder = new WordDecoder(errors.action());
  }

  /** Reads the lines of a stretch; stops at the first that is wrong. */
  TextRows read(int from, int to) {
    // Every number takes two bytes at least, with its blank: no piece holds more.
    values = new float[(to - from) / 2 + 1];
    int start = from;
    while (start < to && problem == null) {
      int end = start;
      while (end < to && bytes[end] != '\n') {
        end++;
      }
      int trimmed = trimmed(start, end);
      if (trimmed > start) {
        row(start, trimmed);
      }
      line += problem == null ? 1 : 0;
      start = end + 1;
    }
    return this;
  }

  int rows() {
    return rows;
  }

  /** How many lines were read, empty ones too. */
  int lines() {
    return line;
  }

  /** What is wrong with the line after those read; null if nothing is. */
  String problem() {
    return problem;
  }

  /** Hands over the first rows. */
  void copyTo(String[] allWords, float[] table, int row, int count) {
    System.arraycopy(words, 0, allWords, row, count);
    System.arraycopy(values, 0, table, row * dim, count * dim);
  }

  /** Whether a line is a word and {@code dim} numbers. */
  boolean fits(int from, int to) {
    read(from, to);
    return rows == 1 && problem == null;
  }

  /** The end of a line without the blanks, tabs and returns it ends with. */
  private int trimmed(int start, int end) {
    int to = end;
    while (to > start && isSpace(bytes[to - 1])) {
      to--;
    }
    return to;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  private void row(int from, int to) {
    int wordEnd = from;
    while (wordEnd < to && bytes[wordEnd] != ' ') {
      wordEnd++;
    }
    if (!numbers(wordEnd, to)) {
      wordEnd = wordEndFromBehind(from, to);
      if (wordEnd < 0 || !numbers(wordEnd, to)) {
        problem = ragged(from, to);
        return;
      }
    }
    add(from, wordEnd);
  }

  private void add(int from, int end) {
    int wordEnd = end;
    // Two blanks after a word: the second is not the word's.
    while (wordEnd > from && bytes[wordEnd - 1] == ' ') {
      wordEnd--;
    }
    for (int i = from; i < wordEnd; i++) {
      if (bytes[i] == '\r') {
        problem =
            "a carriage return in the middle of the line. If lines end so, convert them to end in newlines.";
        return;
      }
    }
    if (rows == words.length) {
      words = Arrays.copyOf(words, 2 * rows);
    }
    try {
      words[rows] = decoder.word(bytes, from, wordEnd);
    } catch (CharacterCodingException e) {
      problem =
          ("the word (bytes %s) is not UTF-8. Convert the file, or load it with"
                  + " UnicodeErrors.REPLACE or IGNORE.")
              .formatted(WordDecoder.hex(bytes, from, wordEnd));
      return;
    }
    rows++;
  }

  /** Reads {@code dim} numbers that fill the line from the blank at {@code from} on. */
  private boolean numbers(int from, int to) {
    int at = from;
    int next = rows * dim;
    // A long row that is too short for its numbers would write beyond the array.
    if (to - from < 2L * dim) {
      return false;
    }
    for (int i = 0; i < dim; i++) {
      if (at >= to || bytes[at] != ' ') {
        return false;
      }
      values[next++] = parser.read(at + 1, to);
      at = parser.end();
      if (at < 0) {
        return false;
      }
    }
    return at == to;
  }

  /** The blank before the last {@code dim} fields; -1 if there are fewer. */
  private int wordEndFromBehind(int from, int to) {
    int left = dim;
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == ' ' && --left == 0) {
        return i;
      }
    }
    return -1;
  }

  private String ragged(int from, int to) {
    int fields = 1;
    for (int i = from; i < to; i++) {
      fields += bytes[i] == ' ' ? 1 : 0;
    }
    if (fields <= dim) {
      return "%d numbers where the first line says %d. Each line holds a word and %d numbers."
          .formatted(fields - 1, dim, dim);
    }
    return "a field among the last %d is no number. Each line holds a word and %d numbers, parted by single blanks."
        .formatted(dim, dim);
  }

  /** How many numbers the first line of a file without counts has: those it ends with. */
  int dimOfFirst(int from, int to) {
    int fieldEnd = trimmed(from, to);
    int count = 0;
    for (int i = fieldEnd - 1; i >= from; i--) {
      if (bytes[i] == ' ') {
        parser.read(i + 1, fieldEnd);
        if (parser.end() != fieldEnd) {
          return count;
        }
        count++;
        fieldEnd = i;
      }
    }
    return count;
  }

  /** Whether a word is of several fields, and the last is a number. */
  static boolean endsInNumber(String word) {
    int blank = word.lastIndexOf(' ');
    if (blank < 0) {
      return false;
    }
    byte[] field = word.substring(blank + 1).getBytes(StandardCharsets.UTF_8);
    var parser = new FloatParser(field);
    parser.read(0, field.length);
    return parser.end() == field.length;
  }

  /** Whether a line holds nothing but blanks, tabs and returns. */
  static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isSpace(bytes[i])) {
        return false;
      }
    }
    return true;
  }
}
