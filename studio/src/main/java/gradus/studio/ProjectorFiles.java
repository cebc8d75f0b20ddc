package gradus.studio;

import gradus.studio.EmbeddingMap.Column;
import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Quoted;
import gradus.text.vectors.WordVectorFormat;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The two files of the Embedding Projector: {@code vectors.tsv} and {@code metadata.tsv}. */
final class ProjectorFiles {
  private static final String VECTORS = "vectors.tsv";
  private static final String METADATA = "metadata.tsv";

  private ProjectorFiles() {}

  static Path save(EmbeddingMap map, Path folder) {
    map.last().vectors().save(folder, WordVectorFormat.EMBEDDING_PROJECTOR);
    if (!map.columns().isEmpty()) {
      var lines = new ArrayList<String>();
      lines.add(
          Stream.concat(Stream.of("word"), map.columns().stream().map(Column::name))
              .map(ProjectorFiles::cell)
              .collect(Collectors.joining("\t")));
      for (int row = 0; row < map.size(); row++) {
        int at = row;
        lines.add(
            Stream.concat(
                    Stream.of(map.words().get(row)),
                    map.columns().stream().map(column -> column.values().get(at)))
                .map(ProjectorFiles::cell)
                .collect(Collectors.joining("\t")));
      }
      try {
        Files.write(folder.resolve(METADATA), lines);
      } catch (IOException e) {
        throw new UncheckedIOException("saveTsv: %s cannot be written.".formatted(folder), e);
      }
    }
    return folder;
  }

  /** A tab would begin another column, a newline another word. */
  private static String cell(String text) {
    return text.replaceAll("[\\t\\r\\n]", " ");
  }

  static EmbeddingMap load(Path folder) {
    Tensor vectors = vectors(folder.resolve(VECTORS));
    List<String> lines = lines(folder.resolve(METADATA));
    int rows = vectors.size(0);
    boolean header =
        !lines.isEmpty() && (lines.getFirst().indexOf('\t') >= 0 || lines.size() == rows + 1);
    int found = lines.size() - (header ? 1 : 0);
    if (found != rows) {
      throw new FormatException(
          folder.resolve(METADATA),
          "its end",
          "%d lines%s, but %s has %d rows. Each row needs its line."
              .formatted(found, header ? " below the names" : "", VECTORS, rows));
    }
    List<String[]> cells =
        lines.stream().skip(header ? 1 : 0).map(line -> line.split("\t", -1)).toList();
    String[] names = header ? lines.getFirst().split("\t", -1) : new String[] {"word"};
    for (int row = 0; row < rows; row++) {
      if (cells.get(row).length != names.length) {
        throw new FormatException(
            folder.resolve(METADATA),
            "line " + (row + (header ? 2 : 1)),
            "%d columns, but the first line has %d. Part them by tabs."
                .formatted(cells.get(row).length, names.length));
      }
    }
    List<String> words = EmbeddingMap.distinct(cells.stream().map(c -> c[0]).toList());
    EmbeddingMap map = EmbeddingMap.of(WordVectors.of(words, vectors));
    for (int column = 1; column < names.length; column++) {
      int at = column;
      map.column(names[column], cells.stream().map(c -> c[at]).toList());
    }
    return map;
  }

  private static Tensor vectors(Path file) {
    List<String> lines = lines(file);
    if (lines.isEmpty()) {
      throw new FormatException(file, "line 1", "it is empty. It needs a row of numbers a word.");
    }
    int dim = lines.getFirst().split("\t", -1).length;
    float[] values = new float[Math.multiplyExact(lines.size(), dim)];
    for (int row = 0; row < lines.size(); row++) {
      String[] numbers = lines.get(row).split("\t", -1);
      if (numbers.length != dim) {
        throw new FormatException(
            file,
            "line " + (row + 1),
            "%d numbers, but the first line has %d. Part them by tabs."
                .formatted(numbers.length, dim));
      }
      for (int i = 0; i < dim; i++) {
        values[row * dim + i] = number(numbers[i].strip(), file, row + 1);
      }
    }
    return Tensor.fromArray(values, lines.size(), dim);
  }

  private static float number(String text, Path file, int line) {
    return switch (text) {
      case "nan" -> Float.NaN;
      case "inf" -> Float.POSITIVE_INFINITY;
      case "-inf" -> Float.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Float.parseFloat(text);
        } catch (NumberFormatException e) {
          throw new FormatException(
              file, "line " + line, "\"%s\" is no number.".formatted(Quoted.of(text)), e);
        }
      }
    };
  }

  private static List<String> lines(Path file) {
    try {
      List<String> lines =
          new ArrayList<>(Arrays.asList(Files.readString(file).split("\r\n|\n|\r", -1)));
      while (!lines.isEmpty() && lines.getLast().isEmpty()) {
        lines.removeLast(); // the file ends in a newline
      }
      return lines;
    } catch (MalformedInputException e) {
      throw new FormatException(file, "its text", "it is not UTF-8.", e);
    } catch (IOException e) {
      throw new UncheckedIOException("load: %s cannot be read.".formatted(file), e);
    }
  }
}
