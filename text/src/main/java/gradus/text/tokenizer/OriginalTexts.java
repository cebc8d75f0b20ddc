package gradus.text.tokenizer;

import java.util.Arrays;
import java.util.List;

/** The texts that an encoding was made of, one or two; all its parts share them. */
final class OriginalTexts {

  static final OriginalTexts NONE = new OriginalTexts(List.of());

  private final List<String> texts;
  private final int[][] points;

  OriginalTexts(List<String> texts) {
    this.texts = texts;
    this.points = new int[texts.size()][];
  }

  int size() {
    return texts.size();
  }

  String get(int sequence) {
    return texts.get(sequence);
  }

  /**
   * For each code unit of a text, and its end, how many code points are before it; counted when it
   * is first asked for. Racing threads count the same.
   */
  int[] codePoints(int sequence) {
    int[] counted = points[sequence];
    if (counted == null) {
      counted = codePoints(texts.get(sequence));
      points[sequence] = counted;
    }
    return counted;
  }

  private static int[] codePoints(String text) {
    int[] points = new int[text.length() + 1];
    int count = 0;
    for (int i = 0; i < text.length(); count++) {
      int next = i + Character.charCount(text.codePointAt(i));
      Arrays.fill(points, i, next, count);
      i = next;
    }
    points[text.length()] = count;
    return points;
  }
}
