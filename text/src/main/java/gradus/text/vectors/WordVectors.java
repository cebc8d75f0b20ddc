package gradus.text.vectors;

import gradus.tensor.DType;
import gradus.tensor.FlatIndex;
import gradus.tensor.Metric;
import gradus.tensor.Tensor;
import gradus.tensor.io.LoadProgress;
import gradus.tensor.io.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A table of words and their vectors, with the questions one asks it (gensim's {@code
 * KeyedVectors}).
 *
 * <pre>{@code
 * WordVectors vectors = PretrainedTable.miniLm().wordVectors();
 * vectors.similarity("cat", "dog");
 * vectors.mostSimilar("king", 5);
 * vectors.analogy("man", "king", "woman", 5); // king - man + woman: queen
 * }</pre>
 *
 * <p>Every answer is exact: it compares the query with each row of the table. Words that were put
 * into a question never come back as its answer. Instances never change and may be shared between
 * threads.
 */
public final class WordVectors {

  private static final System.Logger LOG = System.getLogger(WordVectors.class.getName());
  private static final int UNKNOWN_SHOWN = 10;

  private final Vocabulary vocabulary;
  private final Tensor vectors;
  private final FlatIndex cosines;
  private final FlatIndex distances;

  private WordVectors(Vocabulary vocabulary, Tensor vectors) {
    this.vocabulary = vocabulary;
    this.vectors = vectors;
    this.cosines = FlatIndex.of(vectors, Metric.COSINE);
    this.distances = FlatIndex.of(vectors, Metric.EUCLIDEAN);
  }

  /**
   * A table from words and a matrix whose i-th row belongs to the i-th word.
   *
   * @param words the words, each once
   * @param vectors [words, dim], FLOAT32; its values are shared, not copied
   * @throws IllegalArgumentException if the sizes do not fit or a word stands there twice
   */
  public static WordVectors of(List<String> words, Tensor vectors) {
    if (vectors.dim() != 2 || vectors.size(0) != words.size()) {
      throw new IllegalArgumentException(
          "word vectors: %d words and a table %s. The table needs one row per word: [%d, dim]."
              .formatted(words.size(), vectors.shape(), words.size()));
    }
    if (vectors.dtype() != DType.FLOAT32) {
      throw new IllegalArgumentException(
          "word vectors: the table must be FLOAT32 but is %s. Use vectors.to(DType.FLOAT32)."
              .formatted(vectors.dtype()));
    }
    return new WordVectors(Vocabulary.of(words), vectors.detach());
  }

  /** A table whose words and rows are known to fit. */
  static WordVectors of(Vocabulary vocabulary, Tensor vectors) {
    return new WordVectors(vocabulary, vectors);
  }

  /**
   * The words and vectors of a file; see {@link #load(Path, UnicodeErrors, LoadProgress)}. A line
   * on the terminal shows the progress.
   */
  public static WordVectors load(Path path) {
    return load(path, LoadProgress.console());
  }

  /** The words and vectors of a file; see {@link #load(Path, UnicodeErrors, LoadProgress)}. */
  public static WordVectors load(Path path, LoadProgress progress) {
    return load(path, UnicodeErrors.STRICT, progress);
  }

  /**
   * The words and vectors of a file (gensim's {@code KeyedVectors.load_word2vec_format} and {@code
   * load_facebook_vectors}).
   *
   * <p>The kind of file is recognised by its content:
   *
   * <ul>
   *   <li>word2vec text and fastText {@code .vec}: a line with two whole numbers, the counts, then
   *       a word and its numbers a line;
   *   <li>GloVe text: the same without the counts. A word may hold blanks, as some of glove.840B
   *       do;
   *   <li>word2vec binary, with newlines as the C program writes it or without as gensim does;
   *   <li>fastText {@code .bin} and {@code .ftz}: the words of its dictionary with the vectors that
   *       fastText prints for them. For the vectors of other words see {@link
   *       gradus.text.fasttext.FastText};
   *   <li>any of these packed with gzip.
   * </ul>
   *
   * <p>Of a word that stands there twice the first row counts, as in gensim; the log says how many
   * there were. It also says so where a file goes on after the rows its counts promise, which are
   * left out, or holds none. Text is read by all processors; besides the table only a few megabytes
   * are needed.
   *
   * @param path the file
   * @param errors what to do with words that are not UTF-8
   * @param progress hears how far it has come
   * @return the table, words in the order of the file
   * @throws gradus.tensor.io.FormatException if the file is damaged, cut short, lies about its
   *     counts or is of no such kind; the message names the line or byte
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static WordVectors load(Path path, UnicodeErrors errors, LoadProgress progress) {
    return load(path, Integer.MAX_VALUE, errors, progress);
  }

  /**
   * The first words of a file, which are the most frequent ones, and their vectors; see {@link
   * #load(Path, int, UnicodeErrors, LoadProgress)}. A line on the terminal shows the progress.
   */
  public static WordVectors load(Path path, int limit) {
    return load(path, limit, UnicodeErrors.STRICT, LoadProgress.console());
  }

