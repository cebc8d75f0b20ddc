package gradus.cli;

import gradus.text.vectors.WordVectorFormat;
import gradus.text.vectors.WordVectors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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
      converter = Format.class,
      completionCandidates = Names.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private WordVectorFormat to;

  @Override
  public Integer call() {
    WordVectorFormat format = to == null ? ofEnding() : to;
    WordVectors table = file.table();
    table.save(out, format);
    spec.commandLine()
        .getErr()
        .printf(Locale.ROOT, "%s: %,d words as %s%n", out, table.size(), name(format));
    return ExitCode.OK;
  }

  private WordVectorFormat ofEnding() {
    String name = out.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "txt" -> WordVectorFormat.WORD2VEC_TEXT;
      case "bin" -> WordVectorFormat.WORD2VEC_BINARY;
      case "vec" -> WordVectorFormat.FASTTEXT_VEC;
      case "glove" -> WordVectorFormat.GLOVE_TEXT;
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "convert: the ending of %s names no format. Known are .txt, .bin, .vec and .glove, or say --to %s."
                  .formatted(out, String.join("|", names())));
    };
  }

  private static String name(WordVectorFormat format) {
    return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<String> names() {
    return Arrays.stream(WordVectorFormat.values()).map(ConvertCommand::name).toList();
  }

  /** A format by its name, in small letters and with hyphens. */
  static final class Format implements ITypeConverter<WordVectorFormat> {
    @Override
    public WordVectorFormat convert(String value) {
      return Arrays.stream(WordVectorFormat.values())
          .filter(format -> name(format).equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is no format. Known are %s."
                          .formatted(value, names().stream().collect(Collectors.joining(", ")))));
    }
  }

  /** The names of the formats, for the shell to complete. */
  static final class Names implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return names().iterator();
    }
  }
}
