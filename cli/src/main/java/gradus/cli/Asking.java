package gradus.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that puts questions to a model: those of the command line, else one a line from the
 * input, until that ends. A question that cannot be answered is told, and the next one asked.
 */
abstract class Asking implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ModelFile file;

  /** The questions that stand on the command line; none: read the input. */
  abstract List<String> given();

  /** What to ask for at a terminal. */
  abstract String prompt();

  /** Whether an empty line is a question too. */
  boolean takesBlank() {
    return false;
  }

  /**
   * Answers one question.
   *
   * @throws IllegalArgumentException if it cannot be answered
   */
  abstract void answer(Model model, String question, PrintWriter out);

  @Override
  public Integer call() throws IOException {
    Model model = file.load();
    Main main = Main.of(spec);
    boolean all = true;
    if (!given().isEmpty()) {
      for (String question : given()) {
        all &= asked(model, question);
      }
      return all ? ExitCode.OK : ExitCode.SOFTWARE;
    }
    while (true) {
      if (main.terminal()) {
        out().print(prompt());
        out().flush();
      }
      String line = main.in().readLine();
      if (line == null) {
        if (main.terminal()) {
          out().println();
        }
        return all ? ExitCode.OK : ExitCode.SOFTWARE;
      }
      if (!line.isBlank() || takesBlank()) {
        all &= asked(model, line.strip());
      }
    }
  }

  private boolean asked(Model model, String question) {
    try {
      answer(model, question, out());
      return true;
    } catch (IllegalArgumentException e) {
      out().flush();
      spec.commandLine().getErr().println("gradus: " + e.getMessage());
      return false;
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** The words of a question. */
  static List<String> words(String question) {
    return Stream.of(question.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
