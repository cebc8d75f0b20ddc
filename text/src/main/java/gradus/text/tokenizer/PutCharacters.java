package gradus.text.tokenizer;

import java.util.Arrays;

/**
 * Characters to be put in place of a text and how each changes the alignment (see {@link Edit}),
 * collected: one may change how the one before it is aligned.
 */
final class PutCharacters {

  int[] points;
  int[] changes;
  private int size;

  PutCharacters(int capacity) {
    points = new int[capacity];
    changes = new int[capacity];
  }

  int size() {
    return size;
  }

  void add(int point, int change) {
    if (size == points.length) {
      points = Arrays.copyOf(points, 2 * size + 8);
      changes = Arrays.copyOf(changes, 2 * size + 8);
    }
    points[size] = point;
    changes[size++] = change;
  }

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

  void apply(NormalizedString text) {
    Edit edit = new Edit(text);
    for (int i = 0; i < size; i++) {
      edit.put(points[i], changes[i]);
    }
    edit.finish();
  }
}
