package gradus.text.training;

import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import gradus.text.io.ByteSource;
import gradus.text.io.SourceStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Text files, plain or gzipped, one after the other: words parted by blanks, a sentence a line.
 *
 * <p>What parts words is what parts them for fastText: blank, tab, carriage return, form feed,
 * vertical tab and NUL. A line that is longer than a piece is cut at a blank.
 */
public final class FileBlocks implements TextBlocks {

  /** A line is rarely longer; some forty thousand words. */
  static final int BLOCK = 1 << 18;

  /** So large may a word be; what has no blank for longer is no text. */
  private static final int LONGEST_WORD = 1 << 20;

  /** Texts hold hardly any control characters; other files hold more than one in so many bytes. */
  private static final int TEXT_PER_CONTROL = 20;

  private final Iterator<Path> paths;
  private Path path;
  private SourceStream in;

  /** What was read of the file behind the last piece. */
  private byte[] rest = {};

  public FileBlocks(List<Path> paths) {
    this.paths = paths.iterator();
  }

  @Override
  public Block next() {
    while (true) {
      if (in == null) {
        if (!paths.hasNext()) {
          return null;
        }
        open(paths.next());
      }
      byte[] block = block();
      if (block != null) {
        return sink -> tokens(block, sink);
      }
      close();
    }
  }

  private void open(Path next) {
    path = next;
    ByteSource source = ByteSource.of(path, LoadProgress.silent());
    check(source);
    in = source.open();
    rest = new byte[0];
  }

  private static void check(ByteSource source) {
    byte[] head = source.head();
    int controls = 0;
    int first = -1;
    for (int i = 0; i < head.length; i++) {
      if (head[i] >= 0 && head[i] < ' ' && (head[i] < '\t' || head[i] > '\r') || head[i] == 0x7f) {
        controls++;
        first = first < 0 ? i : first;
      }
    }
    if (controls > 0 && (long) controls * TEXT_PER_CONTROL > head.length) {
      throw source.error(
          "byte " + first,
          "0x%02x is no letter, and there are %,d such bytes among the first %,d: this is no text in UTF-8. A corpus is plain text, words parted by blanks, also gzipped."
              .formatted(head[first], controls, head.length));
    }
  }

  /** The next bytes up to the end of a line, or where none ends, of a word; null at the end. */
  private byte[] block() {
    byte[] bytes = Arrays.copyOf(rest, Math.max(BLOCK, 2 * rest.length));
    int filled = rest.length;
    while (true) {
      filled += in.fill(bytes, filled, bytes.length - filled);
      if (filled < bytes.length) {
        rest = new byte[0];
        return filled == 0 ? null : Arrays.copyOf(bytes, filled);
      }
      int end = lastLine(bytes, filled);
      if (end > 0) {
        rest = Arrays.copyOfRange(bytes, end, filled);
        return Arrays.copyOf(bytes, end);
      }
      if (filled > LONGEST_WORD) {
        throw new FormatException(
            path,
            "byte " + (in.position() - filled),
            "there is no blank in %,d bytes. A corpus is plain text, words parted by blanks."
                .formatted(filled));
      }
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
  }

  /** Behind the last line that ends in these bytes; else behind the last blank; else 0. */
  private static int lastLine(byte[] bytes, int filled) {
    for (int i = filled; i > 0; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    for (int i = filled; i > 0; i--) {
      if (isBlank(bytes[i - 1])) {
        return i;
      }
    }
    return 0;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r' || b == 0;
  }

  private static void tokens(byte[] block, TokenSink sink) {
    int from = 0;
    int hash = WordTable.HASH_START;
    for (int i = 0; i < block.length; i++) {
      byte b = block[i];
      if (!isBlank(b)) {
        hash = WordTable.hash(hash, b);
        continue;
      }
      if (i > from) {
        sink.word(block, from, i, hash);
      }
      if (b == '\n') {
        sink.endOfLine();
      }
      from = i + 1;
      hash = WordTable.HASH_START;
    }
    if (block.length > from) {
      sink.word(block, from, block.length, hash);
    }
    if (block.length > 0 && block[block.length - 1] != '\n') {
      sink.endOfLine();
    }
  }

  @Override
  public void close() {
    if (in != null) {
      in.close();
      in = null;
    }
  }
}
