package gradus.text.vectors;

import gradus.tensor.Tensor;
import gradus.tensor.io.Quoted;
import gradus.text.io.BinaryInput;
import gradus.text.io.FloatPrinter;
import gradus.text.io.LittleEndianOutput;
import gradus.text.io.NewFile;
import gradus.text.io.Texts;
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

  /** What {@link #save} writes into a file, for the formats of one file. */
  static void write(WordVectors table, OutputStream out, WordVectorFormat format)
      throws IOException {
    var writer = new WordVectorWriter(table, format);
    writer.checkWords();
    writer.write(out);
  }

  private void projector(Path folder) {
    for (String word : table.vocabulary().words()) {
      if (!Texts.isWellFormed(word)) {
        throw new IllegalArgumentException(
            "save: \"%s\" cannot stand in %s: it holds half of a surrogate pair, which UTF-8 has no bytes for. Leave the word out."
                .formatted(Quoted.of(word), format));
      }
    }
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
    if (binary()) {
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
          FloatPrinter.append(text, values[i * dim + j], format.numbers());
        }
        text.append(format.closed() ? " \n" : "\n");
        out.write(bytes(text.toString()));
      }
    }
  }

  /** Each word must come back as it is, else the file would be read as another table. */
  private void checkWords() {
    if (table.vectorSize() == 0 || table.size() == 0 && !format.counts()) {
      throw new IllegalArgumentException(
          "save: a table of %d words with %d numbers each cannot stand in %s. It needs a word and a number at least."
              .formatted(table.size(), table.vectorSize(), format));
    }
    int first = format.counts() ? 0 : 1;
    boolean numbered = binary() || table.size() <= first;
    for (int row = 0; row < table.size(); row++) {
      String word = table.vocabulary().word(row);
      String problem = problem(word);
      if (problem == null && row == 0 && !format.counts()) {
        problem = problemOfFirst(word);
      }
      if (problem != null) {
        throw new IllegalArgumentException(
            "save: \"%s\" cannot stand in %s: %s. Leave the word out, or choose another format."
                .formatted(Quoted.of(word), format, problem));
      }
      numbered |= row >= first && !TextRows.endsInNumber(word);
    }
    if (!numbered) {
      throw new IllegalArgumentException(
          "save: every word ends in a number, as \"%s\" does, and would be read without it. %s"
              .formatted(
                  Quoted.of(table.vocabulary().word(first)),
                  "Choose WordVectorFormat.WORD2VEC_BINARY for words without blanks."));
    }
  }

  private boolean binary() {
    return format.numbers() == FloatPrinter.Numbers.BYTES;
  }

  /** Why a word would not come back; null if it would. */
  private String problem(String word) {
    if (!Texts.isWellFormed(word)) {
      return "it holds half of a surrogate pair, which UTF-8 has no bytes for";
    }
    if (binary()) {
      return word.startsWith("\n") || word.indexOf(' ') >= 0
          ? "it holds a blank or newline, which ends a word there"
          : bytes(word).length > BinaryInput.LONGEST_WORD
              ? "it is longer than %,d bytes".formatted(BinaryInput.LONGEST_WORD)
              : null;
    }
    if (word.indexOf('\n') >= 0 || word.indexOf('\r') >= 0) {
      return "it holds a newline or carriage return, which ends a line";
    }
    if (word.endsWith(" ")) {
      return "it ends in a blank, which parts it from its numbers";
    }
    return !format.counts() && word.indexOf(0) >= 0
        ? "it holds a zero byte, which no text without counts does"
        : null;
  }

  /** The same of the first word, where the file begins with it. */
  private String problemOfFirst(String word) {
    byte[] line = bytes(word);
    if (new TextRows(line, 0, UnicodeErrors.REPLACE).dimOfFirst(0, line.length) > 0) {
      return "its end would be taken for a number of the first line";
    }
    if (word.startsWith("\uFEFF")) {
      return "it begins with a byte order mark, which is left out where a file begins";
    }
    var begun = new StringBuilder(word);
    for (float value : table.row(0)) {
      begun.append(' ');
      FloatPrinter.append(begun, value, format.numbers());
      if (begun.length() > Word2VecHeader.LONGEST) {
        break;
      }
    }
    return Word2VecHeader.looksLike(begun.toString())
        ? "with its numbers it would be taken for a line of counts"
        : null;
  }
}
