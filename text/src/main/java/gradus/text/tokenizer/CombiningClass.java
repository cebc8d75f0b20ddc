package gradus.text.tokenizer;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * In which order characters that combine with the one before them stand.
 *
 * <p>The JDK does not tell a character's canonical combining class, but it sorts by it: each
 * character is ranked by whether NFD lets it pass one character of each class.
 */
final class CombiningClass {

  /** One character of each class above 0, in the order of the classes (1, 6, 7 ... 240). */
  private static final int[] ONE_OF_EACH = {
    0x334, 0x16FF0, 0x93C, 0x3099, 0x94D, 0x5B0, 0x5B1, 0x5B2, 0x5B3, 0x5B4, 0x5B5, 0x5B6, 0x5B7,
    0x5B8, 0x5B9, 0x5BB, 0x5BC, 0x5BD, 0x5BF, 0x5C1, 0x5C2, 0xFB1E, 0x64B, 0x64C, 0x64D, 0x64E,
    0x64F, 0x650, 0x651, 0x652, 0x670, 0x711, 0xC55, 0xC56, 0xE38, 0xE48, 0xEB8, 0xEC8, 0xF71,
    0xF72, 0xF74, 0x321, 0x1DCE, 0x31B, 0x1DFA, 0x316, 0x59A, 0x302E, 0x1D16D, 0x5AE, 0x301, 0x315,
    0x35C, 0x35D, 0x345
  };

  private static final int LIMIT = 0x20000; // no character beyond has a class
  private static final byte[] RANKS = ranks();

  private CombiningClass() {}

  /** 0 for a character that does not combine so, else the rank of its class. */
  static int of(int codePoint) {
    return codePoint < LIMIT ? RANKS[codePoint] : 0;
  }

  private static byte[] ranks() {
    byte[] ranks = new byte[LIMIT];
    for (int c = 0x300; c < LIMIT; c++) {
      if (CharClasses.isMarkToday(c) && combines(c)) {
        ranks[c] =
            (byte) rank(Normalizer.normalize(Character.toString(c), Form.NFD).codePointAt(0));
      }
    }
    return ranks;
  }

  private static boolean combines(int c) {
    int first = Normalizer.normalize(Character.toString(c), Form.NFD).codePointAt(0);
    return passes(ONE_OF_EACH[ONE_OF_EACH.length - 1], first) || passes(first, ONE_OF_EACH[0]);
  }

  /** Half-open search for the first class that {@code c} does not come after. */
  private static int rank(int c) {
    int low = 0;
    int high = ONE_OF_EACH.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (passes(c, ONE_OF_EACH[middle])) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low + 1;
  }

  /** Whether the second goes before the first: its class is the lower one. */
  private static boolean passes(int first, int second) {
    String both = Character.toString(first) + Character.toString(second);
    return !Normalizer.normalize(both, Form.NFD).startsWith(Character.toString(first));
  }
}
