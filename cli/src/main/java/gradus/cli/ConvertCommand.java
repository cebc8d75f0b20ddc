package gradus.cli;

import gradus.text.vectors.WordVectorFormat;
import gradus.text.vectors.WordVectors;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradus vectors convert}: from any kind of file to another. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Write the words and vectors of a file in another form.",
      "The ending of OUT says which: .txt word2vec text, .bin word2vec binary, .vec fastText text,"
          + " .glove GloVe text; .gz after it packs. Of a model of fastText only the words of its"
          + " dictionary are written."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gradus vectors convert glove.6B.100d.txt glove.bin.gz",
      "  gradus vectors convert cc.en.300.bin folder --to embedding-projector --limit 10000"
    })
final class ConvertCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ModelFile file;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "The file to write; for embedding-projector a folder.")
  private Path out;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      converter = Formats.Converter.class,
      completionCandidates = Formats.Names.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private WordVectorFormat to;

  @Override
  public Integer call() {
    WordVectorFormat format = to == null ? Formats.ofEnding(out, spec) : to;
    WordVectors table = file.table();
    table.save(out, format);
    spec.commandLine()
        .getErr()
        .printf(Locale.ROOT, "%s: %,d words as %s%n", out, table.size(), Formats.name(format));
    return ExitCode.OK;
  }
}
