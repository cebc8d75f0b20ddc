package gradus.text.word2vec;

import static gradus.text.training.OptionChecks.atLeast;
import static gradus.text.training.OptionChecks.atLeastZero;

import gradus.text.io.Given;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Options of {@link Word2Vec} by name; what is not said keeps gensim's default.
 *
 * <pre>{@code
 * new Word2Vec(o -> o.vectorSize(100).window(5).sg(true).sample(1e-4).workers(2));
 * }</pre>
 */
public final class Word2VecOptions {

  int vectorSize = 100;
  int window = 5;
  boolean shrinkWindows = true;
  int minCount = 5;
  int maxVocabSize;
  int maxFinalVocab;
  int negative = 5;
  double nsExponent = 0.75;
  boolean hs;
  boolean skipGram;
  boolean cbowMean = true;
  double sample = 1e-3;
  double alpha = 0.025;
  double minAlpha = 0.0001;
  int epochs = 5;
  int workers = 1;
  long seed = 1;
  Optional<Path> checkpoint = Optional.empty();

  Word2VecOptions() {}

  /** How many numbers a word gets (default 100). */
  public Word2VecOptions vectorSize(int vectorSize) {
    this.vectorSize = atLeast("word2vec", 1, "vectorSize", vectorSize);
    return this;
  }

  /** How far left and right the company of a word reaches (default 5). */
  public Word2VecOptions window(int window) {
    this.window = atLeast("word2vec", 1, "window", window);
    return this;
  }

  /**
   * Whether the window of each word is drawn from 1 to {@code window}, so that near words weigh
   * more (default true; gensim's {@code shrink_windows}).
   */
  public Word2VecOptions shrinkWindows(boolean shrinkWindows) {
    this.shrinkWindows = shrinkWindows;
    return this;
  }

  /** Words that occur less often are left out (default 5). */
  public Word2VecOptions minCount(int minCount) {
    this.minCount = atLeast("word2vec", 1, "minCount", minCount);
    return this;
  }

  /**
   * While words are counted, the rarest are dropped when there are more different ones; 0 (default)
   * for no limit. Some ten million take a gigabyte.
   */
  public Word2VecOptions maxVocabSize(int maxVocabSize) {
    this.maxVocabSize = atLeast("word2vec", 0, "maxVocabSize", maxVocabSize);
    return this;
  }

  /** So many of the most frequent words get a vector at most; 0 (default) for no limit. */
  public Word2VecOptions maxFinalVocab(int maxFinalVocab) {
    this.maxFinalVocab = atLeast("word2vec", 0, "maxFinalVocab", maxFinalVocab);
    return this;
  }

  /**
   * How many random words each true neighbour is told from (default 5); 0 for none, with {@link
   * #hs}.
   */
  public Word2VecOptions negative(int negative) {
    this.negative = atLeast("word2vec", 0, "negative", negative);
    return this;
  }

  /**
   * The power of a word's count by which it is drawn as a negative (default 0.75): 1 draws as the
   * text has them, 0 all alike, below 0 rare ones rather.
   */
  public Word2VecOptions nsExponent(double nsExponent) {
    if (!Double.isFinite(nsExponent)) {
      throw new IllegalArgumentException(
          "word2vec: nsExponent is %s. It must be a number.".formatted(nsExponent));
    }
    this.nsExponent = nsExponent;
    return this;
  }

  /**
   * Whether words are predicted by hierarchical softmax, turn by turn down a Huffman tree (default
   * false). Negatives are drawn as well unless {@code negative(0)} is said.
   */
  public Word2VecOptions hs(boolean hs) {
    this.hs = hs;
    return this;
  }

  /** True: skip-gram, a word predicts its company. False (default): CBOW, the reverse. */
  public Word2VecOptions sg(boolean skipGram) {
    this.skipGram = skipGram;
    return this;
  }

  /** Whether CBOW takes the mean of the company (default true) or its sum. */
  public Word2VecOptions cbowMean(boolean cbowMean) {
    this.cbowMean = cbowMean;
    return this;
  }

  /**
   * How hard the most frequent words are thinned out (default 1e-3): a word with a share f of the
   * text is kept with probability {@code sqrt(sample / f) + sample / f}. 0 keeps all.
   */
  public Word2VecOptions sample(double sample) {
    this.sample = atLeastZero("word2vec", "sample", sample);
    return this;
  }

  /** The learning rate at the beginning (default 0.025); it falls evenly to {@code minAlpha}. */
  public Word2VecOptions alpha(double alpha) {
    this.alpha = atLeastZero("word2vec", "alpha", alpha);
    return this;
  }

  /** The learning rate at the end (default 0.0001). */
  public Word2VecOptions minAlpha(double minAlpha) {
    this.minAlpha = atLeastZero("word2vec", "minAlpha", minAlpha);
    return this;
  }

  /** How many times the corpus is gone through (default 5). */
  public Word2VecOptions epochs(int epochs) {
    this.epochs = atLeast("word2vec", 1, "epochs", epochs);
    return this;
  }

  /**
   * How many threads train (default 1). One gives the same vectors each time, bit for bit. Several
   * move the same table without waiting for each other, and what they lose is little, but differs
   * each time.
   */
  public Word2VecOptions workers(int workers) {
    this.workers = atLeast("word2vec", 1, "workers", workers);
    return this;
  }

  /** The seed of all chance: first values, windows, negatives, thinning (default 1). */
  public Word2VecOptions seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Where the whole model is saved when the thread that trains is interrupted, and after a pass
   * when ten minutes have gone by: {@link Word2Vec#load} and {@link Word2Vec#resume} go on from
   * there.
   */
  public Word2VecOptions checkpoint(Path path) {
    this.checkpoint = Optional.of(Given.notNull("word2vec", "the checkpoint", path));
    return this;
  }

  /** Refuses what does not go together. */
  void check() {
    if (negative == 0 && !hs) {
      throw new IllegalArgumentException(
          "word2vec: negative is 0 and hs is false, so there is nothing to learn. Say negative(5) or hs(true).");
    }
    if (minAlpha > alpha) {
      throw new IllegalArgumentException(
          "word2vec: alpha is %s and minAlpha %s. The rate falls from alpha to minAlpha."
              .formatted(alpha, minAlpha));
    }
  }
}
