package gradus.cli;

import gradus.text.fasttext.FastText;
import gradus.text.vectors.UnicodeErrors;
import gradus.text.vectors.WordVectors;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a command is told which model it is about. */
final class ModelFile {

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A file of word2vec, GloVe or fastText, also gzipped.")
  private Path path;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Read the first N words only, which are the most frequent.")
  private Integer limit;

  @Option(
      names = "--unicode-errors",
      paramLabel = "HOW",
      defaultValue = "STRICT",
      description = "Words that are no UTF-8: strict, replace or ignore (default: strict).")
  private UnicodeErrors errors;

  /** The words and vectors. */
  WordVectors table() {
    return Model.table(path, limit, errors);
  }

  /** The model: a table of words, and of fastText what is beyond it. */
  Model load() {
    return limit == null && FastText.recognises(path)
        ? Model.of(FastText.load(path))
        : Model.of(table());
  }
}
