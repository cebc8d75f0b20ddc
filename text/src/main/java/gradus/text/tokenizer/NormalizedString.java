package gradus.text.tokenizer;

import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * A text on its way to tokens, which remembers for each character where in the original it came
 * from.
 *
 * <p>Positions are Java's: indices of UTF-16 code units. A step of normalisation never writes into
 * arrays that a slice may share; it makes new ones. Hugging Face: {@code NormalizedString}.
 */
final class NormalizedString implements CharSequence {

  private char[] chars;
  private int[] starts;
  private int[] ends;
  private int from;
  private int to;
  private final int originalStart;
  private final int originalEnd;

  private NormalizedString(
      char[] chars, int[] starts, int[] ends, int from, int to, int start, int end) {
    this.chars = chars;
    this.starts = starts;
    this.ends = ends;
    this.from = from;
    this.to = to;
    this.originalStart = start;
    this.originalEnd = end;
  }

  /** A text as it is: every character comes from its own place. */
  static NormalizedString of(String text) {
    return of(text, 0, text.length());
  }

  /** A part of a text as it is. */
  static NormalizedString of(String text, int from, int to) {
    int length = to - from;
    char[] chars = new char[length];
    text.getChars(from, to, chars, 0);
    int[] starts = new int[length];
    int[] ends = new int[length];
    for (int i = 0; i < length; ) {
      int next = i + Character.charCount(Character.codePointAt(chars, i));
      for (int j = i; j < next; j++) {
        starts[j] = from + i;
        ends[j] = from + next;
      }
      i = next;
    }
    return new NormalizedString(chars, starts, ends, 0, length, from, to);
  }

  @Override
  public int length() {
    return to - from;
  }

  @Override
  public boolean isEmpty() {
    return to == from;
  }

  @Override
  public char charAt(int index) {
    return chars[from + index];
  }

  int codePointAt(int index) {
    return Character.codePointAt(chars, from + index, to);
  }

  /** Whether it begins with this character. */
  boolean startsWith(int codePoint) {
    return !isEmpty() && codePointAt(0) == codePoint;
  }

  /** How long the original of the whole is. */
  int originalLength() {
    return originalEnd - originalStart;
  }

  /** Where the original of the whole begins. */
  int originalStart() {
    return originalStart;
  }

  /** Where in the original the characters [start, end) begin. */
  int start(int start, int end) {
    return start < end ? starts[from + start] : Math.min(originalStart + start, originalEnd);
  }

  /** Where in the original the characters [start, end) end. */
  int end(int start, int end) {
    return start < end ? ends[from + end - 1] : Math.min(originalStart + start, originalEnd);
  }

  /** The characters [start, end), with their origins. */
  NormalizedString slice(int start, int end) {
    return new NormalizedString(
        chars, starts, ends, from + start, from + end, start(start, end), end(start, end));
  }

  /** Each character replaced by one other. */
  void map(IntUnaryOperator map) {
    Edit edit = new Edit(this);
    for (int i = 0; i < length(); i += Character.charCount(codePointAt(i))) {
      edit.put(map.applyAsInt(codePointAt(i)), 0);
    }
    edit.finish();
  }

  /** Only the characters that are to be kept. */
  void filter(IntPredicate keep) {
    Edit edit = new Edit(this);
    for (int i = 0; i < length(); ) {
      int c = codePointAt(i);
      if (keep.test(c)) {
        edit.put(c, 0);
      } else {
        edit.skip(1);
      }
      i += Character.charCount(c);
    }
    edit.finish();
  }

  /** Small letters, character by character: no context, no language. */
  void lowercase() {
    Edit edit = new Edit(this);
    for (int i = 0; i < length(); ) {
      int c = codePointAt(i);
      edit.put(Character.toLowerCase(c), 0);
      if (c == 0x130) { // İ is the one letter whose small form is two characters
        edit.put(0x307, 1);
      }
      i += Character.charCount(c);
    }
    edit.finish();
  }

  /** Text in front, which counts as made from the first character. */
  void prepend(String text) {
    if (isEmpty() || text.isEmpty()) {
      return;
    }
    Edit edit = new Edit(this);
    int first = codePointAt(0);
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      edit.put(text.codePointAt(i), i == 0 ? 0 : 1);
    }
    edit.put(first, 1);
    edit.rest();
    edit.finish();
  }

  /** Every match replaced by a text, which counts as made from the match's last character. */
  void replace(TextPattern pattern, String content) {
    Edit edit = new Edit(this);
    int[] last = {0};
    pattern.matches(
        this,
        (start, end, match) -> {
          if (match) {
            edit.keep(start - last[0]);
            edit.skipUnits(end - start);
            for (int i = 0;
                i < content.length();
                i += Character.charCount(content.codePointAt(i))) {
              edit.put(content.codePointAt(i), 1);
            }
            last[0] = end;
          }
        });
    edit.rest();
    edit.finish();
  }

  /** What an edit has made. */
  void become(char[] text, int[] newStarts, int[] newEnds, int length) {
    chars = text;
    starts = newStarts;
    ends = newEnds;
    from = 0;
    to = length;
  }

  char[] array() {
    return chars;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  int originStart(int at) {
    return starts[at];
  }

  int originEnd(int at) {
    return ends[at];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return substring(start, end);
  }

  String substring(int start, int end) {
    return new String(chars, from + start, end - start);
  }

  @Override
  public String toString() {
    return substring(0, length());
  }
}
