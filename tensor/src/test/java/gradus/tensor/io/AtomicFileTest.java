package gradus.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a save replaces and what not, and that nothing is left behind. */
class AtomicFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("model.pt");
  }

  private static AtomicFile.Content text(String text) {
    return channel -> channel.write(ByteBuffer.wrap(text.getBytes()));
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void posix(Path path) {
    Assumptions.assumeTrue(
        path.getFileSystem().supportedFileAttributeViews().contains("posix"), "left out: no POSIX");
  }

  @Test
  void theNewFileIsBesideTheOldOneUntilItIsComplete() throws IOException {
    Files.writeString(file, "old");
    AtomicFile.write(
        file,
        channel -> {
          text("new").write(channel);
          assertThat(file).hasContent("old");
          assertThat(names()).hasSize(2);
          assertThat(names().get(0)).matches("\\.model\\.pt\\.gradus-[0-9a-f]+\\.tmp");
        });
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("model.pt");
  }

  @Test
  void aNameAsLongAsTheFileSystemHasIsNoProblem() {
    for (String name : List.of("n".repeat(255), "é".repeat(127), "\uD83D\uDE00".repeat(63))) {
      AtomicFile.write(folder.resolve(name), text("new"));
      assertThat(folder.resolve(name)).hasContent("new");
    }
    assertThat(names()).hasSize(3);
  }

  @Test
  void afterAFailureTheOldFileIsThereAndNothingElse() throws IOException {
    Files.writeString(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      text("half").write(channel);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(file + " cannot be written: No space left on device");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    _ -> {
                      throw new OutOfMemoryError("no heap");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("model.pt");
  }

  @Test
  void anInterruptedSaveLeavesTheOldFileAndNothingElse() throws IOException {
    Files.writeString(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      text("half").write(channel);
                      Thread.currentThread().interrupt();
                      text("rest").write(channel);
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(file + " cannot be written: the thread was interrupted.")
        .hasCauseInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("model.pt");
  }

  /** As by Ctrl-C: the process ends in the middle of a save. */
  @Test
  void aProcessThatEndsLeavesTheOldFileAndNothingElse() throws Exception {
    Files.writeString(file, "old");
    Path program = Files.createDirectory(folder.resolve("p")).resolve("Save.java");
    Files.writeString(
        program,
        """
        void main(String[] args) {
          gradus.tensor.io.AtomicFile.write(java.nio.file.Path.of(args[0]), channel -> {
            channel.write(java.nio.ByteBuffer.allocate(5));
            try (var files = java.nio.file.Files.list(java.nio.file.Path.of(args[0]).getParent())) {
              IO.println(files.filter(f -> f.toString().endsWith(".tmp")).count());
            }
            System.exit(3);
          });
        }
        """);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    var location = AtomicFile.class.getProtectionDomain().getCodeSource().getLocation();
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                Path.of(location.toURI()).toString(),
                program.toString(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isEqualTo(3);
    assertThat(said.strip()).isEqualTo("1");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("model.pt", "p");
  }

  @Test
  void aFolderIsNotReplaced() throws IOException {
    Files.createDirectory(file);
    refused(file, "it is a folder. Name a file in it.");
    refused(Path.of("/"), "it is a folder. Name a file in it.");
    refused(Path.of(""), "it is a folder. Name a file in it.");
    refused(folder.resolve("none").resolve("x.pt"), "there is no such folder.");
    assertThat(file).isEmptyDirectory();
    assertThat(names()).containsExactly("model.pt");
  }

  private static void refused(Path path, String why) {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () ->
                AtomicFile.write(
                    path,
                    _ -> {
                      throw new AssertionError("nothing may be written");
                    }))
        .withMessage(path + " cannot be written: " + why);
  }

  @Test
  void aPipeIsNotReplaced() throws Exception {
    try {
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    } catch (IOException e) {
      Assumptions.abort("left out: no mkfifo");
    }
    String why = "it is a pipe, socket or device, which a file would replace. Name a file.";
    refused(file, why);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    refused(link, why);
    assertThat(Files.readAttributes(file, "isOther")).containsEntry("isOther", true);
    assertThat(names()).containsExactly("link", "model.pt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-rw-rw-", "rwxr-x---"})
  void permissionsAreKept(String permissions) throws IOException {
    posix(folder);
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    AtomicFile.write(
        file,
        _ ->
            assertThat(
                    PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve(names().get(0)))))
                .isEqualTo(permissions));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo(permissions);
  }

  @Test
  void aNewFileHasThePermissionsOfAnyNewFile() throws IOException {
    posix(folder);
    AtomicFile.write(file, text("new"));
    Path other = Files.writeString(folder.resolve("other"), "other");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void aFileThatMayNotBeWrittenIsNotReplaced() throws IOException {
    posix(folder);
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    Assumptions.assumeFalse(Files.isWritable(file), "left out: root may write everything");
    refused(file, "access is denied.");
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path first = Files.writeString(data.resolve("first.pt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.pt"), Path.of("data", "second.pt"));
    Path second = Files.createSymbolicLink(data.resolve("second.pt"), Path.of("first.pt"));
    AtomicFile.write(link, text("new"));
    assertThat(first).hasContent("new");
    assertThat(Files.isSymbolicLink(link) && Files.isSymbolicLink(second)).isTrue();
    Files.delete(first);
    AtomicFile.write(link, text("newer"));
    assertThat(first).hasContent("newer");
    assertThat(Files.isSymbolicLink(first)).isFalse();
    Files.delete(first);
    Files.createSymbolicLink(first, link);
    refused(link, "its links lead in a circle.");
    assertThat(names()).containsExactly("data", "link.pt");
  }

  // ---------------------------------------------------------------- folders

  private static AtomicFolder.Content files(String text) {
    return folder -> {
      Files.writeString(folder.resolve("a"), text);
      Files.createDirectory(folder.resolve("sub"));
      Files.writeString(folder.resolve("sub").resolve("b"), text);
    };
  }

  @Test
  void aNewFolderAppearsAsAWhole() {
    Path made = folder.resolve("x").resolve("model");
    AtomicFolder.write(
        made,
        unfinished -> {
          assertThat(unfinished.getFileName().toString())
              .matches("\\.model\\.gradus-[0-9a-f]+\\.tmp");
          files("new").write(unfinished);
          assertThat(made).doesNotExist();
        });
    assertThat(made.resolve("sub").resolve("b")).hasContent("new");
    assertThat(folder.resolve("x")).isDirectoryContaining("glob:**/model");
    assertThat(folder.resolve("x").toFile().list()).containsExactly("model");
  }

  @Test
  void inAFolderThatIsThereFilesAreReplaced() throws IOException {
    posix(folder);
    files("old").write(folder);
    Files.writeString(folder.resolve("mine"), "mine");
    Files.setPosixFilePermissions(
        folder.resolve("a"), PosixFilePermissions.fromString("rw-r-----"));
    AtomicFolder.write(folder, files("new"));
    assertThat(folder.resolve("a")).hasContent("new");
    assertThat(folder.resolve("sub").resolve("b")).hasContent("new");
    assertThat(names()).containsExactly("a", "mine", "sub");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
        .isEqualTo("rw-r-----");
  }

  @Test
  void aFolderIsReplacedByAllFilesOrNone() throws IOException {
    files("old").write(folder);
    Files.delete(folder.resolve("sub").resolve("b"));
    Files.createDirectory(folder.resolve("sub").resolve("b"));
    assertThatThrownBy(() -> AtomicFolder.write(folder, files("new")))
        .hasMessage(folder + " cannot be written: it is a folder. Name a file in it.");
    assertThatThrownBy(
            () ->
                AtomicFolder.write(
                    folder,
                    unfinished -> {
                      files("new").write(unfinished);
                      throw new FileAlreadyExistsException("a");
                    }))
        .hasMessage(folder + " cannot be written: there is one already.");
    assertThat(folder.resolve("a")).hasContent("old");
    assertThat(names()).containsExactly("a", "sub");
    assertThatThrownBy(() -> AtomicFolder.write(folder.resolve("a"), files("new")))
        .hasMessage(
            folder.resolve("a") + " cannot be written: it is no folder. Name one, or a new one.");
    assertThatThrownBy(() -> AtomicFolder.write(Path.of("/"), files("new")))
        .hasMessage("/ cannot be written: it is the root of all folders. Name one in it.");
  }
}
