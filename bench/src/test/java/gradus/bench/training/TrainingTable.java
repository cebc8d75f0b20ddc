package gradus.bench.training;

import gradus.bench.training.ProcessMeter.Taken;
import gradus.tensor.kernel.Lanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What {@link CompareTraining} found, as Markdown. */
final class TrainingTable {

  private static final String HEAD =
      """
      # Training word vectors beside the original programs

      Written by `mvn -q -Pcompare-training`. Each is a whole process, from reading the text to the
      written file, run in turns with the other; seconds are the median, quality the mean of the
      seeds with its standard deviation. Ratio: the original's median time / Gradus's.
      Analogies: Google's by 3CosAdd among the 30,000 most frequent words, in per cent (of meaning,
      of form, all); WordSim: Spearman's correlation with WordSim-353. Labels: the share of
      definitions of WordNet whose lexicographer's file, one of 45, is told right (trained on nine
      tenths, tested on the rest).

      GloVe's C program cannot be had as a package; on another machine of two processors (Zen 4) it
      took 848 s for 15 passes over the same corpus, and its vectors solved 29.9 % (35.6 / 25.9),
      WordSim .514.

      """;

  private final List<String> facts = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final double words;
  private String row = "";
  private double ours;

  TrainingTable(String corpus, long words, int epochs, int runs) throws IOException {
    this.words = (double) words * epochs;
    facts.add(
        "- %s; %s, %d processors; vectors of %d floats; Java %s"
            .formatted(
                LocalDate.now(),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                Lanes.COUNT,
                System.getProperty("java.runtime.version")));
    facts.add(
        String.format(
            Locale.ROOT,
            "- %s: %,d words, %d passes (GloVe %d), 2 threads, 100 numbers, %d runs each",
            corpus,
            words,
            epochs,
            3 * epochs,
            runs));
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch");
    }
    List<String> lines = Files.readAllLines(info);
    return "%s (family %s, model %s)"
        .formatted(of(lines, "model name"), of(lines, "cpu family"), of(lines, "model"));
  }

  private static String of(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.split(":")[0].strip().equals(key))
        .map(line -> line.split(":")[1].strip())
        .findFirst()
        .orElse("unknown");
  }

  void add(String name, String contender, List<Taken> taken, List<Quality> qualities) {
    double seconds = median(taken, Taken::seconds);
    boolean first = !name.equals(row);
    ours = first ? seconds : ours;
    row = name;
    boolean labels = name.endsWith("labels");
    // GloVe goes through pairs, and labels stand in another text.
    boolean passes = !labels && !name.equals("GloVe");
    lines.add(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.1f | %s | %.1f | %s | %.0f | %s | %s | %s |",
            name,
            contender,
            seconds,
            first ? "" : String.format(Locale.ROOT, "**%.2f**", seconds / ours),
            median(taken, Taken::cpuSeconds),
            passes ? String.format(Locale.ROOT, "%,.0f", words / seconds / 1000) : "",
            median(taken, Taken::peakMegabytes),
            spread(qualities, Quality::total, "%.1f ± %.1f"),
            labels
                ? ""
                : "%s / %s"
                    .formatted(
                        spread(qualities, Quality::semantic, "%.1f"),
                        spread(qualities, Quality::syntactic, "%.1f")),
            labels ? "" : spread(qualities, Quality::wordSim, "%.3f ± %.3f")));
  }

  private static double median(List<Taken> taken, ToDoubleFunction<Taken> figure) {
    double[] sorted = taken.stream().mapToDouble(figure).sorted().toArray();
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  private static String spread(
      List<Quality> qualities, ToDoubleFunction<Quality> figure, String format) {
    double mean = qualities.stream().mapToDouble(figure).average().orElseThrow();
    double squares =
        qualities.stream().mapToDouble(q -> Math.pow(figure.applyAsDouble(q) - mean, 2)).sum();
    double deviation = qualities.size() < 2 ? 0 : Math.sqrt(squares / (qualities.size() - 1));
    return String.format(Locale.ROOT, format, mean, deviation);
  }

  void write(Path file) throws IOException {
    String table =
        """

        | what | program | seconds | ratio | processor s | thousand words/s | peak MB | analogies, labels % | meaning / form | WordSim |
        |---|---|--:|--:|--:|--:|--:|--:|--:|--:|
        """;
    Files.writeString(
        file, HEAD + String.join("\n", facts) + "\n" + table + String.join("\n", lines) + "\n");
  }
}
