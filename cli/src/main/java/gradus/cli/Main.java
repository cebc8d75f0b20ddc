package gradus.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The program {@code gradus} as far as it is made of commands: {@code gradus vectors ...}.
 *
 * <p>It ends with 0 if all went well, with 1 if something could not be done, and with 2 if it was
 * not called as it must be; what was wrong stands in one line on the error stream.
 */
@Command(
    name = "gradus",
    description = "PyTorch's tensor, autograd and nn in pure Java; word vectors by command.",
    subcommands = VectorsCommand.class)
public final class Main {

  private final BufferedReader in;
  private final boolean terminal;

  private Main(Reader in, boolean terminal) {
    this.in = new BufferedReader(in);
    this.terminal = terminal;
  }

  /** Runs a command and ends the program with its exit code. */
  public static void main(String[] args) {
    // Words are UTF-8 whatever the terminal's language is, as in the files they come from.
    var in = new InputStreamReader(System.in, StandardCharsets.UTF_8);
    var out = utf8(FileDescriptor.out);
    var err = utf8(FileDescriptor.err);
    boolean terminal = System.console() != null && System.console().isTerminal();
    int code = run(commandLine(in, terminal, out, err), args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  private static PrintWriter utf8(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
  }

  /** The commands on streams of one's own; {@code terminal}: whether to prompt for input. */
  static CommandLine commandLine(Reader in, boolean terminal, Writer out, Writer err) {
    return new CommandLine(new Main(in, terminal))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Failures::usage)
        .setExecutionExceptionHandler((error, command, _) -> Failures.execution(error, command));
  }

  static int run(CommandLine commands, String... args) {
    try {
      return commands.execute(args);
    } catch (OutOfMemoryError _) {
      commands
          .getErr()
          .printf(
              "gradus: the memory of %d MB is too small. Give more:"
                  + " JDK_JAVA_OPTIONS=-Xmx8g ./gradus vectors ...%n",
              Runtime.getRuntime().maxMemory() >> 20);
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** What is typed or piped in. */
  BufferedReader in() {
    return in;
  }

  /** Whether somebody sits before it and wants to be asked. */
  boolean terminal() {
    return terminal;
  }

  /** The program a command belongs to. */
  static Main of(CommandLine.Model.CommandSpec spec) {
    return (Main) spec.root().userObject();
  }
}
