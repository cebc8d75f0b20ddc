package gradus.text;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes tables of words in all formats. */
final class WordVectorWriter {

  /** So many rows are taken out of the tensor at a time. */
  private static final int ROWS = 1024;

  private final WordVectors table;
  private final WordVectorFormat format;

  private WordVectorWriter(WordVectors table, WordVectorFormat format) {
    this.table = table;
    this.format = format;
  }

  static void save(WordVectors table, Path path, WordVectorFormat format) {
    var writer = new WordVectorWriter(table, format);
    if (format == WordVectorFormat.EMBEDDING_PROJECTOR) {
      writer.projector(path);
    } else {
      writer.checkWords();
      NewFile.write(path, writer::write);
    }
  }

  private void projector(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be made: " + e.getMessage(), e);
    }
    NewFile.write(folder.resolve("vectors.tsv"), out -> rows(out, (row, text) -> {}, '\t'));
    NewFile.write(
        folder.resolve("metadata.tsv"),
        out -> {
          for (String word : table.vocabulary().words()) {
            // A tab would begin a second column, a newline another word.
            out.write(bytes(word.replaceAll("[\\t\\r\\n]", " ") + "\n"));
          }
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void write(OutputStream out) throws IOException {
    if (format.counts()) {
      out.write(bytes(table.size() + " " + table.vectorSize() + "\n"));
    }
    if (format.numbers() == WordVectorFormat.Numbers.BYTES) {
      binaryRows(out);
    } else {
      rows(out, (row, text) -> text.append(table.vocabulary().word(row)).append(' '), ' ');
    }
  }

  private void binaryRows(OutputStream out) {
    LittleEndianOutput numbers = new LittleEndianOutput(out);
    int dim = table.vectorSize();
    for (int first = 0; first < table.size(); first += ROWS) {
      float[] values = values(first);
      for (int i = 0; i < values.length / dim; i++) {
        numbers.writeBytes(bytes(table.vocabulary().word(first + i) + " "));
        numbers.writeFloats(values, i * dim, dim);
        if (format.closed()) {
          numbers.writeByte('\n');
        }
      }
    }
  }

  private float[] values(int first) {
    Tensor some = table.vectors().narrow(0, first, Math.min(ROWS, table.size() - first));
    return some.toFloatArray();
  }

  /** Writes what a line begins with. */
  @FunctionalInterface
  private interface Beginning {
    void of(int row, StringBuilder text);
  }

  private void rows(OutputStream out, Beginning beginning, char between) throws IOException {
    int dim = table.vectorSize();
    StringBuilder text = new StringBuilder();
    for (int first = 0; first < table.size(); first += ROWS) {
      float[] values = values(first);
      for (int i = 0; i < values.length / dim; i++) {
        text.setLength(0);
        beginning.of(first + i, text);
        for (int j = 0; j < dim; j++) {
          if (j > 0) {
            text.append(between);
          }
          FloatText.append(text, values[i * dim + j], format.numbers());
        }
        text.append(format.closed() ? " \n" : "\n");
        out.write(bytes(text.toString()));
      }
    }
  }

  /** No word may hold what ends a word or a line, else the file would be read as another table. */
  private void checkWords() {
    boolean binary = format.numbers() == WordVectorFormat.Numbers.BYTES;
    for (int row = 0; row < table.size(); row++) {
      String word = table.vocabulary().word(row);
      boolean broken =
          binary ? word.startsWith("\n") || word.indexOf(' ') >= 0 : word.indexOf('\n') >= 0;
      if (broken || row == 0 && !format.counts() && ambiguous(word)) {
        throw new IllegalArgumentException(
            "save: \"%s\" cannot stand in %s: %s. Leave the word out, or choose another format."
                .formatted(
                    word,
                    format,
                    broken
                        ? "it holds a blank or newline, which ends a word there"
                        : "its end would be taken for a number of the first line"));
      }
    }
  }

  /** Whether the first line would be read with more numbers than it has. */
  private static boolean ambiguous(String word) {
    byte[] line = bytes(word);
    return new TextRows(line, 0, UnicodeErrors.REPLACE).dimOfFirst(0, line.length) > 0;
  }
}
