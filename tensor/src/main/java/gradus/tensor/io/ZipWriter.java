package gradus.tensor.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a zip archive entry by entry, as Python's {@code zipfile} does, or with every entry's
 * bytes at a multiple of 64, as PyTorch does.
 */
final class ZipWriter {
  /** The length of a name is stored in two bytes. */
  static final int LONGEST_NAME = 0xffff;

  private static final long LARGE = Integer.MAX_VALUE;
  private static final int NO_SIZE = -1;
  private static final int ALIGNMENT = 64;
  private static final int FIRST_OF_1980 = 0x21;
  private static final int UTF8 = 0x800;
  private static final int MADE_BY_UNIX = 3 << 8;

  private final FileChannel channel;
  private final boolean deflated;
  private final boolean aligned;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private long count;

  private ZipWriter(FileChannel channel, boolean deflated, boolean aligned) {
    this.channel = channel;
    this.deflated = deflated;
    this.aligned = aligned;
  }

  static ZipWriter likePython(FileChannel channel, boolean deflated) {
    return new ZipWriter(channel, deflated, false);
  }

  static ZipWriter aligned(FileChannel channel) {
    return new ZipWriter(channel, false, true);
  }

  /** Writes what belongs into an entry. */
  interface Content {
    void write(WritableByteChannel out) throws IOException;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Adds an entry; its sizes and checksum are known only after its bytes. */
  void add(String name, Content content) throws IOException {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    long start = channel.position();
    int padding = aligned ? (int) (-(start + 30 + utf8.length + 24) & (ALIGNMENT - 1)) : 0;
    writeLocal(utf8, 0, 0, 0, padding);
    long data = channel.position();
    var body = new Body();
    content.write(body);
    body.finish();
    long end = channel.position();
    channel.position(start);
    writeLocal(utf8, (int) body.crc.getValue(), body.size, end - data, padding);
    channel.position(end);
    addToDirectory(utf8, (int) body.crc.getValue(), body.size, end - data, start);
    count++;
  }

  private int flags(byte[] name) {
    for (byte b : name) {
      if (b < 0) {
        return UTF8;
      }
    }
    return 0;
  }

  private void writeLocal(byte[] name, int crc, long size, long packed, int padding)
      throws IOException {
    int extra = 20 + (aligned ? 4 + padding : 0);
    ByteBuffer out = buffer(30 + name.length + extra);
    out.putInt(0x04034b50).putShort((short) 45).putShort((short) flags(name));
    out.putShort((short) (deflated ? 8 : 0)).putShort((short) 0).putShort((short) FIRST_OF_1980);
    out.putInt(crc).putInt(NO_SIZE).putInt(NO_SIZE);
    out.putShort((short) name.length).putShort((short) extra).put(name);
    out.putShort((short) 1).putShort((short) 16).putLong(size).putLong(packed);
    if (aligned) {
      out.put((byte) 'F').put((byte) 'B').putShort((short) padding);
      while (out.hasRemaining()) {
        out.put((byte) 'Z');
      }
    }
    ElementWriter.writeFully(channel, out.flip());
  }

  private void addToDirectory(byte[] name, int crc, long size, long packed, long start) {
    boolean largeSize = size > LARGE || packed > LARGE;
    boolean largeStart = start > LARGE;
    int extra = (largeSize ? 16 : 0) + (largeStart ? 8 : 0);
    extra += extra > 0 ? 4 : 0;
    ByteBuffer out = buffer(46 + name.length + extra);
    out.putInt(0x02014b50).putShort((short) (MADE_BY_UNIX | 45)).putShort((short) 45);
    out.putShort((short) flags(name)).putShort((short) (deflated ? 8 : 0));
    out.putShort((short) 0).putShort((short) FIRST_OF_1980).putInt(crc);
    out.putInt(largeSize ? NO_SIZE : (int) packed).putInt(largeSize ? NO_SIZE : (int) size);
    out.putShort((short) name.length).putShort((short) extra).putShort((short) 0);
    out.putShort((short) 0).putShort((short) 0).putInt(0600 << 16);
    out.putInt(largeStart ? NO_SIZE : (int) start).put(name);
    if (extra > 0) {
      out.putShort((short) 1).putShort((short) (extra - 4));
      if (largeSize) {
        out.putLong(size).putLong(packed);
      }
      if (largeStart) {
        out.putLong(start);
      }
    }
    directory.writeBytes(out.array());
  }

  /** Writes the directory. */
  void finish() throws IOException {
    long start = channel.position();
    int size = directory.size();
    ElementWriter.writeFully(channel, ByteBuffer.wrap(directory.toByteArray()));
    boolean large = count > 0xffff || start > LARGE;
    if (large) {
      long end64 = channel.position();
      ByteBuffer out = buffer(76);
      out.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
      out.putInt(0).putInt(0).putLong(count).putLong(count).putLong(size).putLong(start);
      out.putInt(0x07064b50).putInt(0).putLong(end64).putInt(1);
      ElementWriter.writeFully(channel, out.flip());
    }
    ByteBuffer out = buffer(22);
    out.putInt(0x06054b50).putInt(0);
    short entries = (short) Math.min(count, 0xffff);
    out.putShort(entries).putShort(entries).putInt(size);
    out.putInt(large ? (int) Math.min(start, 0xffffffffL) : (int) start).putShort((short) 0);
    ElementWriter.writeFully(channel, out.flip());
  }

  /** Takes the bytes of an entry, and counts, sums and packs them. */
  private final class Body implements WritableByteChannel {
    private final CRC32 crc = new CRC32();
    private final Deflater deflater = deflated ? new Deflater(-1, true) : null;
    private final byte[] packed = new byte[1 << 16];
    private long size;

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int n = bytes.remaining();
      size += n;
      crc.update(bytes.duplicate());
      if (deflater == null) {
        ElementWriter.writeFully(channel, bytes);
      } else {
        deflater.setInput(bytes);
        while (!deflater.needsInput()) {
          deflate();
        }
      }
      return n;
    }

    private void deflate() throws IOException {
      int n = deflater.deflate(packed);
      ElementWriter.writeFully(channel, ByteBuffer.wrap(packed, 0, n));
    }

    void finish() throws IOException {
      if (deflater != null) {
        deflater.finish();
        while (!deflater.finished()) {
          deflate();
        }
        deflater.end();
      }
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
