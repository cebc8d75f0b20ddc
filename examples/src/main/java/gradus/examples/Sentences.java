package gradus.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The texts the examples carry: one sentence per line, words apart by a space. */
final class Sentences {

  private Sentences() {}

  /** The sentences of a resource beside this class, each as its words. */
  static List<List<String>> of(String resource) {
    return lines(resource).stream().map(line -> List.of(line.split(" "))).toList();
  }

  /** The lines of a resource beside this class. */
  static List<String> lines(String resource) {
    var stream =
        Objects.requireNonNull(Sentences.class.getResourceAsStream(resource), "no " + resource);
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
