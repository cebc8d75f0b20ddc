package gradus.cli;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a training reads and writes, and how it tells of itself. */
final class TrainingFiles {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "CORPUS",
      description = "Files or folders of text, also gzipped.")
  private List<Path> positional = List.of();

  @Option(
      names = {"-i", "--input", "-input"},
      paramLabel = "CORPUS",
      description = "The same, as an option.")
  private List<Path> input = List.of();

  @Option(
      names = {"-o", "--output", "-output"},
      paramLabel = "OUT",
      required = true,
      description = "What is written in the end.")
  private Path output;

  @Option(
      names = "--resume",
      description =
          "Go on with a training that was stopped, from OUT.checkpoint; give the same corpus.")
  private boolean resume;

  @Option(
      names = {"-q", "--quiet"},
      description = "Tell nothing of the progress.")
  private boolean quiet;

  /** The text. */
  Corpus corpus() {
    List<Path> all = new ArrayList<>(positional);
    all.addAll(input);
    if (all.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "train: no corpus is given. Name files or folders of text.");
    }
    return Corpus.of(all.toArray(Path[]::new));
  }

  Path output() {
    return output;
  }

  /** Refuses an output for which there is no place, before hours are spent on it. */
  void check() {
    Path folder = output.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(output)) {
      throw new IllegalStateException(
          Files.isDirectory(output)
              ? "train: %s is a folder. Name a file to write.".formatted(output)
              : "train: %s has no folder to lie in. Make %s first.".formatted(output, folder));
    }
  }

  /** Whether to go on with what was stopped. */
  boolean resume() {
    if (resume && !Files.exists(checkpoint())) {
      throw new IllegalStateException(
          "train: there is no %s to resume from. Begin anew, without --resume."
              .formatted(checkpoint()));
    }
    return resume;
  }

  /** Where a training is kept while it runs. */
  Path checkpoint() {
    return output.resolveSibling(output.getFileName() + ".checkpoint");
  }

  /** A bar at a terminal, else a line for each pass. */
  TrainingProgress progress() {
    boolean terminal = System.console() != null && System.console().isTerminal();
    boolean draws = terminal && Main.of(spec).terminal();
    TrainingProgress shown = draws ? TrainingProgress.console() : new PassLines(err());
    return new Sparing(quiet ? TrainingProgress.silent() : shown);
  }

  /** Says in the end what there is. */
  void written(Path path, String what) {
    err().printf(Locale.ROOT, "%s: %s%n", path, what);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
