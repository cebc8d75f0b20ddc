package gradus.studio;

import java.io.File;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The texts of the program's files: from the files and folders that {@code -Dgradus.sources} names,
 * or else from the working directory and Maven's folders in it.
 */
final class SourceFiles {
  private static final String USUAL =
      String.join(File.pathSeparator, ".", "src/main/java", "src/test/java");

  private final Map<String, Optional<String>> texts = new HashMap<>();

  /** The text of a file, if it is found. */
  Optional<String> text(String file) {
    return texts.computeIfAbsent(file, SourceFiles::find);
  }

  /** The line as it stands in its file, or nothing. */
  Optional<String> text(SourceLine source) {
    return text(source.file()).flatMap(text -> text.lines().skip(source.line() - 1L).findFirst());
  }

  /** All that was asked for and found. */
  Map<String, String> found() {
    var found = new TreeMap<String, String>();
    texts.forEach((file, text) -> text.ifPresent(t -> found.put(file, t)));
    return found;
  }

  private static Optional<String> find(String file) {
    return place(file)
        .flatMap(
            there -> {
              try {
                return Optional.of(Files.readString(there));
              } catch (MalformedInputException _) {
                return Optional.empty(); // not a text that we could show
              } catch (IOException e) {
                throw new IllegalStateException(
                    "sources: %s cannot be read. %s".formatted(there, e), e);
              }
            });
  }

  /** Where a file is, if it is found. */
  static Optional<Path> place(String file) {
    String places = System.getProperty("gradus.sources", USUAL);
    for (String place : places.split(File.pathSeparator)) {
      Path path = Path.of(place);
      Path there = Files.isDirectory(path) ? path.resolve(file) : path;
      if (there.endsWith(file) && Files.isReadable(there)) {
        return Optional.of(there.toAbsolutePath().normalize());
      }
    }
    return Optional.empty();
  }
}
