package gradus.cli;

import static gradus.cli.Commands.gradus;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help, errors and completion of all commands. */
class MainTest {

  @TempDir Path folder;

  @Test
  void everyCommandExplainsItself() {
    var vectors =
        Main.commandLine(new StringReader(""), false, new StringWriter(), new StringWriter())
            .getSubcommands()
            .get("vectors");
    assertThat(vectors.getSubcommands()).containsKeys("train", "query", "eval");
    vectors.getSubcommands().values().forEach(MainTest::explains);
  }

  private static void explains(CommandLine command) {
    var spec = command.getCommandSpec();
    assertThat(spec.usageMessage().description()).as(spec.name()).isNotEmpty();
    spec.args()
        .forEach(arg -> assertThat(arg.description()).as(spec.name() + " " + arg).isNotEmpty());
    var help = gradus((spec.qualifiedName() + " --help").substring("gradus ".length()).split(" "));
    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Usage: " + spec.qualifiedName());
    command.getSubcommands().values().forEach(MainTest::explains);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vectors",
        "vectors nothing",
        "vectors neighbors",
        "vectors query m --limit x",
        "vectors eval m",
        "vectors convert m",
        "vectors query m --unicode-errors maybe"
      })
  void wrongCallsEndWithTwo(String call) {
    var outcome = call.isEmpty() ? gradus() : gradus(call.split(" "));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("gradus: ").doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void filesThatCannotBeRead() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.txt"), "3 2\na 1 2\nb 1\n");
    var ragged = gradus("vectors", "query", bad.toString(), "a");
    assertThat(ragged.code()).isEqualTo(1);
    assertThat(ragged.err()).startsWith("gradus: " + bad + ", line 3: ").hasLineCount(1);
    Path empty = Files.createFile(folder.resolve("empty.bin"));
    assertThat(gradus("vectors", "neighbors", empty.toString(), "a").err())
        .contains("the file is empty.")
        .hasLineCount(1);
    assertThat(gradus("vectors", "query", folder.toString(), "a").err())
        .startsWith("gradus: " + folder)
        .hasLineCount(1);
  }

  @Test
  void mistakesOfOursAreToldWithTheirPlace() {
    assertThat(Failures.message(new NullPointerException("x")))
        .isEqualTo("this should not have happened: java.lang.NullPointerException: x");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void bashCompletes() throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, gradus("vectors", "completion").out());
    Path run = folder.resolve("run");
    Files.writeString(
        run,
        """
        compopt() { :; } # it is there only where somebody types
        source "%s"
        COMP_WORDS=(gradus vectors conv) COMP_CWORD=2 COMP_LINE="gradus vectors conv"
        _complete_gradus
        echo "${COMPREPLY[@]}"
        COMP_WORDS=(gradus vectors convert --to glo) COMP_CWORD=4
        _complete_gradus
        echo "${COMPREPLY[@]}"
        """
            .formatted(script));
    Process bash = new ProcessBuilder("bash", run.toString()).redirectErrorStream(true).start();
    assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(bash.getInputStream().readAllBytes()).lines())
        .containsExactly("convert", "glove-text");
  }
}
