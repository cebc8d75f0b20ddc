package gradus.text.io;

import gradus.tensor.io.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes a file wholly or not at all, packed if its name ends in {@code .gz}. */
public final class NewFile {

  private NewFile() {}

  @FunctionalInterface
  public interface Writer {
    void to(OutputStream out) throws IOException;
  }

  public static void write(Path path, Writer writer) {
    boolean packed = Given.notNull("save", "the path", path).toString().endsWith(".gz");
    AtomicFile.write(
        path,
        channel -> {
          OutputStream plain = Channels.newOutputStream(channel);
          // The channel must stay open.
          var gzip = packed ? new GZIPOutputStream(plain, 1 << 16) : null;
          var out = new BufferedOutputStream(packed ? gzip : plain, 1 << 16);
          try {
            writer.to(out);
          } catch (LittleEndianOutput.WriteException e) {
            throw e.getCause(); // said with the name of the file
          }
          out.flush();
          if (packed) {
            gzip.finish();
          }
        });
  }
}
