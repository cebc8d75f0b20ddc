package gradus.text.fasttext;

import static gradus.text.training.OptionChecks.atLeast;
import static gradus.text.training.OptionChecks.atLeastZero;

import gradus.text.io.Given;
import gradus.text.vectors.WordVectors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Options of a training by name; what is not said keeps fastText's default.
 *
 * <pre>{@code
 * FastText.trainUnsupervised(corpus, o -> o.model("cbow").dim(300).minn(2).maxn(5));
 * FastText.trainSupervised(corpus, o -> o.epoch(25).lr(1.0).wordNgrams(2).loss("hs"));
 * }</pre>
 */
public final class FastTextOptions {

  private static final List<String> MODELS = List.of("cbow", "skipgram", "supervised");
  private static final List<String> LOSSES = List.of("hs", "ns", "softmax", "ova");

  String model;
  String loss;
  String label = "__label__";
  double lr;
  int lrUpdateRate = 100;
  int dim = 100;
  int ws = 5;
  int epoch = 5;
  int minCount;
  int minCountLabel;
  int neg = 5;
  int wordNgrams = 1;
  int bucket = 2_000_000;
  int minn;
  int maxn;
  double t = 1e-4;
  int thread = 1;
  long seed;
  Optional<Path> checkpoint = Optional.empty();
  Optional<WordVectors> pretrainedVectors = Optional.empty();

  private FastTextOptions(String model, String loss, double lr, int minCount, int minn, int maxn) {
    this.model = model;
    this.loss = loss;
    this.lr = lr;
    this.minCount = minCount;
    this.minn = minn;
    this.maxn = maxn;
  }

  static FastTextOptions unsupervised() {
    return new FastTextOptions("skipgram", "ns", 0.05, 5, 3, 6);
  }

  static FastTextOptions supervised() {
    return new FastTextOptions("supervised", "softmax", 0.1, 1, 0, 0);
  }

  /** {@code skipgram} (default): a word predicts its company; {@code cbow}: the reverse. */
  public FastTextOptions model(String model) {
    if (isSupervised() || !MODELS.subList(0, 2).contains(model)) {
      throw new IllegalArgumentException(
          "fasttext: model \"%s\" is not to be had here. trainUnsupervised has %s; labels are learnt by trainSupervised."
              .formatted(model, String.join(", ", MODELS.subList(0, 2))));
    }
    this.model = model;
    return this;
  }

  /**
   * {@code ns}, negative sampling (default without labels); {@code softmax} (default with labels);
   * {@code hs}, hierarchical softmax; {@code ova}, each label for itself.
   */
  public FastTextOptions loss(String loss) {
    if (!LOSSES.contains(loss)) {
      throw new IllegalArgumentException(
          "fasttext: there is no loss \"%s\". It has %s."
              .formatted(loss, String.join(", ", LOSSES)));
    }
    this.loss = loss;
    return this;
  }

  /** What a label begins with (default {@code __label__}). */
  public FastTextOptions label(String prefix) {
    this.label = Given.notNull("fasttext", "the prefix of labels", prefix);
    return this;
  }

  /** The learning rate at the beginning (default 0.05, with labels 0.1); it falls evenly to 0. */
  public FastTextOptions lr(double lr) {
    this.lr = atLeastZero("fasttext", "lr", lr);
    return this;
  }

  /** Noted in the model's file only: the rate is changed with each sentence. */
  public FastTextOptions lrUpdateRate(int lrUpdateRate) {
    this.lrUpdateRate = atLeast("fasttext", 1, "lrUpdateRate", lrUpdateRate);
    return this;
  }

  /** How many numbers a word gets (default 100). */
  public FastTextOptions dim(int dim) {
    this.dim = atLeast("fasttext", 1, "dim", dim);
    return this;
  }

  /** How far left and right the company of a word reaches (default 5). */
  public FastTextOptions ws(int ws) {
    this.ws = atLeast("fasttext", 1, "ws", ws);
    return this;
  }

  /** How many times the corpus is gone through (default 5). */
  public FastTextOptions epoch(int epoch) {
    this.epoch = atLeast("fasttext", 1, "epoch", epoch);
    return this;
  }

