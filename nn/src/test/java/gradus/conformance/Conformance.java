package gradus.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs PyTorch's recorded samples against Gradus and prints a table.
 *
 * <p>{@code mvn -q -Pconformance -Dgoldens=DIR}; {@code -Donly=REGEX} chooses files by {@code
 * group/name}, {@code -Dverbose} prints every failure. The last line is {@code conformance: N
 * passed, N failed, N unsupported}.
 */
public final class Conformance {
  /** What became of the samples of one group. */
  static final class Count {
    final TreeSet<String> ops = new TreeSet<>();
    int passed;
    int failed;
    int unsupported;
  }

  private final Map<String, Count> groups = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final List<String> newer = new ArrayList<>();
  private final Map<String, Integer> missing = new TreeMap<>();

  /** Runs the samples of the folder given as the only argument. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1 || !Files.isDirectory(Path.of(args[0]))) {
      System.err.println(
          "conformance: give the folder of the samples: mvn -q -Pconformance -Dgoldens=DIR");
      System.exit(2);
    }
    var run = new Conformance().run(Path.of(args[0]), System.getProperty("only", ".*"));
    run.print(System.out);
    System.exit(run.total().failed == 0 ? 0 : 1);
  }

  Conformance run(Path folder, String only) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(folder)) {
      files =
          walk.filter(p -> p.toString().endsWith(".jsonl") && !p.endsWith("ops.jsonl"))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      String group =
          folder.relativize(file).getParent() == null
              ? "."
              : folder.relativize(file).getParent().toString();
      String name = file.getFileName().toString().replace(".jsonl", "");
      if ((group + "/" + name).matches(only)) {
        Golden golden = new Golden(file);
        golden.samples.forEach(sample -> one(group, name, golden, sample));
      }
    }
    return this;
  }

  private void one(String group, String file, Golden golden, Map<String, Object> sample) {
    Count count = groups.computeIfAbsent(group, _ -> new Count());
    count.ops.add(file);
    try {
      switch (group) {
        case "autograd" -> ProgramSuite.run(golden, sample);
        case "modules" -> ModuleSuite.run(golden, sample);
        case "optim" -> OptimSuite.run(golden, sample);
        case "random" -> RandomSuite.run(golden, sample);
        default -> {
          if (sample.containsKey("module")) {
            ModuleSuite.error(golden, sample);
          } else if (sample.containsKey("optimizer")) {
            OptimSuite.error(golden, sample);
          } else {
            OpSuite.run(golden, sample);
          }
        }
      }
      count.passed++;
    } catch (Unsupported e) {
      count.unsupported++;
      missing.merge(group + "/" + file + ": " + e.getMessage(), 1, Integer::sum);
    } catch (RuntimeException e) {
      Newer.answer(sample, e)
          .ifPresentOrElse(
              why -> {
                count.passed++;
                newer.add(group + "/" + file + " " + sample.get("id") + ": " + why.reason);
              },
              () -> failed(count, group + "/" + file, sample, e));
    } catch (StackOverflowError e) {
      failed(count, group + "/" + file, sample, e);
    }
  }

  private void failed(Count count, String file, Map<String, Object> sample, Throwable e) {
    count.failed++;
    failures.add(file + " " + sample.get("id") + ": " + describe(e));
  }

  private static String describe(Throwable e) {
    if (e instanceof Compare.Mismatch) {
      return e.getMessage();
    }
    StackTraceElement[] trace = e.getStackTrace();
    return e + (trace.length > 0 ? " at " + trace[0] : "");
  }

  Count total() {
    var total = new Count();
    for (Count c : groups.values()) {
      total.passed += c.passed;
      total.failed += c.failed;
      total.unsupported += c.unsupported;
    }
    return total;
  }

  List<String> failures() {
    return failures;
  }

  void print(PrintStream out) {
    out.printf("%-16s %6s %8s %8s %12s%n", "group", "ops", "passed", "failed", "unsupported");
    groups.forEach(
        (group, c) ->
            out.printf(
                "%-16s %6d %8d %8d %12d%n",
                group, c.ops.size(), c.passed, c.failed, c.unsupported));
    newer.forEach(n -> out.println("NEWER " + n));
    boolean verbose = !System.getProperty("verbose", "").isBlank();
    failures.stream().limit(verbose ? Long.MAX_VALUE : 20).forEach(f -> out.println("FAILED " + f));
    if (verbose) {
      missing.forEach((what, n) -> out.println("UNSUPPORTED " + what + " (" + n + ")"));
    } else if (failures.size() > 20) {
      out.println("… and " + (failures.size() - 20) + " more: -Dverbose prints them all");
    }
    Count total = total();
    out.printf(
        "conformance: %d passed, %d failed, %d unsupported%n",
        total.passed, total.failed, total.unsupported);
  }
}
