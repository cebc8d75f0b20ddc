package gradus.text.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {

  @TempDir private Path folder;

  /** A disk without room. */
  private static OutputStream full() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("No space left on device");
      }
    };
  }

  @Test
  void aFullDiskIsSaidWithTheFileAndLeavesNothing() throws IOException {
    Path old = Files.writeString(folder.resolve("vectors.bin"), "as it was");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> NewFile.write(old, out -> new LittleEndianOutput(full()).writeInt(1)))
        .withMessage(old + " cannot be written: No space left on device");
    assertThat(old).hasContent("as it was");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(old);
    }
  }
}
