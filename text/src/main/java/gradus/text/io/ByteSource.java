package gradus.text.io;

import gradus.tensor.io.Elements;
import gradus.tensor.io.FileErrors;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of a file, as they are or unpacked: a file that begins as gzip does is unpacked
 * whatever its name.
 */
public final class ByteSource {

  /** How many bytes a reader sees before it decides what it has. */
  public static final int HEAD = 1 << 16;

  private static final long LARGEST_TABLE = Integer.MAX_VALUE - 8;

  private final Path path;
  private final LoadProgress progress;
  private final long size;
  private final boolean packed;
  private final byte[] head;
  private long length;
  private int passes = 1;
  private int pass;

  private ByteSource(Path path, LoadProgress progress) throws IOException {
    this.path = path;
    this.progress = progress;
    this.size = Files.size(path);
    try (var in = Files.newInputStream(path)) {
      byte[] magic = in.readNBytes(2);
      this.packed = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    }
    length = packed ? -1 : size;
    byte[] first = new byte[buffer(HEAD)];
    try (SourceStream in = new SourceStream(this, (done, total) -> {})) {
      this.head = Arrays.copyOf(first, in.fill(first, 0, first.length));
    }
  }

  /** The source of a file; throws {@link UncheckedIOException} if it cannot be opened. */
  public static ByteSource of(Path path, LoadProgress progress) {
    try {
      return new ByteSource(path, progress);
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }

  public Path path() {
    return path;
  }

  long size() {
    return size;
  }

  public boolean packed() {
    return packed;
  }

  /** The first 65,536 bytes, unpacked; fewer if there are no more. Not to be changed. */
  public byte[] head() {
    return head;
  }

  /** How often the file is going to be read from now on, for the progress. */
  public void passes(int count) {
    passes = count;
    pass = 0;
  }

  /** The bytes from the beginning. */
  public SourceStream open() {
    long before = pass++ * size;
    return new SourceStream(
        this,
        (done, total) -> {
          long share = Math.min((before + done) / passes, size);
          if (share < size) {
            progress.at(path, share, size);
          }
        });
  }

  public void finished() {
    progress.at(path, size, size);
  }

  /** A stream has come to the end. */
  void endsAt(long position) {
    length = position;
  }

  /** How large a buffer is worth while: {@code most}, or just above the length of a small file. */
  public int buffer(int most) {
    return length < 0 ? most : (int) Math.min(most, length + 1);
  }

  /**
   * The number of bytes unpacked. Of a gzipped file that nobody has read to its end yet it is found
   * by unpacking once.
   */
  public long length() {
    if (length < 0) {
      byte[] buffer = new byte[HEAD];
      try (SourceStream in = open()) {
        while (length < 0) {
          in.fill(buffer, 0, buffer.length);
        }
      }
    }
    return length;
  }

  /**
   * At least the number of bytes unpacked. Of a gzipped file it is what a {@link SourceStream}
   * would refuse to go beyond, until its length is known.
   */
  public long longest() {
    return length < 0 ? SourceStream.longest(size) : length;
  }

  /** A new array for the vectors of words, which are known to be in the file. */
  public static float[] table(Path path, String place, long rows, int dim) {
    long most = LARGEST_TABLE / Math.max(dim, 1);
    if (rows > most) {
      throw new FormatException(
          path,
          place,
          "%,d rows of %,d numbers are more than a Java array holds (%,d). WordVectors.load(path, %d) takes the first of them."
              .formatted(rows, dim, LARGEST_TABLE, most));
    }
    return Elements.floats(path, place, rows, dim);
  }

  public FormatException error(String place, String problem) {
    return new FormatException(path, place, problem);
  }
}
