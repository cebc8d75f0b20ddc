package gradus.text.corpus;

import gradus.text.io.Given;
import gradus.text.training.TextBlocks;
import gradus.text.training.TokenSink;
import gradus.text.training.WordTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds words that stand together more often than by chance, and joins them (gensim's {@code
 * Phrases}).
 *
 * <pre>{@code
 * var phrases = Phrases.of(corpus, o -> o.connectorWords(Phrases.ENGLISH_CONNECTOR_WORDS));
 * phrases.apply(List.of("the", "bank", "of", "america"));   // the bank_of_america
 * new Word2Vec().train(phrases.apply(corpus));
 * }</pre>
 *
 * <p>All words and all pairs of neighbours are counted in one table; in memory are at most {@code
 * maxVocabSize} of them. Scores and joined sentences are those of gensim.
 *
 * <p>Not to be added to by one thread while another one uses it; {@link #freeze} gives what is
 * smaller and never changes.
 */
public final class Phrases extends PhrasesTransformation {

  /**
   * English words that a phrase may hold within: articles, some prepositions, "and" and "or"
   * (gensim's {@code ENGLISH_CONNECTOR_WORDS}).
   */
  public static final Set<String> ENGLISH_CONNECTOR_WORDS =
      Set.of(
          "a", "an", "the", "for", "of", "with", "without", "at", "from", "to", "in", "on", "by",
          "and", "or");

  private WordTable vocabulary = new WordTable();
  private long words;

  /** Below this count words were dropped, less one. */
  private long minReduce = 1;

  private Phrases(PhrasesOptions options) {
    super(options);
  }

  /** What a file has. */
  Phrases(PhrasesOptions options, WordTable vocabulary, long words, long minReduce) {
    super(options);
    this.vocabulary = vocabulary;
    this.words = words;
    this.minReduce = minReduce;
  }

  /** The phrases of a corpus, with gensim's defaults. */
  public static Phrases of(Corpus corpus) {
    return of(corpus, o -> {});
  }

  /**
   * The phrases of a corpus.
   *
   * @param options by name: {@code o -> o.minCount(10).threshold(20)}
   * @throws IllegalArgumentException if an option is out of its range
   */
  public static Phrases of(Corpus corpus, Consumer<PhrasesOptions> options) {
    var phrases = new Phrases(new PhrasesOptions(options));
    phrases.addVocab(corpus);
    return phrases;
  }

  /**
   * Counts the words and pairs of another corpus too (gensim: {@code add_vocab}).
   *
   * @param corpus is gone through once
   */
  public void addVocab(Corpus corpus) {
    var counting = new Counting();
    try (TextBlocks text = Given.notNull("phrases", "the corpus", corpus).blocks()) {
      for (TextBlocks.Block block = text.next(); block != null; block = text.next()) {
        block.tell(counting);
      }
    }
    words += counting.words;
    if (vocabulary.size() == 0) {
      vocabulary = counting.table;
      return;
    }
    minReduce = Math.max(minReduce, counting.least);
    vocabulary.addAll(counting.table);
    if (vocabulary.size() > options.maxVocabSize) {
      vocabulary = vocabulary.atLeast(minReduce++);
    }
  }

  /** Counts words and pairs. As in gensim, rare ones are dropped between sentences. */
  private final class Counting implements TokenSink {
    private final PhraseLine line = line();
    private WordTable table = new WordTable();
    private long words;
    private long least = 1;

    @Override
    public void word(byte[] bytes, int from, int to, int hash) {
      line.add(bytes, from, to, hash);
    }

    @Override
    public void endOfLine() {
      int start = -1;
      for (int word = 0; word < line.size(); word++) {
        if (!line.connects(word)) {
          add(word, word);
          if (start >= 0) {
            add(start, word);
          }
          start = word;
        }
      }
      words += line.size();
      line.clear();
      if (table.size() > options.maxVocabSize) {
        table = table.atLeast(least++);
      }
    }

    private void add(int first, int last) {
      table.add(
          line.bytes(), line.start(first), line.end(last), line.hash(first, last), 1, table.size());
    }
  }

  @Override
  double score(PhraseLine line, int first, int last) {
    long a = count(line, first, first);
    long b = count(line, last, last);
    long ab = count(line, first, last);
    return a > 0 && b > 0 && ab > 0 ? score(a, b, ab) : Double.NaN;
  }

  private long count(PhraseLine line, int first, int last) {
    int word = line.find(vocabulary, first, last);
    return word < 0 ? 0 : vocabulary.count(word);
  }

  private double score(long a, long b, long ab) {
    double score = options.score(a, b, ab, vocabulary.size(), words);
    return score > options.threshold ? score : Double.NaN;
  }

  /** How many different words and pairs have been counted (gensim: {@code len(phrases.vocab)}). */
  public int size() {
    return vocabulary.size();
  }

  /**
   * How often a word, or a pair with the delimiter between, has been counted (gensim: {@code
   * phrases.vocab[word]}); 0 if never.
   */
  public long count(String word) {
    byte[] bytes = Given.notNull("phrases", "the word", word).getBytes(StandardCharsets.UTF_8);
    int number = find(bytes, 0, bytes.length);
    return number < 0 ? 0 : vocabulary.count(number);
  }

  private int find(byte[] bytes, int from, int to) {
    return vocabulary.find(bytes, from, to, WordTable.hash(bytes, from, to));
  }

  /** All phrases with their scores (gensim: {@code export_phrases}). */
  public Map<String, Double> exportPhrases() {
    return freeze().phrases();
  }

  /**
   * The phrases and their scores alone, which take little memory and never change (gensim: {@code
   * freeze}).
   */
  public FrozenPhrases freeze() {
    byte[] delimiter = options.delimiter.getBytes(StandardCharsets.UTF_8);
    var phrases = new WordTable();
    var scores = new ScoreList();
    for (int number = 0; number < vocabulary.size(); number++) {
      byte[] bytes = vocabulary.bytes(number);
      int end = indexOf(bytes, delimiter, 0, 1);
      if (end < 0) {
        continue;
      }
      int start = indexOf(bytes, delimiter, bytes.length - delimiter.length, -1) + delimiter.length;
      int a = find(bytes, 0, end);
      int b = find(bytes, start, bytes.length);
      double score =
          a < 0 || b < 0
              ? Double.NaN
              : score(vocabulary.count(a), vocabulary.count(b), vocabulary.count(number));
      if (!Double.isNaN(score)) {
        int hash = WordTable.hash(bytes, 0, bytes.length);
        scores.set(phrases.add(bytes, 0, bytes.length, hash, 1, 0), score);
      }
    }
    return new FrozenPhrases(options, phrases, scores);
  }

  /** Where a delimiter stands, looked for from a place in steps of 1 or -1; -1 if nowhere. */
  private static int indexOf(byte[] bytes, byte[] delimiter, int from, int step) {
    for (int at = from; at >= 0 && at + delimiter.length <= bytes.length; at += step) {
      int same = 0;
      while (same < delimiter.length && bytes[at + same] == delimiter[same]) {
        same++;
      }
      if (same == delimiter.length) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Writes options and counts as text, one word or pair a line; packed if the name ends in {@code
   * .gz}. The file appears under its name only when it is complete. gensim's own files are Python
   * pickles.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path) {
    PhraseFile.save(path, options, vocabulary, words, minReduce);
  }

  /**
   * What {@link #save} wrote.
   *
   * @throws gradus.tensor.io.FormatException if the file is something else, or damaged
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static Phrases load(Path path) {
    return PhraseFile.load(Given.notNull("phrases", "the path", path));
  }

  /** {@code Phrases(1234 words and pairs, minCount 5, threshold 10.0)}. */
  @Override
  public String toString() {
    return "Phrases(%d words and pairs, minCount %d, threshold %s)"
        .formatted(vocabulary.size(), options.minCount, options.threshold);
  }
}