  /** Words that occur less often have no row of their own (default 5, with labels 1). */
  public FastTextOptions minCount(int minCount) {
    this.minCount = atLeast("fasttext", 1, "minCount", minCount);
    return this;
  }

  /** Labels that occur less often are left out (default 0). */
  public FastTextOptions minCountLabel(int minCountLabel) {
    this.minCountLabel = atLeast("fasttext", 0, "minCountLabel", minCountLabel);
    return this;
  }

  /** How many random words each true one is told from (default 5). */
  public FastTextOptions neg(int neg) {
    this.neg = atLeast("fasttext", 1, "neg", neg);
    return this;
  }

  /** Up to how many words in a row count as a feature of a text with labels (default 1). */
  public FastTextOptions wordNgrams(int wordNgrams) {
    this.wordNgrams = atLeast("fasttext", 1, "wordNgrams", wordNgrams);
    return this;
  }

  /** How many rows the n-grams share (default 2,000,000). */
  public FastTextOptions bucket(int bucket) {
    this.bucket = atLeast("fasttext", 0, "bucket", bucket);
    return this;
  }

  /** The letters of the shortest n-gram (default 3, with labels 0). */
  public FastTextOptions minn(int minn) {
    this.minn = atLeast("fasttext", 0, "minn", minn);
    return this;
  }

  /** The letters of the longest n-gram (default 6, with labels 0); 0 for no n-grams. */
  public FastTextOptions maxn(int maxn) {
    this.maxn = atLeast("fasttext", 0, "maxn", maxn);
    return this;
  }

  /** How hard the most frequent words are thinned out (default 1e-4); 0 keeps all. */
  public FastTextOptions t(double t) {
    this.t = atLeastZero("fasttext", "t", t);
    return this;
  }

  /**
   * How many threads train (default 1). One gives the same model each time, bit for bit; several
   * move the same tables without waiting for each other.
   */
  public FastTextOptions thread(int thread) {
    this.thread = atLeast("fasttext", 1, "thread", thread);
    return this;
  }

  /** The seed of all chance (default 0). */
  public FastTextOptions seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Where the state is saved when the thread that trains is interrupted, and after a pass when ten
   * minutes have gone by: {@link FastText#resumeTraining} goes on from there.
   */
  public FastTextOptions checkpoint(Path path) {
    this.checkpoint = Optional.of(Given.notNull("fasttext", "the checkpoint", path));
    return this;
  }

  /** Vectors that words of the corpus begin with instead of random ones, [words, dim]. */
  public FastTextOptions pretrainedVectors(WordVectors vectors) {
    this.pretrainedVectors =
        Optional.of(Given.notNull("fasttext", "the pretrained vectors", vectors));
    return this;
  }

  boolean isSupervised() {
    return model.equals("supervised");
  }

  /** Refuses what does not go together, and takes rows away that nothing uses, as fastText does. */
  void check() {
    if (maxn > 0 && minn > maxn) {
      throw new IllegalArgumentException(
          "fasttext: minn is %d and maxn %d. The shortest n-gram is not longer than the longest."
              .formatted(minn, maxn));
    }
    if (maxn == 0 && (!isSupervised() || wordNgrams <= 1)) {
      bucket = 0;
    }
    if (pretrainedVectors.isPresent() && pretrainedVectors.get().vectorSize() != dim) {
      throw new IllegalArgumentException(
          "fasttext: the pretrained vectors have %d numbers and dim is %d. Say dim(%d)."
              .formatted(
                  pretrainedVectors.get().vectorSize(), dim, pretrainedVectors.get().vectorSize()));
    }
  }

  /** What a model's file begins with. */
  FastTextArgs args() {
    return new FastTextArgs(
        FastTextArgs.VERSION,
        dim,
        ws,
        epoch,
        minCount,
        neg,
        wordNgrams,
        1 + LOSSES.indexOf(loss),
        1 + MODELS.indexOf(model),
        bucket,
        minn,
        maxn,
        lrUpdateRate,
        t);
  }
}
