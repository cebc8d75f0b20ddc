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

  private String place() {
    return "entry \"" + entry.name() + "\"";
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
      throw new FormatException(
          file, place(), "its compressed bytes are damaged or cut short: " + e.getMessage(), e);
    }
    if (n > 0) {
      crc.update(to, from, n);
      done += n;
      if (done > entry.size()) {
        throw new FormatException(
            file, place(), "more than the %d bytes it claims come out.".formatted(entry.size()));
      }
    }
    return n;
  }

  /** All of it, where it is known to be small. */
  byte[] all(long atMost) throws IOException {
    if (entry.size() > atMost) {
      throw new FormatException(
          file,
          place(),
          "it claims %d bytes; at most %d are taken.".formatted(entry.size(), atMost));
    }
    byte[] all = readAllBytes();
    end();
    return all;
  }

  /** Makes sure that nothing comes any more, and that all was as it should be. */
  void end() throws IOException {
    if (read() >= 0 || done != entry.size()) {
      throw new FormatException(
          file, place(), "%d of the %d bytes it claims were there.".formatted(done, entry.size()));
    }
    compare(file, entry, crc.getValue());
  }

  static void compare(Path file, ZipBytes.Entry entry, long crc) {
    if ((int) crc != entry.crc()) {
      throw new FormatException(
          file, "entry \"" + entry.name() + "\"", "its checksum is wrong: the bytes are damaged.");
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
