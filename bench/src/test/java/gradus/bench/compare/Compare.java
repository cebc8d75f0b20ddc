package gradus.bench.compare;

import gradus.tensor.kernel.Lanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs the rows that were asked for, prints the table as it grows, and writes it down. */
public final class Compare {

  private Compare() {}

  /**
   * Compares.
   *
   * @param args the folder of the module bench
   */
  public static void main(String[] args) throws IOException {
    Path bench = Path.of(args[0]);
    Pattern wanted = Pattern.compile(System.getProperty("rows", ".*"));
    List<Row> rows =
        Rows.all().stream()
            .filter(row -> wanted.matcher(row.name() + " " + row.shape()).find())
            .toList();
    List<String> about = new ArrayList<>(machine());
    List<Result> results = new ArrayList<>();
    for (int threads : threads()) {
      Limits limits = Limits.measure(threads);
      about.add(limits.toString());
      System.out.println(limits);
      System.out.print(Table.heading());
      for (Row row : rows) {
        if (row.match().isPresent() && threads < Runtime.getRuntime().availableProcessors()) {
          continue; // it takes all processors by itself
        }
        Result result = run(row, limits);
        results.add(result);
        System.out.print(Table.line(result));
        System.out.flush();
        Table.writeTsv(bench.resolve("target/compare.tsv"), results);
      }
    }
    about.add("load average at the end: " + Quiet.load());
    // A page of part of the rows would replace that of all.
    Path page =
        wanted.pattern().equals(".*") ? Path.of("RESULTS.md") : Path.of("target/RESULTS.md");
    Table.writePage(bench.resolve(page), about, results);
    Result.summary(results).forEach(System.out::println);
    System.exit(0); // libtorch's threads would keep the process alive
  }

  /** A row that fails stays in the table, with the reason. */
  private static Result run(Row row, Limits limits) {
    try {
      return row.match().isPresent() ? row.match().get().run(row, limits) : Duel.run(row, limits);
    } catch (RuntimeException | OutOfMemoryError e) {
      if (Boolean.getBoolean("verbose")) {
        e.printStackTrace();
      }
      return Result.failed(
          row, limits.threads(), "failed: " + e.toString().lines().findFirst().orElse(""));
    }
  }

  /** {@code -Dthreads=1|2}, else both, the larger first. */
  private static int[] threads() {
    String asked = System.getProperty("threads", "");
    if (!asked.isEmpty()) {
      return new int[] {Integer.parseInt(asked)};
    }
    return Runtime.getRuntime().availableProcessors() > 1 ? new int[] {2, 1} : new int[] {1};
  }

  private static List<String> machine() throws IOException {
    return List.of(
        "%s; %s, %d processors; vectors of %d floats"
            .formatted(
                LocalDate.now(),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                Lanes.COUNT),
        "Java %s, flags %s"
            .formatted(
                Runtime.version(),
                String.join(
                    " ",
                    Stream.of(ProcessHandle.current().info().arguments().orElse(new String[0]))
                        .filter(flag -> flag.startsWith("-X"))
                        .toList())),
        "libtorch " + Libtorch.version() + " through DJL, each row a TorchScript loop, op by op",
        "a shared machine: other programs ran beside; load average at the start: " + Quiet.load());
  }

  /** The name alone does not tell one generation from another. */
  private static String processor() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
    return "%s (family %s, model %s)"
        .formatted(field(lines, "model name"), field(lines, "cpu family"), field(lines, "model"));
  }

  private static String field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "\t"))
        .findFirst()
        .map(line -> line.replaceFirst(".*: ", ""))
        .orElse("unknown");
  }
}

// How to run:  mvn -q -Pcompare [-Drows=softmax] [-Dthreads=1]
