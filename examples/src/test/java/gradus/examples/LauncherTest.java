package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import gradus.text.word2vec.Word2Vec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./gradus} runs a learner's own file, compiles it once, and says what is wrong. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final Path LAUNCHER = Path.of("..", "gradus").toAbsolutePath().normalize();

  @TempDir Path folder;

  private record Outcome(int code, String out, String err) {}

  @Test
  void runsTheLessonsSnippetAndKeepsItsClass() throws Exception {
    Path snippet = folder.resolve("Snippet.java");
    Files.writeString(
        snippet,
        """
        import module gradus.nn;
        void main() {
            var embedding = new Embedding(50_000, 768);
            var inputTokens = Tensor.of(new int[][] {{1, 45, 892}, {23, 1, 3345}});
            var embedded = embedding.forward(inputTokens);
            IO.println(embedded.shape());
            IO.println(embedding.weight.shape());
        }
        """);
    Outcome first = gradus(snippet.toString());
    assertThat(first.out()).isEqualTo("[2, 3, 768]\n[50000, 768]\n");
    assertThat(first.code()).isZero();
    Path kept;
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      kept = files.filter(file -> file.endsWith("Snippet.class")).findFirst().orElseThrow();
    }
    var compiled = Files.getLastModifiedTime(kept);
    assertThat(gradus(snippet.toString()).out()).isEqualTo(first.out());
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(compiled);
  }

  @Test
  void passesArgumentsAndExitCodeOn() throws Exception {
    Path file = folder.resolve("Arguments.java");
    Files.writeString(
        file,
        """
        import module gradus.text;
        void main(String[] args) {
          IO.println(String.join("|", args) + " " + Tensor.of(1.5) + " " + new Word2Vec().getClass());
          System.exit(3);
        }
        """);
    Outcome outcome = gradus(file.toString(), "a b", "c");
    assertThat(outcome.out())
        .isEqualTo("a b|c tensor([1.5000]) class gradus.text.word2vec.Word2Vec\n");
    assertThat(outcome.code()).isEqualTo(3);
  }

  @Test
  void picturesComeWithTheExamples() throws Exception {
    Path file = folder.resolve("Picture.java");
    Path picture = folder.resolve("picture.png");
    Files.writeString(
        file,
        """
        import module gradus.examples;
        void main(String[] args) {
          var plot = Plot.heatMap(Tensor.eye(2), List.of("a", "b"), List.of("x", "y"));
          plot.save(Path.of(args[0]));
          IO.println(plot);
        }
        """);
    Outcome outcome = gradus(file.toString(), picture.toString());
    assertThat(outcome.out()).isEqualTo("  x  y\na ██\nb    ██\n\n█ is 1\n");
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    Outcome missing = gradus("None.java");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("gradus: there is no file None.java.");
    Outcome noJava = gradus("README.md");
    assertThat(noJava.err()).contains("README.md does not end in .java. Usage: ./gradus File.java");
    Path wrong = Files.writeString(folder.resolve("Wrong.java"), "void main() { int x = \"\"; }");
    Outcome outcome = gradus(wrong.toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("Wrong.java:1: error");
  }

  @Test
  void runsThroughLinksAndWithoutAHome() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path link = Files.createSymbolicLink(bin.resolve("direct"), LAUNCHER);
    Path relative = Files.createSymbolicLink(folder.resolve("gradus"), Path.of("bin/direct"));
    Path file = Files.writeString(folder.resolve("Sum.java"), SUM);
    for (Path launcher : List.of(link, relative)) {
      assertThat(run(launcher, Map.of(), file.toString()).out()).isEqualTo("tensor(3.)\n");
    }
    Map<String, String> homeless = new HashMap<>();
    homeless.put("HOME", null);
    homeless.put("XDG_CACHE_HOME", null);
    homeless.put("TMPDIR", folder.toString());
    assertThat(run(LAUNCHER, homeless, file.toString()).out()).isEqualTo("tensor(3.)\n");
    Map<String, String> noFolder = Map.of("XDG_CACHE_HOME", file.toString());
    assertThat(run(LAUNCHER, noFolder, file.toString()).out()).isEqualTo("tensor(3.)\n");
  }

  private static final String SUM =
      "import module gradus.nn;\nvoid main() { IO.println(Tensor.of(1f, 2f).sum()); }\n";

  @Test
  void explainsItself() throws Exception {
    Outcome help = gradus("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Runs a learner's own Java file").contains("--version");
    assertThat(help.out()).doesNotContain("#").doesNotContain("pipefail");
    assertThat(gradus("--version").out()).matches("Gradus \\d+\\.\\d+\\.\\d+\\S*, JDK /.*\n");
  }

  private Outcome gradus(String... arguments) throws IOException, InterruptedException {
    return run(LAUNCHER, Map.of(), arguments);
  }

  /** Without what {@code environment} maps to null. */
  private Outcome run(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    environment.forEach(
        (name, value) -> {
          builder.environment().remove(name);
          if (value != null) {
            builder.environment().put(name, value);
          }
        });
    int code = builder.start().waitFor();
    return new Outcome(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void theFirstBackwardOpensInTheStudio() throws Exception {
    Path program = folder.resolve("Twice.java");
    Files.writeString(
        program,
        """
        import module gradus.nn;
        void main() {
            var w = Tensor.of(0.5, -0.25).requiresGrad(true);
            for (int i = 0; i < 2; i++) {
                var loss = w.square().sum();
                loss.backward();
                IO.println(w.grad());
            }
        }
        """);
    Path browser = folder.resolve("browser");
    Files.writeString(
        browser,
        """
        #!/usr/bin/env bash
        at=${1#http://}
        exec 3<> "/dev/tcp/${at%%:*}/$(expr "$at" : '[^:]*:\\([0-9]*\\)')"
        printf 'GET /%s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n' "${at#*/}" "${at%%/*}" >&3
        cat <&3 > "$0.page"
        """);
    assertThat(browser.toFile().setExecutable(true)).isTrue();
    var chosen = Map.of("JDK_JAVA_OPTIONS", "-Dgradus.studio.browser=" + browser);
    Outcome outcome = run(LAUNCHER, chosen, "studio", program.toString());
    assertThat(outcome.out().lines())
        .hasSize(3) // once, though there are two walks
        .first(STRING)
        .startsWith("studio: http://127.0.0.1:");
    assertThat(outcome.out()).endsWith("tensor([ 1.0000, -0.5000])\ntensor([ 2., -1.])\n");
    assertThat(outcome.code()).isZero();
    assertThat(Files.readString(folder.resolve("browser.page")))
        .contains("var loss = w.square().sum();")
        .contains("\"line\":5");
    // as text, with no import and no flag
    Files.writeString(
        program, Files.readString(program).replace("loss.backward()", "loss.explain()"));
    Files.writeString(program, Files.readString(program).replace("IO.println(w.grad());", ""));
    assertThat(gradus(program.toString()).out())
        .contains("loss = Sum(A = Square #1")
        .contains("// Twice.java:5");
  }

  @Test
  void theStudioOfTheLessonSaysWhatItHas() throws Exception {
    Outcome outcome = gradus("studio", "meanings");
    assertThat(outcome.err())
        .contains(
            "studio: there is no meanings. Say backprop, words or attention, or name a File.java.");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void vectorsByCommand() throws Exception {
    Path words = Files.writeString(folder.resolve("words.txt"), "cat 1 0\ndog 1 1\ncar -1 0\n");
    Outcome near = gradus("vectors", "neighbors", words.toString(), "cat", "-k", "1");
    assertThat(near.out()).isEqualTo("dog 0.7071\n");
    assertThat(near.code()).isZero();
    Outcome unknown = gradus("vectors", "neighbors", words.toString(), "zebra");
    assertThat(unknown.err()).contains("gradus: word vectors: \"zebra\" is not among the 3 words.");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(gradus("vectors", "neighbours").code()).isEqualTo(2);
  }

  /** Ctrl-C: the training stops where it can go on. */
  @Test
  void aTrainingThatIsStoppedCanGoOn() throws Exception {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "the king and the queen sat on the throne of gold\n".repeat(3000));
    Path err = folder.resolve("training.txt");
    var builder =
        new ProcessBuilder(
            ("bash %s vectors train word2vec %s -o %s/out.bin --epochs 100000 --workers 1")
                .formatted(LAUNCHER, text, folder)
                .split(" "));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process training = builder.redirectError(err.toFile()).start();
    try {
      Path checkpoint = folder.resolve("out.bin.checkpoint");
      while (training.isAlive() && !Files.readString(err).contains("epoch 2 of")) {
        Thread.sleep(20);
      }
      new ProcessBuilder("kill", "-INT", Long.toString(training.pid())).start().waitFor();
      assertThat(training.waitFor()).as(Files.readString(err)).isEqualTo(130);
      assertThat(Files.readString(err))
          .endsWith(
              "gradus: the training was stopped. It goes on from %s: the same command with --resume.\n"
                  .formatted(checkpoint));
      assertThat(Word2Vec.load(checkpoint).vectors().contains("queen")).isTrue();
      assertThat(folder.resolve("out.bin")).doesNotExist();
    } finally {
      training.destroyForcibly();
    }
  }

  @Test
  void aPackageIsRefused() throws Exception {
    Path file = folder.resolve("Packed.java");
    Files.writeString(file, "package learner;\nvoid main() {}\n");
    Outcome outcome = gradus(file.toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("declares a package (package learner;). A compact source file has no package.");
  }
}
