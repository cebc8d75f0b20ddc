package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A tensor out of bytes that come one after another, as from a compressed file, whose true length
 * nobody knows before its end.
 *
 * <p>Its memory grows with what has really come: never more than sixteen times as much is taken, so
 * a header that lies costs nothing, and an honest one at most one small copy.
 */
public final class ElementSink {
  private static final int BUFFER = 1 << 16;
  private static final int AT_FIRST = 1 << 16;
  private static final int TRUST = 16;

  private final Path file;
  private final String place;
  private final StoredDType type;
  private final ByteOrder order;
  private final byte[] buffer;
  private final MemorySegment segment;
  private int buffered;
  private Object array;
  private int capacity;
  private int size;
  private long expected;

  /**
   * A sink for elements of one type.
   *
   * @param place where in it, for errors
   * @param type how an element is stored
   * @param order the order of the bytes of an element
   */
  public ElementSink(Path file, String place, StoredDType type, ByteOrder order) {
    this(file, place, type, order, BUFFER);
  }

  private ElementSink(
      Path file, String place, StoredDType type, ByteOrder order, int bufferLength) {
    this.file = file;
    this.place = place;
    this.type = type;
    this.order = order;
    this.buffer = new byte[bufferLength];
    this.segment = MemorySegment.ofArray(buffer);
  }

  /**
   * The tensor of the bytes that come next, which are known to be in the file: its array is made at
   * once, and they go straight into it.
   */
  static Tensor read(
      Path file, String place, InputStream in, StoredDType type, ByteOrder order, long... shape)
      throws IOException {
    int count = Elements.count(file, place, shape);
    long bytes = (long) count * type.bytes();
    var sink = new ElementSink(file, place, type, order, (int) Math.min(BUFFER, bytes));
    sink.resize(count);
    sink.add(in, bytes);
    return sink.finish(place, shape);
  }

  /** Says how many bytes are going to come, as far as the file can be trusted. */
  public void expect(long bytes) {
    expected = Math.max(expected, size + (buffered + bytes) / type.bytes());
  }

  /** Takes bytes; they may end inside an element. */
  public void add(byte[] bytes, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, buffer.length - buffered);
      System.arraycopy(bytes, at, buffer, buffered, n);
      buffered += n;
      at += n;
      left -= n;
      if (buffered == buffer.length) {
        flush();
      }
    }
  }

  /**
   * Takes that many bytes from a stream.
   *
   * @throws FormatException if it ends before
   */
  public void add(InputStream in, long bytes) throws IOException {
    expect(bytes);
    for (long left = bytes; left > 0; ) {
      int n = in.read(buffer, buffered, (int) Math.min(left, buffer.length - buffered));
      if (n < 0) {
        throw new FormatException(
            file,
            place,
            "%d of %d bytes are missing. Is the file cut short?".formatted(left, bytes));
      }
      buffered += n;
      left -= n;
      if (buffered == buffer.length) {
        flush();
      }
    }
  }

  private void flush() {
    int n = buffered / type.bytes();
    if (n == 0) {
      return;
    }
    if ((long) size + n > Elements.LONGEST) {
      throw new FormatException(file, place, "more elements come than a tensor can have, 2^31.");
    }
    if (size + n > capacity) {
      grow(size + n);
    }
    Elements.fill(file, place, segment, type, order, array, size, n);
    size += n;
    int rest = buffered - n * type.bytes();
    System.arraycopy(buffer, n * type.bytes(), buffer, 0, rest);
    buffered = rest;
  }

  private void grow(int least) {
    long trusted = Math.max(AT_FIRST, (long) TRUST * least);
    long wanted = expected >= least ? Math.min(expected, trusted) : 2L * least;
    resize((int) Math.min(wanted, Elements.LONGEST));
  }

  private void resize(int length) {
    Object longer = Elements.allocate(file, place, type, length);
    if (array != null) {
      System.arraycopy(array, 0, longer, 0, size);
    }
    array = longer;
    capacity = length;
  }

  /**
   * The tensor of all that came.
   *
   * @param name where in the file it is, for errors
   * @param shape its sizes
   * @throws FormatException if it has another number of elements
   */
  public Tensor finish(String name, long... shape) {
    flush();
    int count = Elements.count(file, name, shape);
    if (count != size || buffered > 0) {
      throw new FormatException(
          file,
          name,
          "it has the shape %s, which is %d elements, but holds %d."
              .formatted(Arrays.toString(shape), count, size));
    }
    if (array == null || capacity != size) {
      resize(size);
    }
    return Elements.tensor(array, shape);
  }
}
