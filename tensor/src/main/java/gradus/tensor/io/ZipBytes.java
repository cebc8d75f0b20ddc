package gradus.tensor.io;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
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
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The entries of a zip archive, read from its directory at the end and checked against the bytes
 * that are there; ZIP64 too.
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
  private static final int LOCATOR_LENGTH = 20;

  /** Deflate makes at most 1032 bytes out of one. */
  private static final long MOST_DEFLATED = 1032;

  /** Beyond both of these an entry, or all of them, is a zip bomb rather than numbers. */
  private static final long SUSPICIOUS_RATIO = 200;

  private static final long SUSPICIOUS_SIZE = 128 << 20;

  /**
   * One file of the archive: {@code packed} bytes from {@code data} on that become {@code size}.
   */
  record Entry(String name, boolean deflated, int crc, long packed, long size, long data) {
    /** How errors name it. */
    String place() {
      return place(name);
    }

    static String place(String name) {
      return "entry \"" + Quoted.of(name) + "\"";
    }
  }

  private final FileBytes file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Reads the directory of an archive. */
  ZipBytes(FileBytes file) {
    this.file = file;
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
    if (at < 0 || length < 0 || at > file.size() - length) {
      throw error(Math.clamp(at, 0, file.size()), "the zip archive is cut short or damaged.");
    }
  }

  /** A few bytes of the file. */
  private MemorySegment bytes(long at, int length) {
    need(at, length);
    byte[] bytes = new byte[length];
    file.read(at, ByteBuffer.wrap(bytes));
    return MemorySegment.ofArray(bytes);
  }

  private static long unsigned(MemorySegment bytes, long at) {
    return Integer.toUnsignedLong(bytes.get(INT, at));
  }

  private static int unsignedShort(MemorySegment bytes, long at) {
    return Short.toUnsignedInt(bytes.get(SHORT, at));
  }

  private void readDirectory() {
    long first = Math.max(0, file.size() - LONGEST_END - LOCATOR_LENGTH);
    MemorySegment tail = bytes(first, (int) (file.size() - first));
    long end = findEnd(tail);
    long count = unsignedShort(tail, end + 10);
    long size = unsigned(tail, end + 12);
    long start = unsigned(tail, end + 16);
    long behind = first + end;
    long locator = end - LOCATOR_LENGTH;
    if (locator >= 0 && tail.get(INT, locator) == LOCATOR64) {
      long at = tail.get(LONG, locator + 8);
      MemorySegment end64 = bytes(at, 56);
      if (end64.get(INT, 0) != END64) {
        throw error(at, "the zip archive has no ZIP64 directory where it says.");
      }
      count = end64.get(LONG, 32);
      size = end64.get(LONG, 40);
      start = end64.get(LONG, 48);
      behind = at;
    }
    need(start, size);
    long rest = tail.byteSize() - length(tail, end);
    if (rest > 0) {
      checkRest(rest, start + size == behind);
    }
    readEntries(count, start, size);
  }

  private void readEntries(long count, long start, long size) {
    // Kept out of the heap, which needs room for the entries.
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment directory = file.read(start, size, arena);
      long at = 0;
      for (long i = 0; i < count; i++) {
        at = readEntry(directory, start, at);
      }
      if (at != size) {
        throw error(start + at, "the directory of the zip archive has another size than it says.");
      }
    }
  }

  /** Where the last record of the archive begins: at best the one that ends where the file does. */
  private long findEnd(MemorySegment tail) {
    long found = -1;
    for (long at = tail.byteSize() - 22; at >= 0; at--) {
      if (tail.get(INT, at) == END) {
        if (length(tail, at) == tail.byteSize()) {
          return at;
        }
        found = found < 0 && length(tail, at) < tail.byteSize() ? at : found;
      }
    }
    if (found < 0) {
      throw noDirectory();
    }
    return found;
  }

  /** Where the last record ends, with its comment. */
  private static long length(MemorySegment tail, long end) {
    return end + 22 + unsignedShort(tail, end + 20);
  }

  /** As Python, which leaves alone what follows the archive, if it is one. */
  private void checkRest(long bytes, boolean closed) {
    if (!closed) {
      throw noDirectory();
    }
    Rest.leftOut(file.path(), "byte " + (file.size() - bytes), bytes, "the zip archive");
  }

  private FormatException noDirectory() {
    return error(file.size(), "the zip archive has no directory at its end. Is it cut short?");
  }

  /** Reads one entry of the directory; the result is where the next one begins. */
  private long readEntry(MemorySegment directory, long start, long at) {
    long size = directory.byteSize();
    if (at > size - 46 || directory.get(INT, at) != CENTRAL) {
      throw error(start + at, "the directory of the zip archive is damaged.");
    }
    int nameLength = unsignedShort(directory, at + 28);
    int extra = unsignedShort(directory, at + 30);
    long next = at + 46 + nameLength + extra + unsignedShort(directory, at + 32);
    if (next > size) {
      throw error(start + at, "the directory of the zip archive is damaged.");
    }
    MemorySegment utf8 = directory.asSlice(at + 46, nameLength);
    String name = name(utf8, start + at + 46);
    int method = unsignedShort(directory, at + 10);
    boolean encrypted = (unsignedShort(directory, at + 8) & 1) != 0;
    if (encrypted || (method != 0 && method != 8)) {
      throw error(
          start + at,
          "%s is %s. Entries are stored or deflated."
              .formatted(
                  Entry.place(name), encrypted ? "encrypted" : "packed by method " + method));
    }
    long[] large = {
      unsigned(directory, at + 24), unsigned(directory, at + 20), unsigned(directory, at + 42)
    };
    readLarge(directory.asSlice(at + 46 + nameLength, extra), large);
    long data = data(name, large[2], large[1]);
    int crc = directory.get(INT, at + 16);
    var entry = new Entry(name, method == 8, crc, large[1], large[0], data);
    checkSizes(entry, start + at);
    if (entries.put(name, entry) != null) {
      throw error(start + at, "the zip archive has " + entry.place() + " twice.");
    }
    return next;
  }

  private String name(MemorySegment utf8, long at) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8.asByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw error(at, "the name of an entry is not in UTF-8.");
    }
  }

  /** Replaces those of size, packed size and offset that stand in the ZIP64 field. */
  private static void readLarge(MemorySegment extra, long[] values) {
    for (long field = 0; field + 4 <= extra.byteSize(); ) {
      int size = unsignedShort(extra, field + 2);
      if (unsignedShort(extra, field) == 1) {
        long from = field + 4;
        for (int i = 0; i < 3; i++) {
          if (values[i] == NO_SIZE && from + 8 <= Math.min(field + 4 + size, extra.byteSize())) {
            values[i] = extra.get(LONG, from);
            from += 8;
          }
        }
      }
      field += 4 + size;
    }
  }

  /** Where the bytes of an entry begin: behind its local header. */
  private long data(String name, long header, long packed) {
    MemorySegment local = bytes(header, 30);
    if (local.get(INT, 0) != LOCAL) {
      throw error(header, Entry.place(name) + " does not begin where the directory says.");
    }
    long data = header + 30 + unsignedShort(local, 26) + unsignedShort(local, 28);
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
          "%s claims %d bytes out of %d, which cannot be."
              .formatted(entry.place(), entry.size, entry.packed));
    }
    if (isSuspicious(entry.size, entry.packed)) {
      throw error(
          at,
          "%s grows from %d to %d bytes, as a zip bomb does. If it is honest, save it uncompressed."
              .formatted(entry.place(), entry.packed, entry.size));
    }
  }

  /** Entries that share bytes are another way to build a zip bomb. */
  private void checkOverlaps() {
    List<Entry> inOrder = new ArrayList<>(entries.values());
    inOrder.sort(Comparator.comparingLong(Entry::data));
    long end = 0;
    for (Entry entry : inOrder) {
      if (entry.data < end) {
        throw error(entry.data, entry.place() + " overlaps another one.");
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
  FileInput stored(Entry entry) {
    return file.input(entry.data, entry.size);
  }

  /** The unpacked bytes of any entry, one after another, checked. */
  CheckedInput stream(Entry entry) {
    FileInput packed = file.input(entry.data, entry.packed);
    if (!entry.deflated) {
      return new CheckedInput(file.path(), entry, packed, () -> {});
    }
    var inflater = new Inflater(true);
    return new CheckedInput(
        file.path(), entry, new InflaterInputStream(packed, inflater, 1 << 16), inflater::end);
  }
}
