package gradus.tensor.io;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** An entry of a zip archive as it comes out, held against the size and checksum it claims. */
final class CheckedInput extends FilterInputStream {
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final ZipBytes.Entry entry;
  private final Runnable closing;
  private final CRC32 crc = new CRC32();
  private long done;

  CheckedInput(Path file, ZipBytes.Entry entry, InputStream in, Runnable closing) {
    super(in);
    this.file = file;
    this.entry = entry;
    this.closing = closing;
  }

  /** How many bytes are still to come, if the entry is as long as it claims. */
  long left() {
    return entry.size() - done;
  }

  private FormatException error(String problem, Exception cause) {
    return new FormatException(file, entry.place(), problem, cause);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    int n;
    try {
      n = super.read(to, from, length);
    } catch (ZipException | EOFException e) {
      throw error("its compressed bytes are damaged or cut short: " + e.getMessage(), e);
    }
    if (n > 0) {
      crc.update(to, from, n);
      done += n;
      if (done > entry.size()) {
        throw error("more than the %d bytes it claims come out.".formatted(entry.size()), null);
      }
    }
    return n;
  }

  /** All of it, where it is known to be small. */
  byte[] all(long atMost) throws IOException {
    if (entry.size() > atMost) {
      throw error(
          "it claims %,d bytes; at most %,d are taken.".formatted(entry.size(), atMost), null);
    }
    byte[] all = readAllBytes();
    end();
    return all;
  }

  /**
   * Passes over what is left, and makes sure that all was as it should be.
   *
   * @return how many bytes were left
   */
  long end() throws IOException {
    long before = done;
    byte[] rest = new byte[Math.clamp(left(), 1, CHUNK)];
    while (read(rest, 0, rest.length) >= 0) {
      // Counted and summed in passing.
    }
    if (done != entry.size()) {
      throw error("%d of the %d bytes it claims were there.".formatted(done, entry.size()), null);
    }
    if ((int) crc.getValue() != entry.crc()) {
      throw error("its checksum is wrong: the bytes are damaged.", null);
    }
    return done - before;
  }

  @Override
  public void close() {
    closing.run();
  }
}
