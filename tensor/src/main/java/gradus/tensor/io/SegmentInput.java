package gradus.tensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/** The bytes of a segment as a stream. */
final class SegmentInput extends InputStream {
  private final MemorySegment bytes;
  private long at;

  /** How many bytes were taken. */
  long position() {
    return at;
  }

  SegmentInput(MemorySegment bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    return at < bytes.byteSize() ? bytes.get(JAVA_BYTE, at++) & 0xff : -1;
  }

  @Override
  public int read(byte[] to, int from, int length) {
    int n = (int) Math.min(length, bytes.byteSize() - at);
    if (n <= 0) {
      return length == 0 ? 0 : -1;
    }
    MemorySegment.copy(bytes, JAVA_BYTE, at, to, from, n);
    at += n;
    return n;
  }
}
