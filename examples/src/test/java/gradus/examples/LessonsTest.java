package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.GradMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each numbered example compiles as a compact source file and prints what its twin says. */
class LessonsTest {

  private static final Path SOURCES = Path.of("src", "lessons");

  @TempDir static Path classes;

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".java"))
          .map(file -> file.substring(0, file.length() - ".java".length()))
          .sorted()
          .toList();
    }
  }

  @BeforeAll
  static void compile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = names().stream().map(name -> SOURCES.resolve(name + ".java")).toList();
      List<String> options =
          List.of(
              "-d",
              classes.toString(),
              "-Xlint:-incubating",
              "--module-path",
              System.getProperty("jdk.module.path"),
              "--add-modules",
              "gradus.text");
      boolean done =
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(done).as(messages.toString()).isTrue();
    }
  }

  @Test
  void thereIsAFilePerIdea() throws IOException {
    assertThat(names())
        .containsExactly(
            "E01Embedding",
            "E02OneHot",
            "E03Backward",
            "E04StepThroughBackprop",
            "E05Attention",
            "E06YourOwnOp",
            "E07Analogies",
            "E08Training",
            "E09Memory",
            "E10Fusion",
            "E11SentenceEncoder",
            "E12Contextual",
            "E13FineTuning",
            "E14YourOwnLayer",
            "E15SeedsAndModes",
            "E16SaveAndResume");
  }

  @ParameterizedTest
  @MethodSource("names")
  void printsWhatItShould(String name) throws Exception {
    String expected =
        Files.readString(Path.of("src", "test", "resources", "lessons", name + ".txt"));
    assertThat(run(name)).isEqualToNormalizingNewlines(expected);
  }

  @ParameterizedTest
  @MethodSource("names")
  void saysHowToRunItAndWhatItsTwinIs(String name) throws IOException {
    assertThat(Files.readString(SOURCES.resolve(name + ".java")))
        .contains("// Run: ./gradus examples/src/lessons/" + name + ".java\n")
        .containsAnyOf("// In PyTorch", "// With gensim");
  }

  private static String run(String name) throws Exception {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    try (var _ = GradMode.traceSources();
        var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      Class<?> type = loader.loadClass(name);
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method main = type.getDeclaredMethod("main");
      main.setAccessible(true);
      main.invoke(constructor.newInstance());
    } catch (InvocationTargetException e) {
      throw new AssertionError(name + " failed", e.getCause());
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
