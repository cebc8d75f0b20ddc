package gradus.studio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Page after page in a terminal: Enter goes on, b back, g N to page N, q ends. */
final class Walk {
  private static final String HELP = "Enter: on   b: back   g N: go to N   q: end > ";

  private Walk() {}

  static void inTerminal(List<String> pages) {
    // By stty, without native code.
    try (Terminal terminal = TerminalBuilder.builder().provider("exec").dumb(true).build()) {
      run(pages, terminal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void run(List<String> pages, Terminal terminal) {
    LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
    int at = 0;
    while (at >= 0 && at < pages.size()) {
      terminal.writer().println(pages.get(at));
      terminal.flush();
      try {
        at = next(at, reader.readLine(HELP), pages.size());
      } catch (EndOfFileException | UserInterruptException _) {
        return;
      }
    }
  }

  /** The page after a command, or -1 for the end; what is no command stays where it is. */
  static int next(int at, String command, int count) {
    String said = command.strip();
    if (said.matches("g\\s*\\d{1,9}")) {
      int page = Integer.parseInt(said.substring(1).strip());
      return Math.clamp(page - 1L, 0, count - 1);
    }
    return switch (said) {
      case "" -> at + 1;
      case "b" -> Math.max(0, at - 1);
      case "q" -> -1;
      default -> at;
    };
  }
}
