package gradus.bench.training;

import gradus.bench.training.ProcessMeter.Taken;
import gradus.tensor.io.LoadProgress;
import gradus.text.corpus.Corpus;
import gradus.text.fasttext.FastText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Trains word vectors with Gradus and with the original programs in turns, each as a whole process,
 * and writes how long they take and how good their vectors are to {@code bench/TRAINING.md}.
 *
 * <p>{@code mvn -q -Pcompare-training -Drows=REGEX -Druns=3 -Depochs=5 -Dcorpus=FILE}
 */
public final class CompareTraining {

  /** What is compared, in the order of the table; the corpus that the bars were set on has them. */
  private record Row(String name, Contender gradus, Contender original) {}

  private final Path base;
  private final Path evaluation;
  private final Path work;
  private final Path texts;
  private final int runs;

  private CompareTraining(Path base, Path evaluation, int runs) throws IOException {
    this.base = base;
    this.evaluation = evaluation;
    this.runs = runs;
    this.work = Files.createTempDirectory("gradus-training-");
    this.texts = Files.createDirectories(work.resolve("texts"));
  }

  /** The one argument is the folder of this module. */
  public static void main(String[] args) throws Exception {
    Path base = Path.of(args[0]);
    Path shared = base.resolve("../../shared").normalize();
    Path corpus = path("corpus", shared.resolve("data/corpus/wiki17m.txt.gz"));
    Path evaluation = path("evaluation", shared.resolve("data/eval"));
    var compare = new CompareTraining(base, evaluation, number("runs", 3));
    try {
      compare.run(corpus, number("epochs", 5), Pattern.compile(text("rows", ".*")));
    } finally {
      delete(compare.work);
    }
  }

  private static String text(String name, String otherwise) {
    String given = System.getProperty(name, "");
    return given.isEmpty() || given.startsWith("${") ? otherwise : given;
  }

  private static Path path(String name, Path otherwise) {
    return Path.of(text(name, otherwise.toString()));
  }

  private static int number(String name, int otherwise) {
    return Integer.parseInt(text(name, "" + otherwise));
  }

  private void run(Path packed, int epochs, Pattern rows) throws IOException, InterruptedException {
    Path corpus = texts.resolve("corpus.txt");
    try (var in = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.copy(in, corpus);
    }
    LabelledGlosses.write(texts);
    long words = words(corpus);
    var table = new TrainingTable(packed.getFileName().toString(), words, epochs, runs);
    for (Row row : rows(new Programs(corpus, epochs, text("python", "/usr/bin/python3")))) {
      if (rows.matcher(row.name).find()) {
        compare(row, table);
        table.write(base.resolve("TRAINING.md"));
      }
    }
  }

  private List<Row> rows(Programs programs) {
    return List.of(
        new Row("word2vec skip-gram", programs.word2Vec(true, 0.025), programs.gensim(true, 0.025)),
        new Row("word2vec CBOW", programs.word2Vec(false, 0.05), programs.gensim(false, 0.05)),
        new Row("fastText skip-gram", programs.fastTextOfGradus(), programs.fastText()),
        new Row("GloVe", programs.glove(), null),
        new Row("fastText labels", programs.labelsOfGradus(texts), programs.labels(texts)));
  }

  private static long words(Path corpus) throws IOException {
    try (Stream<String> lines = Files.lines(corpus)) {
      return lines.mapToLong(line -> line.isBlank() ? 0 : line.strip().split("\\s+").length).sum();
    }
  }

  /** Both in turns, run after run. */
  private void compare(Row row, TrainingTable table) throws IOException, InterruptedException {
    Map<Contender, List<Taken>> taken = new LinkedHashMap<>();
    Map<Contender, List<Quality>> qualities = new LinkedHashMap<>();
    for (int seed = 1; seed <= runs; seed++) {
      for (Contender contender : contenders(row)) {
        Path folder = Files.createDirectories(work.resolve("run"));
        System.out.printf("%s: %s, run %d of %d%n", row.name, contender.name(), seed, runs);
        Taken run = ProcessMeter.run(contender.command().of(seed, folder), work.resolve("log.txt"));
        Path result = folder.resolve(contender.result());
        Quality quality = isLabels(contender) ? labels(result) : Quality.of(result, evaluation);
        System.out.printf(
            "  %.1f s, %.1f s of processors, %d MB; %s%n",
            run.seconds(), run.cpuSeconds(), run.peakMegabytes(), quality);
        taken.computeIfAbsent(contender, _ -> new ArrayList<>()).add(run);
        qualities.computeIfAbsent(contender, _ -> new ArrayList<>()).add(quality);
        delete(folder);
      }
    }
    for (Contender contender : contenders(row)) {
      table.add(row.name, contender.name(), taken.get(contender), qualities.get(contender));
    }
  }

  private static List<Contender> contenders(Row row) {
    return Stream.of(row.gradus, row.original)
        .filter(contender -> contender != null)
        .filter(c -> !c.name().equals("fastText") || Programs.has("fasttext"))
        .toList();
  }

  private static boolean isLabels(Contender contender) {
    return contender.result().startsWith("labels");
  }

  private Quality labels(Path model) {
    double right =
        FastText.load(model, LoadProgress.silent())
            .test(Corpus.of(texts.resolve("test.txt")), 1)
            .precision();
    return new Quality(0, 0, 100 * right, 0);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
