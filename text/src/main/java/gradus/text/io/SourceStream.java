package gradus.text.io;

import gradus.tensor.io.FileErrors;
import gradus.tensor.io.FormatException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a {@link ByteSource} from its beginning, with the errors readers of files have: damaged
 * gzip data is a {@link FormatException}, a disk that fails an {@link UncheckedIOException}.
 */
public final class SourceStream implements AutoCloseable {

  /** Numbers as text or floats shrink to a half or third; a file of zeros is no table of words. */
  private static final long MOST_UNPACKED = 100;

  /** Below that any rate of packing is harmless. */
  private static final long FREE_BYTES = 64L << 20;

  private final ByteSource source;
  private final InputStream in;
  private final Counted raw;
  private long position;

  /** Hears how many bytes of the file have been read. */
  @FunctionalInterface
  interface Meter {
    void at(long done, long total);
  }

  SourceStream(ByteSource source, Meter meter) {
    this.source = source;
    try {
      this.raw = new Counted(Files.newInputStream(source.path()), meter, source.size());
    } catch (IOException e) {
      throw FileErrors.reading(source.path(), e);
    }
    this.in = source.packed() ? unpacking() : raw;
  }

  private InputStream unpacking() {
    try {
      return new GZIPInputStream(raw, 1 << 16);
    } catch (IOException e) {
      close();
      throw failure(e);
    }
  }

  /** How many bytes a gzipped file of this size may unpack to. */
  static long longest(long size) {
    return Math.max(FREE_BYTES, MOST_UNPACKED * size);
  }

  /** How many bytes were read, unpacked. */
  public long position() {
    return position;
  }

  /**
   * Reads as many bytes as there are, {@code count} at most.
   *
   * @return how many; fewer than {@code count} only at the end of the file
   */
  public int fill(byte[] bytes, int from, int count) {
    try {
      int read = in.readNBytes(bytes, from, count);
      position += read;
      if (read < count) {
        source.endsAt(position);
      }
      if (source.packed()
          && position > FREE_BYTES
          && position > MOST_UNPACKED * Math.max(raw.count, 1)) {
        throw source.error(
            "byte " + raw.count,
            "%,d bytes have unpacked to %,d. Word vectors shrink to a third at best; this is a bomb."
                .formatted(raw.count, position));
      }
      return read;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Passes over bytes that are known to be there. */
  public void skip(long count) {
    try {
      in.skipNBytes(count);
      position += count;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private RuntimeException failure(IOException e) {
    if (source.packed() && (e instanceof ZipException || e instanceof EOFException)) {
      return new FormatException(
          source.path(),
          "byte " + raw.count,
          "the gzip data is damaged or cut short (%s). Unpack or fetch it anew."
              .formatted(e.getMessage()),
          e);
    }
    return FileErrors.reading(source.path(), e);
  }

  @Override
  public void close() {
    try {
      raw.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts the bytes as they lie on the disk. */
  private static final class Counted extends FilterInputStream {
    private final Meter meter;
    private final long total;
    private long count;

    Counted(InputStream in, Meter meter, long total) {
      super(in);
      this.meter = meter;
      this.total = total;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public long skip(long length) throws IOException {
      long skipped = super.skip(length);
      count += skipped;
      return skipped;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      if (read > 0) {
        count += read;
        meter.at(count, total);
      }
      return read;
    }
  }
}
