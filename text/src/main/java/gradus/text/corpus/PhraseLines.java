package gradus.text.corpus;

import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import gradus.text.io.ByteSource;
import gradus.text.io.SourceStream;
import gradus.text.training.WordTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

/** The lines of a file of phrases: a name or figure, a tab, and a word. */
final class PhraseLines implements AutoCloseable {

  /** No word is longer; a file that is something else need not be read on. */
  private static final int LONGEST_LINE = 1 << 24;

  private final Path path;
  private final SourceStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int filled;
  private byte[] line = new byte[1 << 8];
  private int length;
  private long number;
  private int tab;

  PhraseLines(Path path) {
    this.path = path;
    this.in = ByteSource.of(path, LoadProgress.silent()).open();
  }

  FormatException error(String problem) {
    return new FormatException(path, "line " + number, problem);
  }

  /** Reads the next line; false at the end. */
  private boolean read() {
    number++;
    length = 0;
    while (true) {
      if (at == filled) {
        filled = in.fill(buffer, 0, buffer.length);
        at = 0;
        if (filled == 0) {
          return length > 0;
        }
      }
      byte b = buffer[at++];
      if (b == '\n') {
        return true;
      }
      if (length == LONGEST_LINE) {
        throw error("it is longer than %,d bytes.".formatted(LONGEST_LINE));
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = b;
    }
  }

  /** The next line as it stands. */
  String line() {
    if (!read()) {
      throw error("the file ends here.");
    }
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  /** Reads the next line as a name and a word. */
  void entry() {
    if (!read()) {
      throw error("the file ends here.");
    }
    tab = 0;
    while (tab < length && line[tab] != '\t') {
      tab++;
    }
    if (tab == length) {
      throw error("there is no tab.");
    }
    int to = tab + 1;
    for (int from = to; from < length; from++) {
      byte b = line[from];
      if (b == '\\') {
        b =
            switch (++from < length ? line[from] : 0) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case '\\' -> '\\';
              default -> throw error("a backslash stands before neither n, t nor a backslash.");
            };
      }
      line[to++] = b;
    }
    length = to;
  }

  /** What stands before the tab. */
  String name() {
    return new String(line, 0, tab, StandardCharsets.UTF_8);
  }

  /** The text of the next line, which has a certain name. */
  String text(String name) {
    entry();
    if (!name().equals(name)) {
      throw error("%s must stand here.".formatted(name));
    }
    return new String(line, tab + 1, length - tab - 1, StandardCharsets.UTF_8);
  }

  /** The whole number of the next line, which has a certain name. */
  long number(String name) {
    long value = parsed(Long::parseLong, text(name));
    if (value < 0) {
      throw error("%s is %d. It must be at least 0.".formatted(name, value));
    }
    return value;
  }

  <T> T parsed(Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw error("\"%s\" is no number that can stand here.".formatted(text));
    }
  }

  /** Adds the word of the line to a table, which must not have it yet; gives its number. */
  int add(WordTable table, long count, long place) {
    int hash = WordTable.hash(line, tab + 1, length);
    if (table.find(line, tab + 1, length, hash) >= 0) {
      throw error("the word stands there twice.");
    }
    return table.add(line, tab + 1, length, hash, count, place);
  }

  /** Sets an option, whose error is one of the file. */
  void set(Runnable option) {
    try {
      option.run();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw error(e.getMessage());
    }
  }

  /** The file must end here. */
  void end() {
    if (read()) {
      throw error("there is more than the entries that were announced.");
    }
  }

  @Override
  public void close() {
    in.close();
  }
}
