package gradus.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gradus vectors completion}: what makes Bash and Zsh complete the commands. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Print a script by which Bash and Zsh complete commands and options.",
    footerHeading = "%nExample, for this shell or in ~/.bashrc:%n",
    footer = "  source <(./gradus vectors completion)")
final class CompletionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var root = spec.root();
    spec.commandLine().getOut().print(AutoComplete.bash(root.name(), root.commandLine()));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
