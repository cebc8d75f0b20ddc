package gradus.text.savedmodel;

import gradus.tensor.io.FormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/**
 * A table of sorted keys and values as LevelDB lays it out in a file: blocks of entries whose keys
 * share their beginnings, an index block that names them, and a footer.
 *
 * <p>Source: {@code table_format.md} of LevelDB. TensorFlow writes its blocks uncompressed.
 */
final class LevelDbTable {
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER = 48;
  private static final int TRAILER = 5;
  private static final int MASK = 0xa282ead8;
  private static final int LONGEST_KEY = 1 << 16;

  private final Path file;
  private final ByteBuffer bytes;
  private final boolean checksums;

  /**
   * A table.
   *
   * @param file the file, for errors
   * @param bytes all of its bytes
   * @param checksums whether those of the blocks are compared
   */
  LevelDbTable(Path file, byte[] bytes, boolean checksums) {
    this.file = file;
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.checksums = checksums;
  }

  private FormatException error(long at, String problem) {
    return new FormatException(file, "byte " + at, problem);
  }

  /** Whether the last bytes are those of a table. */
  static boolean hasMagic(byte[] bytes) {
    return bytes.length >= FOOTER
        && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(bytes.length - 8) == MAGIC;
  }

  void forEach(BiConsumer<String, byte[]> entry) {
    int footer = bytes.limit() - FOOTER;
    if (footer < 0 || bytes.getLong(footer + 40) != MAGIC) {
      throw error(
          Math.max(0, footer), "the index does not end as a table of TensorFlow. Is it cut short?");
    }
    try {
      ByteBuffer handles = bytes.slice(footer, 40);
      varint(handles);
      varint(handles);
      block(
          varint(handles),
          varint(handles),
          (_, handle) -> {
            ByteBuffer place = ByteBuffer.wrap(handle);
            block(varint(place), varint(place), entry);
          });
    } catch (BufferUnderflowException e) {
      throw new FormatException(file, "byte " + footer, "the index is damaged.", e);
    }
  }

  private void block(long offset, long size, BiConsumer<String, byte[]> entry) {
    if (offset < 0 || size < 4 || size > bytes.limit() || offset > bytes.limit() - size - TRAILER) {
      throw error(offset, "a block of %d bytes is not in the index.".formatted(size));
    }
    int start = (int) offset;
    int length = (int) size;
    if (bytes.get(start + length) != 0) {
      throw error(offset, "a block is compressed, which TensorFlow does not do.");
    }
    if (checksums) {
      check(start, length + 1, bytes.getInt(start + length + 1));
    }
    long restarts = Integer.toUnsignedLong(bytes.getInt(start + length - 4));
    if (restarts > (length - 4) / 4) {
      throw error(offset, "a block has fewer bytes than it says.");
    }
    entries(bytes.slice(start, length - 4 - 4 * (int) restarts), entry);
  }

  private void check(int start, int length, int expected) {
    var crc = new CRC32C();
    crc.update(bytes.slice(start, length));
    if (masked((int) crc.getValue()) != expected) {
      throw error(start, "the checksum of a block is wrong: the index is damaged.");
    }
  }

  /** A checksum as it is stored, lest sums are taken of sums. */
  static int masked(int crc) {
    return Integer.rotateRight(crc, 15) + MASK;
  }

  private void entries(ByteBuffer in, BiConsumer<String, byte[]> entry) {
    byte[] key = {};
    while (in.hasRemaining()) {
      long shared = varint(in);
      long fresh = varint(in);
      long size = varint(in);
      if (shared > key.length
          || fresh > LONGEST_KEY - shared
          || fresh > in.remaining()
          || size > in.remaining() - fresh) {
        throw new BufferUnderflowException();
      }
      key = Arrays.copyOf(key, (int) (shared + fresh));
      in.get(key, (int) shared, (int) fresh);
      byte[] value = new byte[(int) size];
      in.get(value);
      entry.accept(new String(key, StandardCharsets.UTF_8), value);
    }
  }

  /** A number below 2^63 in groups of seven bits. */
  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte b = in.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new BufferUnderflowException();
  }
}
