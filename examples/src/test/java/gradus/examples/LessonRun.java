package gradus.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One run of the lesson for all tests that look at what it says. */
final class LessonRun {

  /** What it printed. */
  static final String TEXT;

  /** The page it wrote. */
  static final String PAGE;

  /** The pages of the studio that it wrote beside it, by the names of their files. */
  static final Map<String, String> BESIDE;

  static {
    try {
      Path folder = Files.createTempDirectory("lesson");
      Path file = folder.resolve("deeper").resolve("index.html");
      var bytes = new ByteArrayOutputStream();
      Lesson.tell(new Story(new PrintStream(bytes, true, StandardCharsets.UTF_8)), file);
      TEXT = bytes.toString(StandardCharsets.UTF_8);
      PAGE = Files.readString(file);
      var beside = new TreeMap<String, String>();
      Files.delete(file);
      try (Stream<Path> others = Files.list(file.getParent())) {
        for (Path other : others.toList()) {
          beside.put(other.getFileName().toString(), Files.readString(other));
          Files.delete(other);
        }
      }
      BESIDE = beside;
      Files.delete(file.getParent());
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LessonRun() {}

  /** The pictures of the page, in order. */
  static List<String> pictures() {
    return all(PAGE, "(?s)<svg.*?</svg>").stream().map(MatchResult::group).toList();
  }

  /** Every place of a text where a pattern fits. */
  static List<MatchResult> all(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().toList();
  }
}
