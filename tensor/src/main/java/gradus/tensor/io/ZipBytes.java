package gradus.tensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The entries of a zip archive, read from its directory at the end and checked against the bytes
 * that are there; ZIP64 too. Stored entries need no copying: their bytes are those of the file.
 *
 * <p>Source: PKWARE's APPNOTE.TXT 6.3.10.
 */
final class ZipBytes {
  private static final ValueLayout.OfShort SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END64 = 0x06064b50;
  private static final int LOCATOR64 = 0x07064b50;
  private static final long NO_SIZE = 0xffffffffL;
  private static final int LONGEST_END = 22 + 65535;

  /** Deflate makes at most 1032 bytes out of one. */
  private static final long MOST_DEFLATED = 1032;

  /** Beyond both of these an entry, or all of them, is a zip bomb rather than numbers. */
  private static final long SUSPICIOUS_RATIO = 200;

  private static final long SUSPICIOUS_SIZE = 128 << 20;

  /**
   * One file of the archive: {@code packed} bytes from {@code data} on that become {@code size}.
   */
  record Entry(String name, boolean deflated, int crc, long packed, long size, long data) {}

  private final FileBytes file;
  private final MemorySegment bytes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Reads the directory of an archive. */
  ZipBytes(FileBytes file) {
    this.file = file;
    this.bytes = file.bytes();
    readDirectory();
    checkOverlaps();
    checkTotal();
  }

  /** The files by name, in the order of the directory. */
  Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  private FormatException error(long at, String problem) {
    return new FormatException(file.path(), "byte " + at, problem);
  }

  private void need(long at, long length) {
    if (at < 0 || length < 0 || at > bytes.byteSize() - length) {
      throw error(Math.clamp(at, 0, bytes.byteSize()), "the zip archive is cut short or damaged.");
    }
  }

  private long unsigned(long at) {
    return Integer.toUnsignedLong(bytes.get(INT, at));
  }

  private int unsignedShort(long at) {
    return Short.toUnsignedInt(bytes.get(SHORT, at));
  }

  private void readDirectory() {
    long end = findEnd();
    long count = unsignedShort(end + 10);
    long size = unsigned(end + 12);
    long start = unsigned(end + 16);
    long locator = end - 20;
    if (locator >= 0 && bytes.get(INT, locator) == LOCATOR64) {
      long end64 = bytes.get(LONG, locator + 8);
      need(end64, 56);
      if (bytes.get(INT, end64) != END64) {
        throw error(end64, "the zip archive has no ZIP64 directory where it says.");
      }
      count = bytes.get(LONG, end64 + 32);
      size = bytes.get(LONG, end64 + 40);
      start = bytes.get(LONG, end64 + 48);
    }
    need(start, size);
    long at = start;
    for (long i = 0; i < count; i++) {
      at = readEntry(at, start + size);
    }
    if (at != start + size) {
      throw error(at, "the directory of the zip archive has another size than it says.");
    }
  }

  private long findEnd() {
    long first = Math.max(0, bytes.byteSize() - LONGEST_END);
    for (long at = bytes.byteSize() - 22; at >= first; at--) {
      if (bytes.get(INT, at) == END && at + 22 + unsignedShort(at + 20) == bytes.byteSize()) {
        return at;
      }
    }
    throw error(bytes.byteSize(), "the zip archive has no directory at its end. Is it cut short?");
  }

  /** Reads one entry of the directory; the result is where the next one begins. */
  private long readEntry(long at, long end) {
    if (at > end - 46 || bytes.get(INT, at) != CENTRAL) {
      throw error(at, "the directory of the zip archive is damaged.");
    }
    int nameLength = unsignedShort(at + 28);
    int extra = unsignedShort(at + 30);
    long next = at + 46 + nameLength + extra + unsignedShort(at + 32);
    if (next > end) {
      throw error(at, "the directory of the zip archive is damaged.");
    }
    String name = name(at + 46, nameLength);
    int method = unsignedShort(at + 10);
    boolean encrypted = (unsignedShort(at + 8) & 1) != 0;
    if (encrypted || (method != 0 && method != 8)) {
      throw error(
          at,
          "entry \"%s\" is %s. Entries are stored or deflated."
              .formatted(name, encrypted ? "encrypted" : "packed by method " + method));
    }
    long[] large = {unsigned(at + 24), unsigned(at + 20), unsigned(at + 42)};
    readLarge(at + 46 + nameLength, extra, large);
    long data = data(name, large[2], large[1]);
    var entry = new Entry(name, method == 8, bytes.get(INT, at + 16), large[1], large[0], data);
    checkSizes(entry, at);
    if (entries.put(name, entry) != null) {
      throw error(at, "the zip archive has \"" + name + "\" twice.");
    }
    return next;
  }

