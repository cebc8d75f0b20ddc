package gradus.tensor.io;

import java.nio.file.Path;

/**
 * A file is not what it says it is: damaged, cut short, lying about its sizes, or of no known kind.
 *
 * <p>The message names the file, the place in it and the cause: {@code glove.txt, line 3: 2 numbers
 * where the first line has 3. Each line holds a word and as many numbers as the first.} A file in
 * an archive is named with it: {@code model.jar/model.onnx}.
 */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * The error.
   *
   * @param file the file
   * @param place where in it, such as {@code line 3}, {@code byte 128} or {@code tensor "a"}
   * @param problem what is wrong there, as sentences: the fact, the rule, the cure
   */
  public FormatException(Path file, String place, String problem) {
    this(file, place, problem, null);
  }

  /**
   * The error, with what lies under it.
   *
   * @param file the file
   * @param place where in it
   * @param problem what is wrong there
   * @param cause the exception that told
   */
  public FormatException(Path file, String place, String problem, Throwable cause) {
    super(FileErrors.name(file) + ", " + place + ": " + problem, cause);
  }
}
