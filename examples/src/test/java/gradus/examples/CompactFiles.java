package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The compact source files of a folder: compiled as the launcher does it, and run in this JVM. */
record CompactFiles(Path sources) {

  /** The names of the files, without {@code .java}, in order. */
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(sources)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".java"))
          .map(file -> file.substring(0, file.length() - ".java".length()))
          .sorted()
          .toList();
    }
  }

  /** What stands in the file of that name. */
  String text(String name) throws IOException {
    return Files.readString(sources.resolve(name + ".java"));
  }

  /** Compiles all of them into a folder. */
  void compile(Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> paths = names().stream().map(name -> sources.resolve(name + ".java")).toList();
      List<String> options =
          List.of(
              "-d",
              classes.toString(),
              "-Xlint:-incubating",
              "--module-path",
              System.getProperty("jdk.module.path"),
              "--add-modules",
              "gradus.examples");
      boolean done =
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(paths))
              .call();
      assertThat(done).as(messages.toString()).isTrue();
    }
  }

  /** What a compiled file prints; its {@code main} gets the arguments if it takes some. */
  static String run(Path classes, String name, String... args) throws Exception {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      Class<?> type = loader.loadClass(name);
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method main =
          Arrays.stream(type.getDeclaredMethods())
              .filter(method -> method.getName().equals("main"))
              .findFirst()
              .orElseThrow();
      main.setAccessible(true);
      Object[] given = main.getParameterCount() == 0 ? new Object[0] : new Object[] {args};
      main.invoke(constructor.newInstance(), given);
    } catch (InvocationTargetException e) {
      throw new AssertionError(name + " failed", e.getCause());
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
