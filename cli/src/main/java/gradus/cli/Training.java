package gradus.cli;

import gradus.text.vectors.WordVectorFormat;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that trains: it may be stopped by Ctrl-C, and says so. */
abstract class Training implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TrainingFiles files;

  /** Trains and writes what came out. */
  abstract void train(TrainingFiles files) throws IOException;

  @Override
  public Integer call() throws Exception {
    files.check();
    return Interruptible.call(
        () -> {
          try {
            train(files);
            Files.deleteIfExists(files.checkpoint());
            return ExitCode.OK;
          } catch (CancellationException e) {
            String cure =
                Files.exists(files.checkpoint())
                    ? "It goes on from %s: the same command with --resume."
                        .formatted(files.checkpoint())
                    : "Nothing is left of it.";
            spec.commandLine().getErr().printf("%ngradus: the training was stopped. %s%n", cure);
            return ExitCode.SOFTWARE;
          }
        });
  }

  /** A command that was called in a way that does not go together. */
  CommandSpec spec() {
    return spec;
  }

  /** Writes a table as the ending of its name says. */
  void save(WordVectors table, Path out) {
    WordVectorFormat format = Formats.ofEnding(out, spec);
    table.save(out, format);
    files.written(
        out,
        "%,d words, %d numbers each, as %s"
            .formatted(table.size(), table.vectorSize(), Formats.name(format)));
  }
}
