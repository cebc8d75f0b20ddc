package gradus.text.vectors;

import gradus.text.io.ByteSource;
import gradus.text.io.SourceStream;
import java.util.Arrays;

/**
 * Cuts a text file into pieces of about a megabyte that end where a line ends, so that each can be
 * read by itself.
 */
final class LinePieces implements AutoCloseable {

  private static final int PIECE = 1 << 20;
  private static final int LONGEST_LINE = 1 << 26;

  private final ByteSource source;
  private final SourceStream in;
  private byte[] begun = new byte[0];
  private boolean ended;

  /**
   * Whole lines.
   *
   * @param bytes they lie at the beginning of this array, which is the receiver's
   * @param length where they end
   */
  record Piece(byte[] bytes, int length) {}

  LinePieces(ByteSource source) {
    this.source = source;
    this.in = source.open();
  }

  /** Whether all pieces were given. */
  boolean ended() {
    return ended && begun.length == 0;
  }

  /** The next piece; it is empty only for an empty file. */
  Piece next() {
    byte[] bytes = Arrays.copyOf(begun, Math.max(source.buffer(PIECE), 2 * begun.length));
    int length = begun.length;
    while (true) {
      int searched = length;
      int read = ended ? 0 : in.fill(bytes, length, bytes.length - length);
      ended |= read < bytes.length - length;
      length += read;
      if (ended) {
        begun = new byte[0];
        return new Piece(bytes, length);
      }
      for (int i = length; i > searched; i--) {
        if (bytes[i - 1] == '\n') {
          begun = Arrays.copyOfRange(bytes, i, length);
          return new Piece(bytes, i);
        }
      }
      if (length > LONGEST_LINE) {
        throw source.error(
            "byte " + (in.position() - length),
            "a line of more than %,d bytes. Each line holds one word and its numbers."
                .formatted(LONGEST_LINE));
      }
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
  }

  @Override
  public void close() {
    in.close();
  }
}
