package gradus.tensor.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says why a file could not be opened, read or written; the JDK often says its path only. */
public final class FileErrors {
  private FileErrors() {}

  /** For example {@code model.pt cannot be read: there is no such file.} */
  public static UncheckedIOException reading(Path path, IOException cause) {
    return new UncheckedIOException(
        path + " cannot be read: " + reason(cause, "there is no such file."), cause);
  }

  /** For example {@code out/model.npy cannot be written: there is no such folder.} */
  public static UncheckedIOException writing(Path path, IOException cause) {
    return new UncheckedIOException(
        path + " cannot be written: " + reason(cause, "there is no such folder."), cause);
  }

  private static String reason(IOException cause, String missing) {
    return switch (cause) {
      case NoSuchFileException _ -> missing;
      case AccessDeniedException _ -> "access is denied.";
      case FileAlreadyExistsException _ -> "there is one already.";
      default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
    };
  }
}
