package gradus.text;

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
  WORD2VEC_TEXT(true, Numbers.REPR, false),

  /** word2vec text as the C program writes it: six decimals, a blank at the end of a line. */
  WORD2VEC_C_TEXT(true, Numbers.FIXED, true),

  /** word2vec text as early versions of gensim write it: six decimals. */
  WORD2VEC_FIXED_TEXT(true, Numbers.FIXED, false),

  /** word2vec binary as gensim writes it: no newline after the numbers of a word. */
  WORD2VEC_BINARY(true, Numbers.BYTES, false),

  /** word2vec binary as the C program writes it: a newline after the numbers of a word. */
  WORD2VEC_C_BINARY(true, Numbers.BYTES, true),

  /** GloVe text: a word and its numbers a line, no line of counts; 1 instead of 1.0. */
  GLOVE_TEXT(false, Numbers.SHORT, false),

  /**
   * fastText's {@code .vec}: as GloVe's with a line of counts, and a blank at the end of a line.
   */
  FASTTEXT_VEC(true, Numbers.SHORT, true),

  /**
   * A folder for the Embedding Projector (projector.tensorflow.org) and its kind: {@code
   * vectors.tsv} with the numbers, parted by tabs, and {@code metadata.tsv} with the words.
   */
  EMBEDDING_PROJECTOR(false, Numbers.REPR, false);

  /** How a number is written. */
  enum Numbers {
    /** Four bytes. */
    BYTES,
    /** As short as possible, 1.0 with a point. */
    REPR,
    /** As short as possible, 1 without. */
    SHORT,
    /** With six decimals. */
    FIXED
  }

  private final boolean counts;
  private final Numbers numbers;
  private final boolean closed;

  WordVectorFormat(boolean counts, Numbers numbers, boolean closed) {
    this.counts = counts;
    this.numbers = numbers;
    this.closed = closed;
  }

  /** Whether it begins with a line of counts. */
  boolean counts() {
    return counts;
  }

  Numbers numbers() {
    return numbers;
  }

  /** Whether a blank, or in binary files a newline, follows the last number of a word. */
  boolean closed() {
    return closed;
  }
}
