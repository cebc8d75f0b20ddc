package gradus.text.vectors;

import gradus.text.io.FloatPrinter;

/**
 * How a table of words is written. All but {@link #WORD2VEC_C_TEXT} and {@link
 * #WORD2VEC_FIXED_TEXT} keep every bit of the numbers; all but {@link #EMBEDDING_PROJECTOR} are
 * read by {@link WordVectors#load}.
 */
public enum WordVectorFormat {
  /**
   * word2vec text as gensim writes it: a line with the counts, then a word and its numbers a line,
   * each number as short as it can be without loss (Python's {@code repr}).
   */
  WORD2VEC_TEXT(true, FloatPrinter.Numbers.REPR, false),

  /** word2vec text as the C program writes it: six decimals, a blank at the end of a line. */
  WORD2VEC_C_TEXT(true, FloatPrinter.Numbers.FIXED, true),

  /** word2vec text as early versions of gensim write it: six decimals. */
  WORD2VEC_FIXED_TEXT(true, FloatPrinter.Numbers.FIXED, false),

  /** word2vec binary as gensim writes it: no newline after the numbers of a word. */
  WORD2VEC_BINARY(true, FloatPrinter.Numbers.BYTES, false),

  /** word2vec binary as the C program writes it: a newline after the numbers of a word. */
  WORD2VEC_C_BINARY(true, FloatPrinter.Numbers.BYTES, true),

  /** GloVe text: a word and its numbers a line, no line of counts; 1 instead of 1.0. */
  GLOVE_TEXT(false, FloatPrinter.Numbers.SHORT, false),

  /**
   * fastText's {@code .vec}: as GloVe's with a line of counts, and a blank at the end of a line.
   */
  FASTTEXT_VEC(true, FloatPrinter.Numbers.SHORT, true),

  /**
   * A folder for the Embedding Projector (projector.tensorflow.org) and its kind: {@code
   * vectors.tsv} with the numbers, parted by tabs, and {@code metadata.tsv} with the words.
   */
  EMBEDDING_PROJECTOR(false, FloatPrinter.Numbers.REPR, false);

  private final boolean counts;
  private final FloatPrinter.Numbers numbers;
  private final boolean closed;

  WordVectorFormat(boolean counts, FloatPrinter.Numbers numbers, boolean closed) {
    this.counts = counts;
    this.numbers = numbers;
    this.closed = closed;
  }

  boolean counts() {
    return counts;
  }

  FloatPrinter.Numbers numbers() {
    return numbers;
  }

  boolean closed() {
    return closed;
  }
}
