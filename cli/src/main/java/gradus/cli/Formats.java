package gradus.cli;

import gradus.text.vectors.WordVectorFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** How files of words and vectors are called on the command line, and by which endings. */
final class Formats {

  private Formats() {}

  /**
   * The format that the ending of a file means.
   *
   * @throws ParameterException if it means none
   */
  static WordVectorFormat ofEnding(Path file, CommandSpec spec) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "txt" -> WordVectorFormat.WORD2VEC_TEXT;
      case "bin" -> WordVectorFormat.WORD2VEC_BINARY;
      case "vec" -> WordVectorFormat.FASTTEXT_VEC;
      case "glove" -> WordVectorFormat.GLOVE_TEXT;
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "%s: the ending of %s names no format. Known are .txt, .bin, .vec and .glove."
                  .formatted(spec.name(), file));
    };
  }

  /** A format as it is called here: {@code word2vec-text}. */
  static String name(WordVectorFormat format) {
    return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<String> names() {
    return Arrays.stream(WordVectorFormat.values()).map(Formats::name).toList();
  }

  /** A format by its name. */
  static final class Converter implements ITypeConverter<WordVectorFormat> {
    @Override
    public WordVectorFormat convert(String value) {
      return Arrays.stream(WordVectorFormat.values())
          .filter(format -> name(format).equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is no format. Known are %s."
                          .formatted(value, String.join(", ", names()))));
    }
  }

  /** The names of the formats, for help and for the shell to complete. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }
}
