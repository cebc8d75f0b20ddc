package gradus.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file is replaced whole, and only a file. */
class AtomicFileTest {
  @TempDir Path folder;

  private static void save(Path path, String text) {
    AtomicFile.write(
        path, channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theNewFileStandsBesideTheOldOneUntilItIsWhole() throws IOException {
    Path file = folder.resolve("a.bin");
    save(file, "old");
    AtomicFile.write(
        file,
        channel -> {
          assertThat(file).hasContent("old");
          assertThat(names()).anyMatch(name -> name.matches("\\.a\\.bin\\.gradus-\\w+\\.tmp"));
          channel.write(ByteBuffer.wrap(new byte[] {'n', 'e', 'w'}));
        });
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("a.bin");
  }

  @Test
  void whatFailsLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("a.bin");
    save(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[100]));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("a.bin cannot be written");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      Thread.currentThread().interrupt();
                      channel.write(ByteBuffer.wrap(new byte[100]));
                    }))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.bin");
  }

  @Test
  void aFolderIsNotReplaced() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    for (Path path : List.of(inner, folder.getRoot())) {
      assertThatThrownBy(() -> save(path, "text"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("it is a folder");
    }
    assertThat(names()).containsExactly("inner");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsNotReplaced() throws Exception {
    Path pipe = folder.resolve("pipe");
    boolean made;
    try {
      made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      made = false;
    }
    assumeTrue(made, "there is no mkfifo here");
    assertThatThrownBy(() -> save(pipe, "text"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("it is a pipe or a device, which cannot be replaced");
    assertThat(Files.isRegularFile(pipe)).isFalse();
    assertThat(names()).containsExactly("pipe");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksAreFollowedAndPermissionsKept() throws IOException {
    Path deep = Files.createDirectory(folder.resolve("deep"));
    Path file = deep.resolve("file");
    save(file, "old");
    var mine = PosixFilePermissions.fromString("rw-r-----");
    Files.setPosixFilePermissions(file, mine);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("deep/file"));
    Path further = Files.createSymbolicLink(folder.resolve("further"), link);
    save(further, "new");
    assertThat(file).hasContent("new");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(mine);
    assertThat(link).isSymbolicLink();
    assertThat(further).isSymbolicLink();
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("deep/none"));
    save(dangling, "made");
    assertThat(dangling).isSymbolicLink();
    assertThat(deep.resolve("none")).hasContent("made");
  }

  @Test
  void aLongNameStaysOne() {
    Path file = folder.resolve("n".repeat(250));
    save(file, "text");
    assertThat(file).hasContent("text");
  }
}
