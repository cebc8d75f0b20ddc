package gradus.text.glove;

import gradus.text.training.SpillFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorted runs of keys and their counts, in memory as long as they are small, else in a temporary
 * file; merged they give each key once.
 *
 * <p>Keys are written as the differences between them, in seven bits a byte.
 */
final class PairRuns implements AutoCloseable {

  private static final int SEGMENT = 1 << 16;
  private static final long MOST_IN_MEMORY = 8L << 20;
  private static final int MOST_BYTES_A_NUMBER = 10;

  /** Takes the keys in rising order. */
  @FunctionalInterface
  interface Keys {
    void count(long key, long units);
  }

  /** A part of a run: bytes in memory, or a place in the file. */
  private record Segment(byte[] bytes, long at, int length) {}

  private final SpillFile file = new SpillFile();
  private final List<List<Segment>> runs = new ArrayList<>();
  private long inMemory;

  /** How many runs there are. */
  int count() {
    return runs.size();
  }

  private Segment keep(byte[] bytes, int length) {
    synchronized (this) {
      if (inMemory + length <= MOST_IN_MEMORY) {
        inMemory += length;
        return new Segment(Arrays.copyOf(bytes, length), -1, length);
      }
    }
    return new Segment(null, file.write(bytes, length), length);
  }

  /** A run that one thread writes. */
  final class Writer {
    private final List<Segment> segments = new ArrayList<>();
    private final byte[] bytes = new byte[SEGMENT];
    private int length;
    private long last;

    /** Adds a key that is no smaller than the one before. */
    void add(long key, long units) {
      if (length + 2 * MOST_BYTES_A_NUMBER > bytes.length) {
        flush();
      }
      number(key - last);
      number(units);
      last = key;
    }

    private void number(long value) {
      long rest = value;
      while (rest > 0x7f) {
        bytes[length++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[length++] = (byte) rest;
    }

    private void flush() {
      segments.add(keep(bytes, length));
      length = 0;
    }

    void finish() {
      flush();
      synchronized (PairRuns.this) {
        runs.add(segments);
      }
    }
  }

  /** Reads a run; it stands on a key, or is at its end. */
  private final class Reader {
    private final List<Segment> segments;
    private int next;
    private byte[] bytes = {};
    private int at;
    private int length;
    private long key;
    private long units;

    Reader(List<Segment> segments) {
      this.segments = segments;
    }

    boolean advance() {
      if (at == length && !load()) {
        return false;
      }
      key += number();
      units = number();
      return true;
    }

    private boolean load() {
      if (next == segments.size()) {
        return false;
      }
      Segment segment = segments.get(next++);
      at = 0;
      length = segment.length();
      bytes = segment.bytes();
      if (bytes == null) {
        bytes = new byte[length];
        file.read(segment.at(), ByteBuffer.wrap(bytes));
      }
      return length > 0;
    }

    private long number() {
      long value = 0;
      int shift = 0;
      byte b;
      do {
        b = bytes[at++];
        value |= (long) (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      return value;
    }
  }

  /** Tells each key once, in rising order, with the sum of what the runs have for it. */
  void merge(Keys keys) {
    var readers = new PriorityQueue<Reader>(Comparator.comparingLong(reader -> reader.key));
    for (List<Segment> run : runs) {
      var reader = new Reader(run);
      if (reader.advance()) {
        readers.add(reader);
      }
    }
    while (!readers.isEmpty()) {
      long key = readers.peek().key;
      long units = 0;
      while (!readers.isEmpty() && readers.peek().key == key) {
        Reader reader = readers.poll();
        do {
          units += reader.units;
          if (!reader.advance()) {
            reader = null;
          }
        } while (reader != null && reader.key == key);
        if (reader != null) {
          readers.add(reader);
        }
      }
      keys.count(key, units);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
