package gradus.text.io;

import gradus.tensor.io.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Reads little-endian numbers and words from a file, and says where and in the middle of what the
 * file ends if it ends too early.
 */
public final class BinaryInput implements AutoCloseable {

  /** So many bytes a word may have at most. */
  public static final int LONGEST_WORD = 1 << 16;

  private static final int BUFFER = 1 << 18;

  private final ByteSource source;
  private final SourceStream in;
  private final byte[] bytes;
  private final ByteBuffer numbers;
  private int at;
  private int held;
  private String what = "the header";

  public BinaryInput(ByteSource source) {
    this.source = source;
    this.in = source.open();
    this.bytes = new byte[source.buffer(BUFFER)];
    this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What is read next, for errors. */
  public void reading(String thing) {
    what = thing;
  }

  /** The byte that is read next. */
  public long position() {
    return in.position() - held + at;
  }

  public Path path() {
    return source.path();
  }

  public long left() {
    return source.length() - position();
  }

  public FormatException error(String problem) {
    return source.error("byte " + position(), problem);
  }

  /** Whether there are {@code count} more bytes, which then lie in the buffer. */
  private boolean has(int count) {
    if (held - at < count) {
      System.arraycopy(bytes, at, bytes, 0, held - at);
      held -= at;
      at = 0;
      held += in.fill(bytes, held, bytes.length - held);
    }
    return held - at >= count;
  }

  private int taken(int count) {
    if (!has(count)) {
      at = held;
      throw error("the file ends in the middle of %s. It was cut short.".formatted(what));
    }
    at += count;
    return at - count;
  }

  public boolean atEnd() {
    return !has(1);
  }

  public byte readByte() {
    return bytes[taken(1)];
  }

  /** A byte that must be 0 or 1. */
  public boolean readBoolean() {
    byte value = readByte();
    if (value != 0 && value != 1) {
      at--;
      throw error("%s is %d. It must be 0 or 1.".formatted(what, value));
    }
    return value == 1;
  }

  public int readInt() {
    return numbers.getInt(taken(4));
  }

  public long readLong() {
    return numbers.getLong(taken(8));
  }

  public double readDouble() {
    return numbers.getDouble(taken(8));
  }

  /** Reads {@code count} floats to {@code values} from {@code from} on. */
  public void readFloats(float[] values, int from, int count) {
    int done = 0;
    while (done < count) {
      int now = Math.min(count - done, BUFFER / Float.BYTES);
      int start = taken(now * Float.BYTES);
      numbers
          .slice(start, now * Float.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values, from + done, now);
      done += now;
    }
  }

  /** {@code count} bytes, which must be there. */
  public byte[] readBytes(int count) {
    byte[] result = new byte[count];
    int done = 0;
    while (done < count) {
      int now = Math.min(count - done, BUFFER);
      System.arraycopy(bytes, taken(now), result, done, now);
      done += now;
    }
    return result;
  }

  public void skip(long count) {
    long left = count;
    if (!source.packed() && count > BUFFER && count <= left()) {
      in.skip(count - (held - at));
      at = held;
      left = 0;
    }
    while (left > 0) {
      int now = (int) Math.min(left, BUFFER);
      taken(now);
      left -= now;
    }
  }

  /** Passes over the bytes of one value that come next. */
  public void skipAll(byte value) {
    while (has(1) && bytes[at] == value) {
      at++;
    }
  }

  /** Reads up to a byte of the given value and passes over it; a word may be 65,536 bytes long. */
  public Stretch readUntil(byte end) {
    int length = 0;
    while (true) {
      if (length > LONGEST_WORD) {
        throw error(
            "%s has no end within 65,536 bytes. The counts are wrong or bytes are missing."
                .formatted(what));
      }
      if (!has(length + 1)) {
        at = held;
        throw error("the file ends in the middle of %s. It was cut short.".formatted(what));
      }
      if (bytes[at + length] == end) {
        int start = at;
        at += length + 1;
        return new Stretch(bytes, start, start + length);
      }
      length++;
    }
  }

  /**
   * Bytes in the buffer, to be looked at before the next is read.
   *
   * @param bytes the buffer
   * @param from where they begin
   * @param to where they end
   */
  public record Stretch(byte[] bytes, int from, int to) {}

  @Override
  public void close() {
    in.close();
  }
}
