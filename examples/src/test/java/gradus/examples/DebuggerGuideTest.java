package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/debugger.md says: its programs are run in jdb, its commands given, its answers come.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DebuggerGuideTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path JDK = Path.of(System.getProperty("java.home"));
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(java|line|jdb)\\n(.*?)^```$");
  private static final List<String> MODULES = List.of("tensor", "autograd", "nn");

  @TempDir Path folder;

  @Test
  void everyCommandAnswersAsThePageSays() throws Exception {
    Path jdb = JDK.resolve("bin/jdb");
    Assumptions.assumeTrue(Files.isExecutable(jdb), "this JDK has no jdb");
    Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("docs/debugger.md")));
    String line = "";
    int sessions = 0;
    while (block.find()) {
      String text = block.group(2);
      switch (block.group(1)) {
        case "java" -> compile(text);
        case "line" -> line = String.valueOf(line(text.strip()));
        default -> {
          session(jdb, text.replace("LINE", line));
          sessions++;
        }
      }
    }
    assertThat(sessions).isEqualTo(3);
  }

  private static String path() {
    return String.join(
        ":",
        MODULES.stream().map(m -> ROOT.resolve(m).resolve("target/classes").toString()).toList());
  }

  private void compile(String program) throws Exception {
    Path source = folder.resolve("Learn.java");
    Files.writeString(source, program);
    var javac =
        new ProcessBuilder(
                JDK.resolve("bin/javac").toString(),
                "-g",
                "-d",
                folder.toString(),
                "--module-path",
                path(),
                "--add-modules",
                "gradus.nn",
                source.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(javac.waitFor()).as(said).isZero();
  }

  /** The number of the line of a class that holds a text; it must be one. */
  private static int line(String asked) throws IOException {
    String type = asked.substring(0, asked.indexOf(": "));
    String code = asked.substring(type.length() + 2);
    Path file = ROOT.resolve("autograd/src/main/java/" + type.replace('.', '/') + ".java");
    List<String> lines = Files.readAllLines(file);
    var found = new ArrayList<Integer>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(code)) {
        found.add(i + 1);
      }
    }
    assertThat(found).as(asked).hasSize(1);
    return found.getFirst();
  }

  /** Commands begin with {@code >}; below each stands what its answer contains, in this order. */
  private void session(Path jdb, String text) throws Exception {
    var builder =
        new ProcessBuilder(
            jdb.toString(),
            "-R--module-path",
            "-R" + path(),
            "-R--add-modules",
            "-Rgradus.nn",
            "-Dgradus.trace=true",
            "-classpath",
            folder.toString(),
            "Learn");
    Process process = builder.redirectErrorStream(true).start();
    try (Writer commands = process.outputWriter(StandardCharsets.UTF_8)) {
      var answers = new Answers(process);
      answers.until("> ");
      String answer = "";
      int from = 0;
      for (String line : text.lines().toList()) {
        if (line.startsWith("> ")) {
          String command = line.substring(2);
          answers.forget();
          commands.write(command + "\n");
          commands.flush();
          answer =
              command.equals("run") || command.equals("cont")
                  ? answers.holding("Breakpoint hit", " line=", "main[1] ")
                  : answers.until(command.startsWith("stop") ? "> " : "main[1] ");
          from = 0;
        } else {
          int at = answer.indexOf(line, from);
          assertThat(at).as("\"%s\" in the answer:%n%s", line, answer).isNotNegative();
          from = at + line.length();
        }
      }
      commands.write("quit\n");
    } finally {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** What jdb says, read until it waits. */
  private static final class Answers {
    private final Process process;
    private final StringBuilder said = new StringBuilder();

    Answers(Process process) {
      this.process = process;
    }

    void forget() {
      said.setLength(0);
    }

    String until(String end) throws IOException {
      while (!said.toString().endsWith(end)) {
        read();
      }
      return said.toString();
    }

    /** The prompt may come in the midst of the rest. */
    String holding(String... parts) throws Exception {
      while (!List.of(parts).stream().allMatch(said.toString()::contains)) {
        read();
      }
      do {
        while (process.inputReader(StandardCharsets.UTF_8).ready()) {
          read();
        }
        Thread.sleep(100);
      } while (process.inputReader(StandardCharsets.UTF_8).ready());
      return said.toString();
    }

    private void read() throws IOException {
      int c = process.inputReader(StandardCharsets.UTF_8).read();
      assertThat(c).as("jdb ended:%n%s", said).isNotNegative();
      said.append((char) c);
      if (c == '\n') {
        assertThat(said.toString()).doesNotContain("Exception occurred", "application exited");
      }
    }
  }
}
