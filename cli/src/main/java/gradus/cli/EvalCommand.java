package gradus.cli;

import gradus.text.corpus.Corpus;
import gradus.text.fasttext.FastText;
import gradus.text.fasttext.LabelScore;
import gradus.text.vectors.AnalogyReport;
import gradus.text.vectors.PairReport;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.jr.ob.JSON;

/** {@code gradus vectors eval}: GloVe's {@code eval}, word2vec's {@code compute-accuracy}. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = {
      "Say how good the vectors are, by the usual test sets.",
      "A test set is a file of analogies (questions-words.txt, tables with word1,word2,word3,target,"
          + " BATS) or of pairs of words with people's figures (WordSim, SimLex, MEN), or a folder"
          + " of such files.",
      "For a model of fastText that predicts labels it may also be a file of texts with labels."
    },
    footerHeading = "%nExample:%n",
    footer = "  gradus vectors eval glove.6B.100d.txt questions-words.txt wordsim353.tsv --json")
final class EvalCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ModelFile file;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TEST",
      description = "Files or folders of analogies or pairs.")
  private List<Path> tests;

  @Option(
      names = "--restrict-vocab",
      paramLabel = "N",
      defaultValue = "300000",
      description = "Only the first N words count (default: 300000).")
  private int restrictVocab;

  @Option(names = "--case-sensitive", description = "Tell words apart by their capitals.")
  private boolean caseSensitive;

  @Option(
      names = "-k",
      paramLabel = "K",
      defaultValue = "1",
      description = "How many labels to predict for a text (default: 1).")
  private int k;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      defaultValue = "0",
      description = "Predict no labels that are less probable (default: 0).")
  private double threshold;

  @Option(names = "--json", description = "Print the reports as JSON, a list of objects.")
  private boolean json;

  /** What a test set gave: as text, and as JSON. */
  private record Outcome(String text, String json) {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Model model = file.load();
    List<Object> objects = new ArrayList<>();
    boolean all = true;
    for (Path test : sets()) {
      try {
        Outcome outcome = evaluate(model, test);
        if (!json) {
          out.printf("%s%n%s%n", test, outcome.text());
          out.flush();
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("test", test.toString());
        object.putAll(JSON.std.mapFrom(outcome.json()));
        objects.add(object);
      } catch (IOException | RuntimeException e) {
        out.flush();
        Failures.execution(e, spec.commandLine());
        all = false;
      }
    }
    if (json) {
      out.println(
          JSON.std
              .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
              .asString(objects));
    }
    return all ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private List<Path> sets() throws IOException {
    List<Path> sets = new ArrayList<>();
    for (Path test : tests) {
      addSets(test, sets);
    }
    return sets;
  }

  /** A folder of analogies is one set; where pairs lie beside them, each in it is one. */
  private static void addSets(Path test, List<Path> sets) throws IOException {
    if (!Files.isDirectory(test) || !holdsPairs(test)) {
      sets.add(test);
      return;
    }
    List<Path> children;
    try (Stream<Path> inside = Files.list(test)) {
      children = inside.filter(path -> Files.isDirectory(path) || isTest(path)).sorted().toList();
    }
    for (Path child : children) {
      addSets(child, sets);
    }
  }

  private static boolean holdsPairs(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> inside = Files.walk(folder)) {
      files = inside.filter(EvalCommand::isTest).toList();
    }
    for (Path file : files) {
      if (PairReport.recognises(file)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTest(Path file) {
    return Files.isRegularFile(file)
        && file.getFileName().toString().matches("[^.].*\\.(txt|csv|tsv)(\\.gz)?");
  }

  private Outcome evaluate(Model model, Path test) throws IOException {
    if (hasLabels(model, test)) {
      LabelScore score = model.fastText().orElseThrow().test(Corpus.of(test), k, threshold);
      return new Outcome(text(score), score.toJson());
    }
    WordVectors table = model.table();
    if (Files.isRegularFile(test) && PairReport.recognises(test)) {
      PairReport report = table.evaluateWordPairs(test, restrictVocab, !caseSensitive);
      return new Outcome(report + System.lineSeparator(), report.toJson());
    }
    AnalogyReport report = table.evaluateWordAnalogies(test, restrictVocab, !caseSensitive);
    String text =
        String.format(
            Locale.ROOT,
            "%s%.1f %% of the questions have unknown words%n",
            report,
            report.oovRatio());
    return new Outcome(text, report.toJson());
  }

  /** The three lines that fastText prints. */
  private static String text(LabelScore score) {
    return String.format(
        Locale.ROOT,
        "N\t%d%nP@%d\t%.3f%nR@%d\t%.3f%n",
        score.examples(),
        score.k(),
        score.precision(),
        score.k(),
        score.recall());
  }

  /** Whether the first line has a label that the model predicts. */
  private static boolean hasLabels(Model model, Path test) throws IOException {
    List<String> labels = model.fastText().map(FastText::labels).orElse(List.of());
    if (labels.isEmpty() || !Files.isRegularFile(test)) {
      return false;
    }
    try (var lines = Files.newBufferedReader(test)) {
      String line = lines.readLine();
      return line != null && Asking.words(line).stream().anyMatch(labels::contains);
    } catch (CharacterCodingException _) {
      return false; // another kind of test set says what is wrong
    }
  }
}
