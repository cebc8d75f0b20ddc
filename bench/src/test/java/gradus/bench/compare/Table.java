package gradus.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as the terminal shows them, as tab-separated values, and as a page. */
final class Table {

  private static final String COLUMNS =
      "%-34s %-46s %2s %12s %12s %7s %13s %7s %5s %7s %12s %9s  %s%n";

  private Table() {}

  /** The heading of the table in the terminal. */
  static String heading() {
    return line(
        "row",
        "shape",
        "th",
        "Gradus µs",
        "libtorch µs",
        "ratio",
        "quartiles",
        "best",
        "bar",
        "% limit",
        "unscoped",
        "heap KiB",
        "");
  }

  /** A row of the table in the terminal. */
  static String line(Result r) {
    return line(
            r.row().name(),
            r.row().shape(),
            r.threads(),
            micros(r.gradus()),
            micros(r.peer()),
            number("%.2f", r.ratio()),
            Double.isNaN(r.low()) ? "–" : number("%.2f", r.low()) + "–" + number("%.2f", r.high()),
            number("%.2f", r.best()),
            number("%.1f", r.row().bar()),
            number("%.0f", r.limitPercent()),
            micros(r.unscoped()),
            number("%,.0f", r.heapKib()),
            verdict(r))
        + others(r);
  }

  private static String others(Result r) {
    StringBuilder lines = new StringBuilder();
    for (Result.Other other : r.others()) {
      lines.append(
          COLUMNS.formatted(
              "",
              other.peer(),
              "",
              "",
              micros(other.micros()),
              number("%.2f", other.ratio()),
              "",
              "",
              "",
              "",
              "",
              "",
              other.note()));
    }
    return lines.toString();
  }

  private static String line(Object... cells) {
    return COLUMNS.formatted(cells);
  }

  private static String verdict(Result r) {
    return !r.note().isEmpty()
        ? r.note()
        : (r.meetsBar() ? "met" : "missed") + (r.isCertain() ? "" : "?");
  }

  private static String micros(double value) {
    return number(value < 1 ? "%.4f" : value < 100 ? "%.2f" : "%,.0f", value);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }

  /** Writes {@code row threads gradus_us peer peer_us ratio spread limit_pct}, tab-separated. */
  static void writeTsv(Path file, List<Result> results) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("row\tthreads\tgradus_us\tpeer\tpeer_us\tratio\tspread\tlimit_pct");
    for (Result r : results) {
      lines.add(
          String.join(
              "\t",
              r.row().name() + " " + r.row().shape(),
              String.valueOf(r.threads()),
              number("%.4f", r.gradus()),
              Double.isNaN(r.peer()) ? "–" : peer(r),
              number("%.4f", r.peer()),
              number("%.3f", r.ratio()),
              number("%.3f", r.spread()),
              number("%.1f", r.limitPercent())));
      for (Result.Other other : r.others()) {
        lines.add(
            String.join(
                "\t",
                r.row().name() + " " + r.row().shape(),
                String.valueOf(r.threads()),
                number("%.4f", r.gradus()),
                other.peer(),
                number("%.4f", other.micros()),
                number("%.3f", other.ratio()),
                "",
                number("%.1f", r.limitPercent())));
      }
    }
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  /** Writes the page: how it was measured, on what, the table. */
  static void writePage(Path file, List<String> about, List<Result> results) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Gradus beside libtorch");
    lines.add("");
    lines.add("Written by `mvn -q -Pcompare`. Ratio: libtorch's time / Gradus's time, the median");
    lines.add(
        "over pairs taken in turns, with quartiles; above 1 Gradus is faster. Limit: how much");
    lines.add(
        "of the machine's measured multiply-add or memory rate Gradus reaches. A question mark:");
    lines.add(
        "the quartiles or the best times say otherwise than the median; neighbours disturbed it.");
    lines.add("");
    lines.add(
        "Both contenders free what a step has made when it is over: libtorch by reference counts,");
    lines.add("Gradus by a `Memory.scope()` around it, as in a training loop. Unscoped: Gradus");
    lines.add("without the scope, where results are left to the garbage collector. Heap: what a");
    lines.add("step in a scope allocates. Rows that load files have gensim for a peer, those of");
    lines.add("MiniLM ONNX Runtime, and tokenizers the Rust library of Hugging Face.");
    lines.add("");
    about.forEach(fact -> lines.add("- " + fact));
    lines.add("");
    lines.add(
        "| row | shape | threads | Gradus µs | libtorch µs | ratio | quartiles | of the best | bar | % of limit | unscoped µs | heap KiB | |");
    lines.add("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
    for (Result r : results) {
      lines.add(
          "| %s | %s | %d | %s | %s | **%s** | %s–%s | %s | %s | %s | %s | %s | %s |"
              .formatted(
                  r.row().name(),
                  r.row().shape(),
                  r.threads(),
                  micros(r.gradus()),
                  micros(r.peer()),
                  number("%.2f", r.ratio()),
                  number("%.2f", r.low()),
                  number("%.2f", r.high()),
                  number("%.2f", r.best()),
                  number("%.1f", r.row().bar()),
                  number("%.0f", r.limitPercent()),
                  micros(r.unscoped()),
                  number("%,.0f", r.heapKib()),
                  verdict(r)));
    }
    others(results, lines);
    Files.write(file, lines);
  }

  private static String peer(Result r) {
    return r.row().match().map(Row.Match::peer).orElse("libtorch " + Libtorch.version());
  }

  private static void others(List<Result> results, List<String> lines) {
    if (results.stream().allMatch(r -> r.others().isEmpty())) {
      return;
    }
    lines.add("");
    lines.add("## Beside other peers");
    lines.add("");
    lines.add(
        "Shorter matches, of nine pairs each, on two threads; those of ONNX Runtime do not spin between steps.");
    lines.add("");
    lines.add("| row | shape | threads | peer | its µs | ratio | |");
    lines.add("|---|---|--:|---|--:|--:|---|");
    for (Result r : results) {
      for (Result.Other other : r.others()) {
        lines.add(
            "| %s | %s | %d | %s | %s | %s | %s |"
                .formatted(
                    r.row().name(),
                    r.row().shape(),
                    r.threads(),
                    other.peer(),
                    micros(other.micros()),
                    number("%.2f", other.ratio()),
                    other.note()));
      }
    }
  }
}
