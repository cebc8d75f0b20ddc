package gradus.text.tokenizer;

import java.util.Arrays;

/**
 * Rewrites a {@link NormalizedString} from left to right.
 *
 * <p>Each character that is put either takes the place of the next old one (change 0), or of that
 * one and so many after it (change below 0), or is new (change 1). It comes from where the
 * character it replaces came from; a new one, from where its left neighbour in the old text did.
 * This is the rule of Hugging Face's {@code transform}.
 */
final class Edit {

  /** The longest decomposition of Unicode has 18 characters. */
  private static final int MOST_GROWTH = 100;

  private static final int AT_LEAST = 1 << 16;

  private final NormalizedString text;
  private final int limit;
  private int at;
  private char[] chars;
  private int[] starts;
  private int[] ends;
  private int length;

  Edit(NormalizedString text) {
    this.text = text;
    this.at = text.from();
    this.limit = text.to();
    int capacity = text.length() + 8;
    chars = new char[capacity];
    starts = new int[capacity];
    ends = new int[capacity];
  }

  /** Puts a character: see the class. */
  void put(int codePoint, int change) {
    int origin = change > 0 || at >= limit ? at - 1 : at;
    int start = origin < text.from() ? text.originalStart() : text.originStart(origin);
    int end = origin < text.from() ? text.originalStart() : text.originEnd(origin);
    if (length + 2 > chars.length) {
      grow(2);
    }
    int units = Character.toChars(codePoint, chars, length);
    for (int i = length; i < length + units; i++) {
      starts[i] = start;
      ends[i] = end;
    }
    length += units;
    if (change <= 0) {
      skip(1 - change);
    }
  }

  /** Leaves out so many old characters. */
  void skip(int count) {
    for (int i = 0; i < count && at < limit; i++) {
      at += Character.charCount(Character.codePointAt(text.array(), at, limit));
    }
  }

  /** Leaves out so many old code units. */
  void skipUnits(int count) {
    at += count;
  }

  /** Keeps so many old code units as they are. */
  void keep(int count) {
    if (length + count > chars.length) {
      grow(count);
    }
    System.arraycopy(text.array(), at, chars, length, count);
    for (int i = 0; i < count; i++) {
      starts[length + i] = text.originStart(at + i);
      ends[length + i] = text.originEnd(at + i);
    }
    at += count;
    length += count;
  }

  void rest() {
    keep(limit - at);
  }

  /** Makes the text what was put. */
  void finish() {
    text.become(chars, starts, ends, length);
  }

  private void grow(int count) {
    if (length > AT_LEAST && length / MOST_GROWTH > text.originalLength()) {
      throw new IllegalArgumentException(
          "tokenizer: the normalizer in the tokenizer's file makes more than %,d characters of %,d. No honest one does."
              .formatted(length, text.originalLength()));
    }
    int capacity = Math.max(length + count, Math.addExact(chars.length, chars.length / 2 + 16));
    chars = Arrays.copyOf(chars, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
  }
}
