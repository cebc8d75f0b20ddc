package gradus.text.glove;

import static gradus.text.training.OptionChecks.atLeast;

import gradus.text.io.Given;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Options of {@link Glove} by name; what is not said keeps its default.
 *
 * <pre>{@code
 * new Glove(o -> o.vectorSize(100).window(10).xMax(10).epochs(15));
 * }</pre>
 *
 * <p>Names are gensim's where gensim has one, else those of Stanford's programs. Defaults are those
 * of Stanford's programs, save {@code vectorSize} and {@code minCount}, which are gensim's.
 */
public final class GloveOptions {

  private static final int LEAST_MEMORY = 16;
  private static final int MOST_MEMORY = 512;

  int vectorSize = 100;
  int window = 15;
  boolean symmetric = true;
  int minCount = 5;
  int maxVocabSize;
  double xMax = 100;
  double power = 0.75;
  double eta = 0.05;
  int epochs = 25;
  int model = 2;
  int memory = Math.clamp(Runtime.getRuntime().maxMemory() / 4 >> 20, LEAST_MEMORY, MOST_MEMORY);
  long seed = 1;
  int workers = Runtime.getRuntime().availableProcessors();

  Optional<Path> checkpoint = Optional.empty();

  GloveOptions() {}

  /** How many numbers a word gets (default 100). */
  public GloveOptions vectorSize(int vectorSize) {
    this.vectorSize = atLeast("glove", 1, "vectorSize", vectorSize);
    return this;
  }

  /** How far left and right the company of a word reaches (default 15). */
  public GloveOptions window(int window) {
    this.window = atLeast("glove", 1, "window", window);
    return this;
  }

  /**
   * Whether the words on the right of a word count as its company too (default true), or those on
   * the left are words and those on the right contexts.
   */
  public GloveOptions symmetric(boolean symmetric) {
    this.symmetric = symmetric;
    return this;
  }

  /** Words that occur less often are left out (default 5). */
  public GloveOptions minCount(int minCount) {
    this.minCount = atLeast("glove", 1, "minCount", minCount);
    return this;
  }

  /**
   * How many different words are counted at a time: when there are more, the rarest are dropped
   * (default 0: no limit). Bounds the memory of a text with very many words.
   */
  public GloveOptions maxVocabSize(int maxVocabSize) {
    this.maxVocabSize = atLeast("glove", 0, "maxVocabSize", maxVocabSize);
    return this;
  }

  /**
   * From which count on a pair has the full weight of 1 (default 100; {@code x-max}). For a text of
   * some ten million words 10 is better.
   */
  public GloveOptions xMax(double xMax) {
    this.xMax = aboveZero("xMax", xMax);
    return this;
  }

  /**
   * A count below {@code xMax} weighs {@code (count / xMax)^power} (default 0.75; {@code alpha}).
   */
  public GloveOptions power(double power) {
    if (!(power >= 0 && power < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "glove: power is %s. It must be a number of at least 0.".formatted(power));
    }
    this.power = power;
    return this;
  }

  /**
   * The learning rate of vectors, which AdaGrad divides (default 0.05). That of biases is 1, as in
   * Stanford's program.
   */
  public GloveOptions eta(double eta) {
    this.eta = aboveZero("eta", eta);
    return this;
  }

  /** How many times the pairs are gone through (default 25; {@code iter}). */
  public GloveOptions epochs(int epochs) {
    this.epochs = atLeast("glove", 1, "epochs", epochs);
    return this;
  }

  /**
   * What the result holds: 2, the sum of a word's vector and its vector as a context (default); 1,
   * the vector alone; 0, both one after the other, each with its bias.
   */
  public GloveOptions model(int model) {
    if (model < 0 || model > 2) {
      throw new IllegalArgumentException(
          "glove: model is %d. Valid are 0 (all), 1 (word vectors) and 2 (sums).".formatted(model));
    }
    this.model = model;
    return this;
  }

  /**
   * How many megabytes counting may take besides the vocabulary (default 512, or a quarter of the
   * heap if that is less; {@code memory} of {@code cooccur}, which is in gigabytes). What does not
   * fit goes to a temporary file; the result is the same.
   */
  public GloveOptions memory(int megabytes) {
    this.memory = atLeast("glove", LEAST_MEMORY, "memory", megabytes);
    return this;
  }

  /** The seed of all chance: first values and the order of pairs (default 1). */
  public GloveOptions seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * How many threads count and train (default: as many as there are processors). The result is the
   * same, bit for bit.
   */
  public GloveOptions workers(int workers) {
    this.workers = atLeast("glove", 1, "workers", workers);
    return this;
  }

  /**
   * Where the whole model is saved when the thread that trains is interrupted, and after a pass
   * when ten minutes have gone by: {@link Glove#load} and {@link Glove#resume} go on from there.
   */
  public GloveOptions checkpoint(Path path) {
    this.checkpoint = Optional.of(Given.notNull("glove", "the checkpoint", path));
    return this;
  }

  private static double aboveZero(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "glove: %s is %s. It must be a number above 0.".formatted(name, value));
    }
    return value;
  }
}
