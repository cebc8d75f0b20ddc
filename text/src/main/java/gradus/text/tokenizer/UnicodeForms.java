package gradus.text.tokenizer;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;

/**
 * Unicode's normal forms with alignment: NFD takes é apart into e and an accent, NFC puts them
 * together, the K forms also replace look-alikes such as ﬁ.
 *
 * <p>The JDK decomposes and composes characters; this class does the bookkeeping of which came from
 * where. Source: Unicode Standard Annex 15.
 */
final class UnicodeForms {

  private UnicodeForms() {}

  static void normalize(NormalizedString text, Form form) {
    if (isAscii(text) || Normalizer.isNormalized(text.toString(), form)) {
      return;
    }
    boolean compatible = form == Form.NFKC || form == Form.NFKD;
    PutCharacters characters = decompose(text, compatible ? Form.NFKD : Form.NFD);
    if (form == Form.NFC || form == Form.NFKC) {
      characters = compose(characters);
    }
    characters.apply(text);
  }

  static boolean isAscii(NormalizedString text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  private static PutCharacters decompose(NormalizedString text, Form form) {
    PutCharacters out = new PutCharacters(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 128) {
        out.add(c, 0);
        continue;
      }
      String parts = Normalizer.normalize(Character.toString(c), form);
      for (int j = 0; j < parts.length(); j += Character.charCount(parts.codePointAt(j))) {
        out.add(parts.codePointAt(j), j == 0 ? 0 : 1);
      }
    }
    for (int from = 0; from < out.size(); ) {
      int to = from;
      while (to < out.size() && CombiningClass.of(out.points[to]) > 0) {
        to++;
      }
      if (to - from > 1) {
        sort(out, from, to);
      }
      from = to + 1;
    }
    return out;
  }

  /** Combining characters of different classes have an order; those of the same keep theirs. */
  private static void sort(PutCharacters out, int from, int to) {
    long[] keys = new long[to - from];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) CombiningClass.of(out.points[from + i]) << 32 | i;
    }
    Arrays.sort(keys);
    int[] points = Arrays.copyOfRange(out.points, from, to);
    int[] changes = Arrays.copyOfRange(out.changes, from, to);
    for (int i = 0; i < keys.length; i++) {
      out.points[from + i] = points[(int) keys[i]];
      out.changes[from + i] = changes[(int) keys[i]];
    }
  }

  /** Each starter takes up the characters after it that it forms one with and that reach it. */
  private static PutCharacters compose(PutCharacters in) {
    PutCharacters out = new PutCharacters(in.size());
    int starter = -1;
    int last = 0; // the class of the last character kept since the starter
    for (int i = 0; i < in.size(); i++) {
      int c = in.points[i];
      int rank = CombiningClass.of(c);
      if (starter >= 0 && (last == 0 ? out.size() == starter + 1 : last < rank)) {
        int composed = compose(out.points[starter], c);
        if (composed >= 0) {
          out.points[starter] = composed;
          out.changes[starter] += in.changes[i] - 1;
          continue;
        }
      }
      if (rank == 0) {
        starter = out.size();
        last = 0;
      } else {
        last = rank;
      }
      out.add(c, in.changes[i]);
    }
    return out;
  }

  /** The one character that two form, or -1. */
  private static int compose(int first, int second) {
    if (first < 128 && second < 128) {
      return -1;
    }
    String both = Character.toString(first) + Character.toString(second);
    String composed = Normalizer.normalize(both, Form.NFC);
    return composed.codePointCount(0, composed.length()) == 1 ? composed.codePointAt(0) : -1;
  }
}