  /**
   * The first words of a file and their vectors (gensim's {@code limit}): of a file that is larger
   * than the memory or than an array, or that is cut short after them. What comes later is not
   * looked at.
   *
   * <pre>{@code
   * WordVectors.load(Path.of("GoogleNews-vectors-negative300.bin.gz"), 500_000);
   * }</pre>
   *
   * @param path the file, as for {@link #load(Path, UnicodeErrors, LoadProgress)}
   * @param limit how many rows are read at most, at least 1
   * @param errors what to do with words that are not UTF-8
   * @param progress hears how far it has come
   * @return the table of those words
   * @throws gradus.tensor.io.FormatException if the file is damaged, of no known kind, or ends
   *     before {@code limit} rows although it says it has them
   */
  public static WordVectors load(
      Path path, int limit, UnicodeErrors errors, LoadProgress progress) {
    return WordVectorFiles.load(path, limit, errors, progress);
  }

  /**
   * Writes the words and vectors (gensim's {@code save_word2vec_format}).
   *
   * <p>The file appears under its name only when it is complete; one that was there stays until
   * then. A name that ends in {@code .gz} packs it.
   *
   * @param path the file; for {@link WordVectorFormat#EMBEDDING_PROJECTOR} a folder
   * @param format how it is written
   * @throws IllegalArgumentException if the format cannot hold one of the words
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path, WordVectorFormat format) {
    WordVectorWriter.save(this, path, format);
  }

  /** The words and their rows. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The number of words. */
  public int size() {
    return vocabulary.size();
  }

  /** The length of a vector (gensim's {@code vector_size}). */
  public int vectorSize() {
    return vectors.size(1);
  }

  /**
   * Whether the table holds the word, exactly so (gensim's {@code word in wv}); {@link
   * Vocabulary#findIgnoringCase} looks without regard to case.
   */
  public boolean contains(String word) {
    return vocabulary.contains(word);
  }

  /** The whole table: [size, vectorSize]. */
  public Tensor vectors() {
    return vectors;
  }

  /**
   * The vector of a word (gensim's {@code wv[word]}).
   *
   * @param word a word of the table
   * @return [vectorSize], a view of the table's row
   * @throws IllegalArgumentException if the table does not hold it; the message suggests spellings
   */
  public Tensor get(String word) {
    return vectors.select(0, vocabulary.indexOf(word));
  }

  /**
   * The vectors of several words, one per row.
   *
   * @param words words of the table
   * @return [words, vectorSize]
   */
  public Tensor getAll(List<String> words) {
    long[] rows = Arrays.stream(vocabulary.indicesOf(words)).asLongStream().toArray();
    return vectors.indexSelect(0, Tensor.of(rows));
  }

  /** The table of those words that the test lets through, in the same order. */
  public WordVectors only(Predicate<String> test) {
    List<String> kept = vocabulary.words().stream().filter(test).toList();
    if (kept.isEmpty()) {
      throw new IllegalArgumentException("only: no word of %,d passes the test.".formatted(size()));
    }
    return new WordVectors(Vocabulary.of(kept), getAll(kept));
  }

  /** The cosine of the angle between two words' vectors: 1 same direction, 0 right angle. */
  public double similarity(String word1, String word2) {
    return similarity(vocabulary.indexOf(word1), vocabulary.indexOf(word2));
  }

  double similarity(int row1, int row2) {
    return cosine(row(row1), row(row2));
  }

  /** One minus the cosine similarity: 0 for the same direction, 2 for the opposite one. */
  public double distance(String word1, String word2) {
    return 1 - similarity(word1, word2);
  }

  /** The straight-line (Euclidean) distance between the tips of two words' vectors. */
  public double euclideanDistance(String word1, String word2) {
    float[] a = get(word1).toFloatArray();
    float[] b = get(word2).toFloatArray();
    for (int i = 0; i < a.length; i++) {
      a[i] -= b[i];
    }
    return WordQuery.length(a);
  }

