package gradus.cli;

import gradus.tensor.io.FileErrors;
import gradus.tensor.io.FormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, in one line and without a stack trace. */
final class Failures {

  private Failures() {}

  /** It was not called as it must be. */
  static int usage(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("gradus: " + error.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(error, err)) {
      err.printf("Try: gradus %s --help%n", name(command));
    }
    return CommandLine.ExitCode.USAGE;
  }

  /** The command with those above it, without the program's own name. */
  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName().replaceFirst("^gradus ?", "");
  }

  /** It could not be done. */
  static int execution(Exception error, CommandLine command) {
    PrintWriter err = command.getErr();
    err.println("gradus: " + message(error));
    if (!isExpected(error)) {
      error.printStackTrace(err); // a mistake of this program: whoever mends it needs the place
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  static String message(Exception error) {
    return switch (error) {
      case FileSystemException file when file.getFile() != null ->
          FileErrors.reading(Path.of(file.getFile()), file).getMessage();
      case Exception other when isExpected(other) && other.getMessage() != null ->
          other.getMessage();
      default -> "this should not have happened: " + error;
    };
  }

  private static boolean isExpected(Exception error) {
    return error instanceof IllegalArgumentException
        || error instanceof IllegalStateException
        || error instanceof FormatException
        || error instanceof UncheckedIOException
        || error instanceof IOException;
  }
}
