package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an error tells one to write is Java: each piece of code in a message compiles. */
class CuresCompileTest {
  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");

  /** A call on something that a message may name, its arguments without further parentheses. */
  private static final Pattern CODE =
      Pattern.compile(
          "\\b(?:x|y|a|b|src|source|index|target|logits|tensor|loss|Tensor|F|Memory|GradMode)"
              + "(?:\\.\\w+\\((?:[^()\"]|\\([^()\"]*\\))*\\))+");

  /** What the messages call the things at hand. */
  private static final String SCENE =
      """
      import module gradus.text;
      class Scene {
        static Tensor x, y, a, b, src, source, index, target, logits, tensor, loss, input, value;
        static int dim, n;
        static Object[] cures() { return new Object[] {
      """;

  @TempDir Path folder;

  /** The literals of a statement, put together where only a line break parts them. */
  private static Set<String> cures(Path file) throws IOException {
    String source = Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
    var found = new TreeSet<String>();
    Matcher literals = LITERAL.matcher(source);
    while (literals.find()) {
      String text = literals.group().replace("\\\"", "'");
      Matcher code = CODE.matcher(text);
      while (code.find()) {
        String call = code.group();
        if (!call.contains("...") && !call.contains("…") && !call.contains("%")) {
          found.add(call.replace("'", "\""));
        }
      }
    }
    return found;
  }

  @Test
  void everyCureCompiles() throws IOException {
    var cures = new TreeSet<String>();
    for (String module : List.of("tensor", "autograd", "nn", "text")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          cures.addAll(cures(file));
        }
      }
    }
    assertThat(cures).hasSizeGreaterThan(15).contains("x.toFloat()", "Tensor.of(1, 2, 3)");
    String code = SCENE + String.join(",\n", cures) + "\n}; } }";
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Scene.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
          }
        };
    List<String> options =
        List.of(
            "-d",
            folder.toString(),
            "-Xlint:-incubating",
            "--module-path",
            System.getProperty("jdk.module.path"),
            "--add-modules",
            "gradus.text");
    boolean done = compiler.getTask(messages, null, null, options, null, List.of(file)).call();
    assertThat(done).as(messages.toString()).isTrue();
  }

  /** A type's constant needs its type: javac does not know a bare FLOAT32. */
  @Test
  void noDTypeStandsAlone() throws IOException {
    Pattern bare = Pattern.compile("\\bto\\((?:FLOAT|INT|BOOL)\\w*\\)");
    for (String module : List.of("tensor", "autograd", "nn", "text")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Matcher literals = LITERAL.matcher(Files.readString(file));
          while (literals.find()) {
            assertThat(literals.group()).as(file.toString()).doesNotContainPattern(bare);
          }
        }
      }
    }
  }
}