  /** The length (L2 norm) of a word's vector. */
  public double length(String word) {
    return WordQuery.length(get(word).toFloatArray());
  }

  /**
   * The cosine between the means of two groups of words (gensim's {@code n_similarity}). The means
   * are those of the vectors as they are: a long vector weighs more than a short one. Words that
   * the table does not hold are left out, and the log says so.
   *
   * @param words1 one group, of which the table holds a word at least
   * @param words2 the other group, likewise
   */
  public double nSimilarity(List<String> words1, List<String> words2) {
    return cosine(
        WordQuery.mean(this, known("nSimilarity", words1)),
        WordQuery.mean(this, known("nSimilarity", words2)));
  }

  /** The words that the table holds; the log names some of the others. */
  private List<String> known(String op, List<String> words) {
    List<String> known = words.stream().filter(this::contains).toList();
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          words.isEmpty()
              ? op + ": no words were given. Give at least one."
              : "%s: the table holds none of the %d words. Give at least one that it holds."
                  .formatted(op, words.size()));
    }
    if (known.size() < words.size()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: {1} of {2} words are not in the table and left out: {3}",
          op,
          words.size() - known.size(),
          words.size(),
          words.stream()
              .filter(word -> !contains(word))
              .limit(UNKNOWN_SHOWN)
              .map(Quoted::of)
              .toList());
    }
    return known;
  }

  /** 0 where a vector has no direction. */
  private static double cosine(float[] a, float[] b) {
    double lengths = WordQuery.length(a) * WordQuery.length(b);
    return lengths == 0 ? 0 : Math.clamp(WordQuery.dot(a, b) / lengths, -1.0, 1.0);
  }

  /** The ten words nearest to one word by cosine, best first. */
  public List<ScoredWord> mostSimilar(String word) {
    return mostSimilar(word, WordSum.TOP_N);
  }

  /** The words nearest to one word by cosine, best first. */
  public List<ScoredWord> mostSimilar(String word, int topN) {
    return mostSimilar(Collections.singletonList(word), List.of(), topN);
  }

  /**
   * The words nearest by cosine to the sum of some words less some others (gensim's {@code
   * most_similar}).
   *
   * @param positive words to add
   * @param negative words to subtract
   * @param topN how many answers at most
   * @return the nearest words with their cosines, best first, without the words asked with
   */
  public List<ScoredWord> mostSimilar(List<String> positive, List<String> negative, int topN) {
    return WordQuery.of(this, positive, negative).cosAdd(topN);
  }

  /**
   * A sum of words, to be asked what lies nearest.
   *
   * <pre>{@code
   * words.positive("king", "woman").negative("man").mostSimilar();   // queen first
   * }</pre>
   *
   * @param words words to add
   * @return the sum
   */
  public WordSum positive(String... words) {
    return new WordSum(this, List.of(words), List.of());
  }

  /**
   * As {@link #mostSimilar(List, List, int)} with the terms multiplied instead of added (gensim's
   * {@code most_similar_cosmul}).
   */
  public List<ScoredWord> mostSimilarCosMul(
      List<String> positive, List<String> negative, int topN) {
    return WordQuery.of(this, positive, negative).cosMul(topN);
  }

  /**
   * The words nearest by cosine to any vector (gensim's {@code similar_by_vector}).
   *
   * @param vector [vectorSize]
   * @param topN how many answers at most
   */
  public List<ScoredWord> similarByVector(Tensor vector, int topN) {
    if (vector.dim() != 1 || vector.size(0) != vectorSize()) {
      throw new IllegalArgumentException(
          "similarByVector: the vector is %s, the table's rows are [%d]. Give one vector of that size."
              .formatted(vector.shape(), vectorSize()));
    }
    return WordQuery.nearest(this, cosines, vector.detach(), topN);
  }

  /**
   * The words nearest to one word in a straight line, nearest first; the score is the Euclidean
   * distance. Unlike the cosine this sees how long the vectors are.
   */
  public List<ScoredWord> nearestByDistance(String word, int topN) {
    return WordQuery.nearest(this, distances, get(word), topN, vocabulary.indexOf(word));
  }

  /**
   * The words that complete "a is to b as c is to ...", by 3CosAdd: nearest to b - a + c.
   *
   * <p>{@code analogy("man", "king", "woman", 5)} is king - man + woman.
   */
  public List<ScoredWord> analogy(String a, String b, String c, int topN) {
    return analogy(a, b, c, topN, AnalogyMethod.COS_ADD);
  }

  /** The words that complete "a is to b as c is to ...", by the given method, best first. */
  public List<ScoredWord> analogy(String a, String b, String c, int topN, AnalogyMethod method) {
    return switch (method) {
      case COS_ADD -> mostSimilar(Arrays.asList(b, c), Collections.singletonList(a), topN);
      case COS_MUL -> mostSimilarCosMul(Arrays.asList(b, c), Collections.singletonList(a), topN);
    };
  }

  /**
   * The place of a word among the answers of {@link #mostSimilar(List, List, int)}, counted from 1.
   *
   * @param word the answer looked for
   * @param positive words to add
   * @param negative words to subtract
   */
  public int rankOf(String word, List<String> positive, List<String> negative) {
    return WordQuery.of(this, positive, negative).rankOf(vocabulary.indexOf(word));
  }

  /**
   * The word that fits least: the one with the smallest cosine to the mean direction of all
   * (gensim's {@code doesnt_match}). Words that the table does not hold are left out, and the log
   * says so.
   *
   * @param words of which the table holds one at least
   */
  public String doesntMatch(List<String> words) {
    List<String> known = known("doesntMatch", words);
    float[] mean = WordQuery.of(this, known, List.of()).direction();
    return known.stream()
        .map(word -> new ScoredWord(word, cosine(get(word).toFloatArray(), mean)))
        .min(Comparator.comparingDouble(ScoredWord::score).thenComparing(ScoredWord::word))
        .map(ScoredWord::word)
        .orElseThrow();
  }

  /**
   * How many of a file's analogies the table solves, among its first 300,000 words and without
   * regard to case; see {@link #evaluateWordAnalogies(Path, int, boolean)}.
   */
  public AnalogyReport evaluateWordAnalogies(Path path) throws IOException {
    return evaluateWordAnalogies(path, TestWords.RESTRICT_VOCAB, true);
  }

  /**
   * How many of a file's analogies the table solves (gensim's {@code evaluate_word_analogies}).
   *
   * <p>The file's content tells what it is: {@code questions-words.txt} with lines {@code :
   * section} and lines of four words; a table of commas with the columns {@code word1, word2,
   * word3, target} and perhaps {@code type}, as of MSR's analogies; a file of BATS with {@code
   * word<TAB>answer1/answer2} a line, of which every two are a question.
   *
   * @param path such a file, also gzipped, or a folder, whose {@code .txt}, {@code .csv} and {@code
   *     .tsv} files are all asked
   * @param restrictVocab how many of the first words count, as questions and as answers; files of
   *     word vectors begin with the most frequent
   * @param caseInsensitive whether words are compared in capitals; of several spellings the first
   *     in the table is asked with, and none of them counts as an answer
   * @throws IOException if the file cannot be read
   */
  public AnalogyReport evaluateWordAnalogies(Path path, int restrictVocab, boolean caseInsensitive)
      throws IOException {
    return AnalogyReport.of(
        this,
        new TestWords("evaluateWordAnalogies", vocabulary, restrictVocab, caseInsensitive),
        path);
  }

  /**
   * How well the table's similarities follow people's, of its first 300,000 words and without
   * regard to case; see {@link #evaluateWordPairs(Path, int, boolean)}.
   */
  public PairReport evaluateWordPairs(Path path) throws IOException {
    return evaluateWordPairs(path, TestWords.RESTRICT_VOCAB, true);
  }

  /**
   * How well the table's similarities follow people's (gensim's {@code evaluate_word_pairs}).
   *
   * @param path a file with two words and a figure per line, parted by tabs, commas, semicolons or
   *     blanks; lines with # and a line of names on top are skipped, and more columns may follow
   * @param restrictVocab how many of the first words count
   * @param caseInsensitive whether words are compared in capitals; of several spellings the first
   *     in the table counts
   * @throws IOException if the file cannot be read
   */
  public PairReport evaluateWordPairs(Path path, int restrictVocab, boolean caseInsensitive)
      throws IOException {
    return PairReport.of(
        this, new TestWords("evaluateWordPairs", vocabulary, restrictVocab, caseInsensitive), path);
  }

  FlatIndex cosines() {
    return cosines;
  }

  /** A row as a fresh array. */
  float[] row(int row) {
    return vectors.select(0, row).toFloatArray();
  }

  /** For example {@code WordVectors(23694 words, 384 numbers each)}. */
  @Override
  public String toString() {
    return "WordVectors(%d words, %d numbers each)".formatted(size(), vectorSize());
  }
}
