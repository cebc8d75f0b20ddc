package gradus.text.vectors;

import gradus.tensor.io.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The analogies of a file or folder, whose kind its content tells.
 *
 * <ul>
 *   <li>Google's {@code questions-words.txt}: four words a line, and {@code : section} before those
 *       of one kind (Mikolov, Chen, Corrado and Dean 2013);
 *   <li>a table with the columns {@code word1}, {@code word2}, {@code word3}, {@code target} and
 *       perhaps {@code type}, parted by commas, as there are of MSR's syntactic analogies (Mikolov,
 *       Yih and Zweig 2013);
 *   <li>BATS: {@code word<TAB>answer1/answer2} a line, where every two lines are a question and
 *       every answer counts (Gladkova, Drozd and Matsuoka 2016).
 * </ul>
 */
final class AnalogyFile {

  private static final Pattern TEST = Pattern.compile("[^.].*\\.(txt|csv|tsv)(\\.gz)?");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String RULE =
      "Known are lines of four words with lines \": section\" before them, tables with the columns"
          + " word1,word2,word3,target, and lines \"word<TAB>answer1/answer2\".";

  private AnalogyFile() {}

  /** The sections of a file, or of all files in a folder, in the order of their names. */
  static List<AnalogySection> read(Path path) throws IOException {
    if (!Files.isDirectory(QuestionFile.given(path))) {
      return sections(path);
    }
    List<AnalogySection> sections = new ArrayList<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(AnalogyFile::isTest).sorted().toList()) {
        sections.addAll(sections(file));
      }
    }
    if (sections.isEmpty()) {
      throw new FormatException(
          path, "its files", "none holds analogies in a .txt, .csv or .tsv file. " + RULE);
    }
    return sections;
  }

  private static boolean isTest(Path file) {
    return TEST.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file);
  }

  private static List<AnalogySection> sections(Path path) throws IOException {
    List<String> lines = QuestionFile.lines(path);
    String first = lines.stream().filter(line -> !line.isBlank()).findFirst().orElse("");
    List<String> header = CsvLine.cells(first.toLowerCase(Locale.ROOT), ',');
    if (header.containsAll(List.of("word1", "word2", "word3", "target"))) {
      return table(lines, header, path);
    }
    boolean pair = BLANKS.split(first.strip()).length == 2 || first.strip().split("\t").length == 2;
    return pair && !first.startsWith(":") ? everyTwo(lines, path) : questions(lines, path);
  }

  private static List<AnalogySection> questions(List<String> lines, Path path) {
    List<AnalogySection> sections = new ArrayList<>();
    var section = new AnalogySection(path.getFileName().toString(), new ArrayList<>());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith(":")) {
        add(sections, section);
        section = new AnalogySection(line.substring(1).strip(), new ArrayList<>());
      } else if (!line.isEmpty()) {
        String[] words = BLANKS.split(line);
        if (words.length != 4) {
          throw new IllegalArgumentException(
              "analogies: line %d of %s has %d words. A question has four: a b c d."
                  .formatted(i + 1, path.getFileName(), words.length));
        }
        section
            .questions()
            .add(new AnalogyQuestion(words[0], words[1], words[2], List.of(words[3])));
      }
    }
    add(sections, section);
    return sections;
  }

  private static void add(List<AnalogySection> sections, AnalogySection section) {
    if (!section.questions().isEmpty()) {
      sections.add(section);
    }
  }

  private static List<AnalogySection> table(List<String> lines, List<String> header, Path path) {
    int type = header.indexOf("type");
    int[] columns =
        Stream.of("word1", "word2", "word3", "target").mapToInt(header::indexOf).toArray();
    Map<String, List<AnalogyQuestion>> types = new LinkedHashMap<>();
    boolean inHeader = true;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank() || inHeader) {
        inHeader &= lines.get(i).isBlank();
        continue;
      }
      List<String> cells = CsvLine.cells(lines.get(i), ',');
      if (cells.size() != header.size()) {
        throw new IllegalArgumentException(
            "analogies: line %d of %s has %d cells. The header has %d, and each line as many."
                .formatted(i + 1, path.getFileName(), cells.size(), header.size()));
      }
      String[] words = Arrays.stream(columns).mapToObj(cells::get).toArray(String[]::new);
      types
          .computeIfAbsent(
              type < 0 ? path.getFileName().toString() : cells.get(type), _ -> new ArrayList<>())
          .add(new AnalogyQuestion(words[0], words[1], words[2], List.of(words[3])));
    }
    return types.entrySet().stream()
        .map(entry -> new AnalogySection(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Every line asks about every other one: what is to its word as the first answer is to mine? */
  private static List<AnalogySection> everyTwo(List<String> lines, Path path) {
    List<String> words = new ArrayList<>();
    List<List<String>> answers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      String[] parts = (line.contains("\t") ? Pattern.compile("\t+") : BLANKS).split(line);
      List<String> listed =
          parts.length != 2
              ? List.of()
              : Arrays.stream(parts[1].split("/")).map(String::strip).toList();
      if (listed.isEmpty() || listed.contains("")) {
        throw new IllegalArgumentException(
            "analogies: line %d of %s is no pair. A line holds word<TAB>answer1/answer2."
                .formatted(i + 1, path.getFileName()));
      }
      words.add(parts[0].strip());
      answers.add(listed);
    }
    List<AnalogyQuestion> questions = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      for (int j = 0; j < words.size(); j++) {
        if (i != j) {
          questions.add(
              new AnalogyQuestion(
                  words.get(i), answers.get(i).getFirst(), words.get(j), answers.get(j)));
        }
      }
    }
    String name = path.getFileName().toString().replaceFirst("\\.(txt|tsv)(\\.gz)?$", "");
    return questions.isEmpty() ? List.of() : List.of(new AnalogySection(name, questions));
  }
}
