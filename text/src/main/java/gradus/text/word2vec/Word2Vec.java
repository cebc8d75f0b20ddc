package gradus.text.word2vec;

import gradus.tensor.Tensor;
import gradus.text.io.Given;
import gradus.text.vectors.Vocabulary;
import gradus.text.vectors.WordVectors;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Trains word vectors from sentences by word2vec's rule: words in the same company grow alike
 * (gensim's {@code Word2Vec}).
 *
 * <pre>{@code
 * var model = new Word2Vec().vectorSize(32).window(4).epochs(20).minCount(2).sg(true);
 * WordVectors vectors = model.train(sentences);
 * }</pre>
 *
 * <p>The settings bear gensim's names and defaults. With the same sentences, settings and seed the
 * result is the same, bit for bit.
 *
 * <p>Source: Mikolov et al., "Distributed Representations of Words and Phrases and their
 * Compositionality" (2013).
 */
public final class Word2Vec {

  private int vectorSize = 100;
  private int window = 5;
  private int minCount = 5;
  private int negative = 5;
  private int epochs = 5;
  private double alpha = 0.025;
  private double minAlpha = 0.0001;
  private double sample = 1e-3;
  private long seed = 1;
  private boolean skipGram;

  private Vocabulary vocabulary;
  private long[] counts;
  private NegativeSampling network;

  /** A trainer with gensim's defaults: 100 numbers a word, window 5, CBOW. */
  public Word2Vec() {}

  /** How many numbers a word gets (default 100). */
  public Word2Vec vectorSize(int vectorSize) {
    this.vectorSize = atLeast(1, "vectorSize", vectorSize);
    return this;
  }

  /** How far left and right the company of a word reaches (default 5). */
  public Word2Vec window(int window) {
    this.window = atLeast(1, "window", window);
    return this;
  }

  /** Words that occur less often are left out (default 5). */
  public Word2Vec minCount(int minCount) {
    this.minCount = atLeast(1, "minCount", minCount);
    return this;
  }

  /** How many random words each true neighbour is told from (default 5). */
  public Word2Vec negative(int negative) {
    this.negative = atLeast(1, "negative", negative);
    return this;
  }

  /** How many times the sentences are gone through (default 5). */
  public Word2Vec epochs(int epochs) {
    this.epochs = atLeast(1, "epochs", epochs);
    return this;
  }

  /** The learning rate at the beginning (default 0.025); it falls evenly to {@code minAlpha}. */
  public Word2Vec alpha(double alpha) {
    this.alpha = atLeastZero("alpha", alpha);
    return this;
  }

  /** The learning rate at the end (default 0.0001). */
  public Word2Vec minAlpha(double minAlpha) {
    this.minAlpha = atLeastZero("minAlpha", minAlpha);
    return this;
  }

  /**
   * How hard the most frequent words are thinned out (default 1e-3): a word with a share f of the
   * text is kept with probability {@code sqrt(sample / f) + sample / f}. 0 keeps all.
   */
  public Word2Vec sample(double sample) {
    this.sample = atLeastZero("sample", sample);
    return this;
  }

  /** The seed of all chance: first values, windows, negatives, thinning (default 1). */
  public Word2Vec seed(long seed) {
    this.seed = seed;
    return this;
  }

  /** True: skip-gram, a word predicts its company. False (default): CBOW, the reverse. */
  public Word2Vec sg(boolean skipGram) {
    this.skipGram = skipGram;
    return this;
  }

  /**
   * Counts the words and gives each a random vector; {@link #train} does this by itself if it has
   * not been done (gensim's {@code build_vocab}).
   *
   * @param sentences lists of words
   * @return the random vectors, words by falling frequency; of those as frequent the one that the
   *     sentences begin with later comes first, as in gensim 4
   * @throws IllegalArgumentException if no word occurs {@code minCount} times, or one is null
   */
  public WordVectors buildVocab(Collection<? extends List<String>> sentences) {
    var found = new LinkedHashMap<String, Long>();
    for (List<String> sentence : sentences) {
      for (String word : sentence) {
        found.merge(Given.notNull("word2vec", "a word of the sentences", word), 1L, Long::sum);
      }
    }
    // gensim turns the order of rising frequency round, and with it that of equals.
    List<Map.Entry<String, Long>> kept =
        found.entrySet().stream()
            .filter(entry -> entry.getValue() >= minCount)
            .sorted(Map.Entry.comparingByValue())
            .toList()
            .reversed();
    if (kept.isEmpty()) {
      throw new IllegalArgumentException(
          "word2vec: none of %d different words occurs %d times. Lower minCount or give more text."
              .formatted(found.size(), minCount));
    }
    vocabulary = Vocabulary.of(kept.stream().map(Map.Entry::getKey).toList());
    counts = kept.stream().mapToLong(Map.Entry::getValue).toArray();
    network = new NegativeSampling(counts, vectorSize, window, negative, skipGram, seed);
    return vectors();
  }

  /** How often a word of the vocabulary occurs in the sentences. */
  public long count(String word) {
    return counts[built().indexOf(word)];
  }

  /** Trains without telling of the progress; see {@link #train(Collection, TrainingProgress)}. */
  public WordVectors train(Collection<? extends List<String>> sentences) {
    return train(sentences, TrainingProgress.silent());
  }

  /**
   * Goes through the sentences {@code epochs} times and moves the vectors.
   *
   * @param sentences lists of words; unknown and rare words are skipped
   * @param progress hears of the progress about a hundred times per epoch
   * @return the trained vectors, words by falling frequency
   */
  public WordVectors train(
      Collection<? extends List<String>> sentences, TrainingProgress progress) {
    if (vocabulary == null) {
      buildVocab(sentences);
    }
    int[][] encoded = sentences.stream().map(this::encode).toArray(int[][]::new);
    network.train(encoded, epochs, alpha, minAlpha, sample, progress);
    return vectors();
  }

  /** The vectors as they are now, as a copy. */
  public WordVectors vectors() {
    Vocabulary words = built();
    return WordVectors.of(
        words.words(), Tensor.fromArray(network.vectors().clone(), words.size(), vectorSize));
  }

  private Vocabulary built() {
    if (vocabulary == null) {
      throw new IllegalStateException(
          "word2vec: there are no words yet. Call buildVocab or train.");
    }
    return vocabulary;
  }

  private int[] encode(List<String> sentence) {
    return sentence.stream()
        .map(vocabulary::find)
        .filter(OptionalInt::isPresent)
        .mapToInt(OptionalInt::getAsInt)
        .toArray();
  }

  private static int atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "word2vec: %s is %d. It must be at least %d.".formatted(name, value, least));
    }
    return value;
  }

  private static double atLeastZero(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "word2vec: %s is %s. It must be a number of at least 0.".formatted(name, value));
    }
    return value;
  }
}
