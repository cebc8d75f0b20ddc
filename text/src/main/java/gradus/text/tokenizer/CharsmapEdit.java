package gradus.text.tokenizer;

import java.util.Arrays;

/** Replacements of characters, collected: one may change how the one before it is aligned. */
final class CharsmapEdit {

  private int[] points = new int[64];
  private int[] changes = new int[64];
  private int size;

  /** Puts new characters for old ones. */
  void replace(String old, String replacement) {
    int oldCount = old.codePointCount(0, old.length());
    int count = 0;
    for (int i = 0; i < replacement.length(); count++) {
      int c = replacement.codePointAt(i);
      add(c, count < oldCount ? 0 : 1);
      i += Character.charCount(c);
    }
    if (count < oldCount && size > 0) {
      changes[size - 1] += count - oldCount;
    }
  }

  private void add(int point, int change) {
    if (size == points.length) {
      points = Arrays.copyOf(points, 2 * size);
      changes = Arrays.copyOf(changes, 2 * size);
    }
    points[size] = point;
    changes[size++] = change;
  }

  /** Makes the text what was put. */
  void apply(NormalizedString text) {
    Edit edit = new Edit(text);
    for (int i = 0; i < size; i++) {
      edit.put(points[i], changes[i]);
    }
    edit.finish();
  }
}
