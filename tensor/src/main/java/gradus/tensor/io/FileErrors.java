package gradus.tensor.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Says why a file could not be opened, read or written; the JDK often says its path only. */
public final class FileErrors {
  private FileErrors() {}

  /**
   * For example {@code model.pt cannot be read: there is no such file.}
   *
   * @return an {@link UncheckedIOException}; a {@link FormatException} if the archive that holds
   *     the file is damaged
   */
  public static RuntimeException reading(Path path, IOException cause) {
    if (cause instanceof ZipException || cause instanceof EOFException) {
      return new FormatException(
          path, "its bytes", "damaged in the archive: " + cause.getMessage() + ".", cause);
    }
    return new UncheckedIOException(
        name(path) + " cannot be read: " + reason(cause, "there is no such file."), cause);
  }

  /** For example {@code out/model.npy cannot be written: there is no such folder.} */
  public static UncheckedIOException writing(Path path, IOException cause) {
    return new UncheckedIOException(
        name(path) + " cannot be written: " + reason(cause, "there is no such folder."), cause);
  }

  /** A file as errors name it: one in an archive says in which. */
  static String name(Path path) {
    return path == null || path.getFileSystem() == FileSystems.getDefault()
        ? String.valueOf(path)
        : path.getFileSystem() + path.toAbsolutePath().toString();
  }

  /**
   * The value.
   *
   * @param op the method that was called, for the error
   * @param what what it is, such as {@code the path}
   * @throws IllegalArgumentException if it is null
   */
  static <T> T given(String op, String what, T value) {
    if (value == null) {
      throw new IllegalArgumentException("%s: %s is null. Give one.".formatted(op, what));
    }
    return value;
  }

  private static String reason(IOException cause, String missing) {
    return switch (cause) {
      case NoSuchFileException _ -> missing;
      case AccessDeniedException _ -> "access is denied.";
      case FileAlreadyExistsException _ -> "there is one already.";
      case ClosedByInterruptException _ -> "the thread was interrupted.";
      default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
    };
  }
}
