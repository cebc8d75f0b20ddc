package gradus.text.io;

/** Strings whose halves of surrogate pairs have lost each other. */
public final class Texts {

  private Texts() {}

  /** The text with U+FFFD for each half of a surrogate pair that stands alone. */
  public static String wellFormed(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaceLoneSurrogates(text, i);
      }
    }
    return text;
  }

  /** Whether no half of a surrogate pair stands alone. */
  public static boolean isWellFormed(String text) {
    return wellFormed(text).equals(text);
  }

  private static String replaceLoneSurrogates(String text, int from) {
    char[] chars = text.toCharArray();
    boolean changed = false;
    for (int i = from; i < chars.length; i++) {
      if (!Character.isSurrogate(chars[i])) {
        continue;
      }
      boolean pair = i + 1 < chars.length && Character.isSurrogatePair(chars[i], chars[i + 1]);
      if (pair) {
        i++;
      } else {
        chars[i] = 0xFFFD;
        changed = true;
      }
    }
    return changed ? new String(chars) : text;
  }
}
