package gradus.examples.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The small text of the lesson: 2,780 plain sentences of kings, animals, food and journeys, enough
 * for words to find their places in seconds.
 *
 * <pre>{@code
 * import module gradus.examples;
 *
 * void main() {
 *   IO.println(SmallCorpus.sentences().getFirst());   // [the, cat, chases, the, hen, ...]
 * }
 * }</pre>
 */
public final class SmallCorpus {

  private SmallCorpus() {}

  /** Its sentences, each as its words, in small letters and without signs. */
  public static List<List<String>> sentences() {
    var stream =
        Objects.requireNonNull(SmallCorpus.class.getResourceAsStream("corpus.txt"), "corpus.txt");
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> List.of(line.split(" "))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