  private String name(long at, int length) {
    byte[] utf8 = bytes.asSlice(at, length).toArray(JAVA_BYTE);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw error(at, "the name of an entry is not in UTF-8.");
    }
  }

  /** Replaces those of size, packed size and offset that stand in the ZIP64 field. */
  private void readLarge(long at, int length, long[] values) {
    for (long field = at; field + 4 <= at + length; ) {
      int size = unsignedShort(field + 2);
      if (unsignedShort(field) == 1) {
        long from = field + 4;
        for (int i = 0; i < 3; i++) {
          if (values[i] == NO_SIZE && from + 8 <= Math.min(field + 4 + size, at + length)) {
            values[i] = bytes.get(LONG, from);
            from += 8;
          }
        }
      }
      field += 4 + size;
    }
  }

  /** Where the bytes of an entry begin: behind its local header. */
  private long data(String name, long header, long packed) {
    need(header, 30);
    if (bytes.get(INT, header) != LOCAL) {
      throw error(header, "entry \"" + name + "\" does not begin where the directory says.");
    }
    long data = header + 30 + unsignedShort(header + 26) + unsignedShort(header + 28);
    need(data, packed);
    return data;
  }

  private void checkSizes(Entry entry, long at) {
    boolean lie =
        entry.deflated
            ? entry.size < 0 || entry.size / MOST_DEFLATED > entry.packed
            : entry.size != entry.packed;
    if (lie) {
      throw error(
          at,
          "entry \"%s\" claims %d bytes out of %d, which cannot be."
              .formatted(entry.name, entry.size, entry.packed));
    }
    if (isSuspicious(entry.size, entry.packed)) {
      throw error(
          at,
          "entry \"%s\" grows from %d to %d bytes, as a zip bomb does. If it is honest, save it uncompressed."
              .formatted(entry.name, entry.packed, entry.size));
    }
  }

  /** Entries that share bytes are another way to build a zip bomb. */
  private void checkOverlaps() {
    List<Entry> inOrder = new ArrayList<>(entries.values());
    inOrder.sort(Comparator.comparingLong(Entry::data));
    long end = 0;
    for (Entry entry : inOrder) {
      if (entry.data < end) {
        throw error(entry.data, "entry \"" + entry.name + "\" overlaps another one.");
      }
      end = entry.data + entry.packed;
    }
  }

  /** Many small bombs are a bomb too. */
  private void checkTotal() {
    long size = 0;
    long packed = 0;
    for (Entry entry : entries.values()) {
      size += entry.size;
      packed += entry.packed;
    }
    if (isSuspicious(size, packed)) {
      throw error(
          0,
          "the %d entries grow from %d to %d bytes, as a zip bomb does. If they are honest, save them uncompressed."
              .formatted(entries.size(), packed, size));
    }
  }

  private static boolean isSuspicious(long size, long packed) {
    return size > SUSPICIOUS_SIZE && size / SUSPICIOUS_RATIO > packed;
  }

  /** The bytes of a stored entry, as they lie in the file. */
  MemorySegment stored(Entry entry) {
    return bytes.asSlice(entry.data, entry.size);
  }

  /** The unpacked bytes of any entry, one after another. */
  CheckedInput stream(Entry entry) {
    var packed = new SegmentInput(bytes.asSlice(entry.data, entry.packed));
    if (!entry.deflated) {
      return new CheckedInput(file.path(), entry, packed, () -> {});
    }
    var inflater = new Inflater(true);
    return new CheckedInput(
        file.path(), entry, new InflaterInputStream(packed, inflater, 1 << 16), inflater::end);
  }

  /** Compares a stored entry with its checksum. */
  void check(Entry entry) {
    var crc = new CRC32();
    MemorySegment stored = stored(entry);
    long chunk = 1 << 20;
    for (long at = 0; at < stored.byteSize(); at += chunk) {
      crc.update(stored.asSlice(at, Math.min(chunk, stored.byteSize() - at)).asByteBuffer());
    }
    CheckedInput.compare(file.path(), entry, crc.getValue());
  }
}
