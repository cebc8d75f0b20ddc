package gradus.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line with which word2vec files begin: how many words, and how many numbers each has. GloVe
 * files have none.
 *
 * @param present whether the file begins with it
 * @param rows how many words there are
 * @param dim how many numbers each has
 * @param start where the file's first line begins: after a byte order mark, if there is one
 * @param end where the first row begins
 */
record CountsLine(boolean present, int rows, int dim, int start, int end) {

  private static final Pattern TWO_NUMBERS =
      Pattern.compile("\\s*([+-]?\\d{1,40})[ \\t]+([+-]?\\d{1,40})\\s*");

  private static final int LONGEST = 80;

  /** The line of a file; throws if it speaks of no words, or of more than there can be. */
  static CountsLine of(ByteSource source) {
    byte[] head = source.head();
    boolean marked = head.length > 2 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB;
    int start = marked && head[2] == (byte) 0xBF ? 3 : 0;
    int end = start;
    while (end < head.length && end - start < LONGEST && head[end] != '\n') {
      end++;
    }
    String line = new String(head, start, end - start, StandardCharsets.ISO_8859_1);
    Matcher numbers = TWO_NUMBERS.matcher(line);
    if (!numbers.matches()) {
      return new CountsLine(false, 0, 0, start, start);
    }
    String rows = numbers.group(1);
    String dim = numbers.group(2);
    if (count(rows) < 0
        || count(dim) < 0
        || (double) count(rows) * count(dim) > Integer.MAX_VALUE) {
      throw source.error(
          "line 1",
          ("%s words of %s numbers. Both must be at least 1, and their product at most %,d, the"
                  + " size of a Java array.")
              .formatted(rows, dim, Integer.MAX_VALUE));
    }
    int next = Math.min(end + 1, head.length);
    return new CountsLine(true, (int) count(rows), (int) count(dim), start, next);
  }

  /** The number, -1 if it is no count. */
  private static long count(String digits) {
    long value = digits.length() > 10 ? -1 : Long.parseLong(digits);
    return value < 1 || value > Integer.MAX_VALUE ? -1 : value;
  }
}
