package gradus.text.vectors;

import gradus.tensor.Tensor;
import gradus.text.io.WordIndex;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Makes a table of the rows that a reader has read: of a word that stands in the file twice, the
 * first row counts (as in gensim), the others are dropped, and the log says how many.
 *
 * <p>Public for readers in other packages; others begin with {@link WordVectors#of(List, Tensor)}.
 */
public final class DistinctWords {

  private static final System.Logger LOG = System.getLogger(DistinctWords.class.getName());

  private DistinctWords() {}

  /**
   * The table.
   *
   * @param file where the rows come from, for the log
   * @param words the words; their order changes if some stand there twice
   * @param rows how many of them there are
   * @param values {@code rows * dim} numbers or more, taken over; moved if some words stand twice
   * @param dim the numbers of a word
   */
  public static WordVectors table(Path file, String[] words, int rows, float[] values, int dim) {
    List<String> list = Arrays.asList(words);
    WordIndex index = new WordIndex(list, rows, UnaryOperator.identity());
    int kept = 0;
    for (int row = 0; row < rows; row++) {
      words[kept] = words[row];
      if (index.add(kept) < 0) {
        if (kept < row) {
          System.arraycopy(values, row * dim, values, kept * dim, dim);
        }
        kept++;
      }
    }
    if (kept < rows) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: {1} rows hold a word that stood there before; the first row of a word counts.",
          file,
          rows - kept);
    }
    // The index looks into the list, and nobody else holds it.
    List<String> all = kept == words.length ? list : list.subList(0, kept);
    Vocabulary vocabulary = Vocabulary.of(Collections.unmodifiableList(all), index);
    Tensor table = Tensor.fromArray(values, values.length / dim, dim);
    // A narrower view instead of a smaller copy: a copy would need the table's memory again.
    return WordVectors.of(vocabulary, kept == table.size(0) ? table : table.narrow(0, 0, kept));
  }
}
