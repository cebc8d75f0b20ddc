package gradus.text.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Takes in bytes that do not fit into memory: a file in the temporary folder ({@code
 * -Djava.io.tmpdir}) that goes away when it is closed. Several threads may read and write it.
 */
public final class SpillFile implements AutoCloseable {

  private Path path;
  private FileChannel channel;
  private long end;

  /** Writes bytes and says where they stand. The first call makes the file. */
  public long write(byte[] bytes, int count) {
    return write(ByteBuffer.wrap(bytes, 0, count));
  }

  /** The same for the rest of a buffer. */
  public long write(ByteBuffer bytes) {
    long at;
    int count = bytes.remaining();
    try {
      synchronized (this) {
        if (channel == null) {
          path = Files.createTempFile("gradus-", ".tmp");
          channel =
              FileChannel.open(
                  path,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.DELETE_ON_CLOSE);
        }
        at = end;
        end += count;
      }
      for (long to = at; bytes.hasRemaining(); ) {
        to += channel.write(bytes, to);
      }
      return at;
    } catch (IOException e) {
      throw failure("write", e);
    }
  }

  /** Reads the bytes from a place on, as many as the buffer has room for. */
  public void read(long at, ByteBuffer bytes) {
    try {
      for (long from = at; bytes.hasRemaining(); ) {
        int read = channel.read(bytes, from);
        if (read < 0) {
          throw new IOException("it has become shorter.");
        }
        from += read;
      }
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  private UncheckedIOException failure(String what, IOException e) {
    return new UncheckedIOException(
        "corpus: the temporary file %s cannot be %s: %s. Give it room, or another folder by -Djava.io.tmpdir=FOLDER."
            .formatted(
                path == null ? System.getProperty("java.io.tmpdir") : path,
                what.equals("read") ? "read" : "written",
                e.getMessage()),
        e);
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw failure("write", e);
      }
    }
  }
}
