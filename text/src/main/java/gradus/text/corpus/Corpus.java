package gradus.text.corpus;

import gradus.tensor.io.FileErrors;
import gradus.text.io.Given;
import gradus.text.io.NewFile;
import gradus.text.training.FileBlocks;
import gradus.text.training.SentenceBlocks;
import gradus.text.training.TextBlocks;
import gradus.text.training.TokenSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A text to train word vectors on: files of any size, or sentences that a program gives.
 *
 * <pre>{@code
 * Corpus.of(Path.of("wiki.txt.gz"));                        // a sentence a line
 * Corpus.of(Path.of("articles"));                           // all files of a folder
 * Corpus.of(List.of(List.of("the", "king"), List.of("a", "queen")));
 * }</pre>
 *
 * <p>In files a line is a sentence, and words are parted by blanks, tabs, carriage returns, form
 * feeds, vertical tabs or NUL bytes, as for fastText. Nothing else is done to them: no lower case,
 * no punctuation taken off. Bytes that are not UTF-8 stay as they are, and are spelt {@code \xe9}
 * in tables of words. A file that begins as gzip does is unpacked whatever its name.
 *
 * <p>gensim: {@code LineSentence}, {@code PathLineSentences} and any iterable of lists of words.
 */
public final class Corpus {

  private final Supplier<TextBlocks> blocks;
  private final String name;

  Corpus(Supplier<TextBlocks> blocks, String name) {
    this.blocks = blocks;
    this.name = name;
  }

  /**
   * The text of files. Of a folder all files are taken, those in folders of it too, in the order of
   * their names; files whose name begins with a dot are not.
   *
   * @param paths files or folders, at least one
   * @throws java.io.UncheckedIOException if one cannot be read
   * @throws IllegalArgumentException if a folder holds no file
   */
  public static Corpus of(Path... paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : Given.notNull("corpus", "the paths", paths)) {
      files.addAll(files(Given.notNull("corpus", "a path", path)));
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("corpus: no path is given. Name files or folders.");
    }
    return new Corpus(() -> new FileBlocks(files), String.join(", ", texts(paths)));
  }

  private static List<String> texts(Path... paths) {
    return Stream.of(paths).map(Path::toString).toList();
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      if (!Files.isReadable(path)) {
        try (var in = Files.newInputStream(path)) {
          in.read();
        } catch (IOException e) {
          throw FileErrors.reading(path, e);
        }
      }
      return List.of(path);
    }
    try (Stream<Path> found = Files.walk(path)) {
      List<Path> files =
          found
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException(
            "corpus: the folder %s holds no file. Put text files into it.".formatted(path));
      }
      return files;
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }

  /**
   * Sentences as lists of words, which may hold any characters.
   *
   * @param sentences is gone through twice, once to count the words and once to train; each time
   *     from the beginning
   */
  public static Corpus of(Iterable<? extends List<String>> sentences) {
    Given.notNull("corpus", "the sentences", sentences);
    return new Corpus(() -> new SentenceBlocks(sentences), "the sentences");
  }

  /** The text from its beginning, for the trainers of this library. */
  @SuppressWarnings("exports")
  public TextBlocks blocks() {
    return blocks.get();
  }

  /**
   * Writes the text, a sentence a line and a blank between words, so that what {@link Phrases} has
   * joined can be kept. A word of a program's sentences that holds a blank is several words there.
   *
   * <pre>{@code
   * phrases.apply(corpus).save(Path.of("joined.txt.gz"));
   * }</pre>
   *
   * @param path the file, which appears under its name only when it is complete; a name that ends
   *     in {@code .gz} packs it
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path) {
    NewFile.write(
        Given.notNull("corpus", "the path", path),
        out -> {
          var writer = new TextWriter(out);
          try (TextBlocks text = blocks()) {
            for (TextBlocks.Block block = text.next(); block != null; block = text.next()) {
              block.tell(writer);
            }
          } catch (UncheckedIOException e) {
            throw writer.failure.orElseThrow(() -> e); // else it could not be read
          }
        });
  }

  /** Puts words down as they come. */
  private static final class TextWriter implements TokenSink {
    private static final byte[] BLANK = {' '};
    private static final byte[] NEWLINE = {'\n'};

    private final OutputStream out;
    private boolean within;
    private Optional<IOException> failure = Optional.empty();

    TextWriter(OutputStream out) {
      this.out = out;
    }

    @Override
    public void word(byte[] bytes, int from, int to, int hash) {
      if (within) {
        write(BLANK, 0, 1);
      }
      write(bytes, from, to);
      within = true;
    }

    @Override
    public void endOfLine() {
      write(NEWLINE, 0, 1);
      within = false;
    }

    private void write(byte[] bytes, int from, int to) {
      try {
        out.write(bytes, from, to - from);
      } catch (IOException e) {
        failure = Optional.of(e);
        throw new UncheckedIOException(e);
      }
    }
  }

  String name() {
    return name;
  }

  /** What it is read from: {@code Corpus(wiki.txt.gz)}. */
  @Override
  public String toString() {
    return "Corpus(" + name + ")";
  }
}
