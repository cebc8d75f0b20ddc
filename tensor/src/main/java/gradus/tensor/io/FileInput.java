package gradus.tensor.io;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** A part of a file as a stream. Not buffered: the caller takes large pieces. */
final class FileInput extends InputStream {
  private final FileBytes file;
  private final long end;
  private long at;

  FileInput(FileBytes file, long at, long length) {
    this.file = file;
    this.at = at;
    this.end = at + length;
  }

  /** How many bytes are still to come. */
  long left() {
    return end - at;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int length) {
    int n = (int) Math.min(length, left());
    if (n <= 0) {
      return length == 0 ? 0 : -1;
    }
    file.read(at, ByteBuffer.wrap(to, from, n));
    at += n;
    return n;
  }
}
