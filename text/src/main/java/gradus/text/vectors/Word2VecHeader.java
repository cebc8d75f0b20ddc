package gradus.text.vectors;

import gradus.text.io.ByteSource;
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
record Word2VecHeader(boolean present, long rows, int dim, int start, int end) {

  private static final Pattern TWO_NUMBERS =
      Pattern.compile("\\s*([+-]?\\d{1,40})[ \\t]+([+-]?\\d{1,40})\\s*");

  /** A longer line is none of counts. */
  static final int LONGEST = 80;

  /** The line of a file; throws if they are no counts. */
  static Word2VecHeader of(ByteSource source) {
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
      return new Word2VecHeader(false, 0, 0, start, start);
    }
    long rows = count(numbers.group(1));
    long dim = count(numbers.group(2));
    if (rows < 0 || dim < 1 || dim > Integer.MAX_VALUE) {
      throw source.error(
          "line 1",
          "%s words of %s numbers. The words must be at least 0, the numbers 1..%,d."
              .formatted(numbers.group(1), numbers.group(2), Integer.MAX_VALUE));
    }
    int next = Math.min(end + 1, head.length);
    return new Word2VecHeader(true, rows, (int) dim, start, next);
  }

  /** Whether a line would be taken for one of counts. */
  static boolean looksLike(String line) {
    return line.length() <= LONGEST && TWO_NUMBERS.matcher(line).matches();
  }

  /** The number, -1 if it is no count. */
  private static long count(String digits) {
    return digits.length() > 18 ? -1 : Math.max(-1, Long.parseLong(digits));
  }
}
