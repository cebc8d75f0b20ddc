package gradus.text.io;

import gradus.tensor.io.FormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A jar or zip, whatever its name ends in, whose files are read with the errors that readers of
 * files have: damage is a {@link FormatException} that names the archive and the file in it.
 */
public final class Archive implements AutoCloseable {

  private final Path path;
  private final FileSystem zip;

  private Archive(Path path, FileSystem zip) {
    this.path = path;
    this.zip = zip;
  }

  @FunctionalInterface
  public interface Reading<T> {
    /**
     * What is read.
     *
     * @param file the file in the archive
     * @param name how errors are to name it
     */
    T from(Path file, Path name) throws IOException;
  }

  /**
   * Opens an archive.
   *
   * @throws FormatException if it is none, or damaged, or holds names that lead out of it
   * @throws IOException if it cannot be read
   */
  public static Archive open(Path path) throws IOException {
    try {
      return new Archive(path, FileSystems.newFileSystem(path));
    } catch (ZipException | EOFException | ProviderNotFoundException | IllegalArgumentException e) {
      // What stands in the way is told only where the name ends in .jar or .zip.
      throw new FormatException(path, "the archive", problem(path, e), e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String problem(Path path, Exception found) throws IOException {
    if (!(found instanceof ProviderNotFoundException)) {
      return "damaged: " + found.getMessage();
    }
    try (var _ = new ZipFile(path.toFile())) {
      return "it cannot be opened. Does it hold names such as \"..\"?";
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      return "damaged, or neither a jar nor a folder: " + e.getMessage();
    }
  }

  /** Where its files lie. */
  public Path root() {
    return zip.getPath("/");
  }

  /** How errors name a file in it: {@code model.jar/tokenizer.json}. */
  public Path named(Path file) {
    return path.resolve(root().relativize(root().resolve(file)).toString());
  }

  /**
   * Reads one of its files.
   *
   * @throws FormatException if the archive is damaged there, or the file is
   * @throws IOException if it cannot be read
   */
  public <T> T read(Path file, Reading<T> reading) throws IOException {
    Path name = named(file);
    try {
      return reading.from(file, name);
    } catch (ZipException | EOFException e) {
      throw damaged(name, e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof ZipException || e.getCause() instanceof EOFException) {
        throw damaged(name, e.getCause());
      }
      throw e;
    }
  }

  private static FormatException damaged(Path name, IOException e) {
    return new FormatException(
        name, "its bytes", "damaged in the archive: " + e.getMessage() + ".", e);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
