package gradus.text.fasttext;

import gradus.tensor.Tensor;
import gradus.tensor.io.Heap;
import gradus.tensor.io.LoadProgress;
import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.io.ByteSource;
import gradus.text.io.Given;
import gradus.text.io.LittleEndianOutput;
import gradus.text.io.NewFile;
import gradus.text.vectors.ScoredWord;
import gradus.text.vectors.WordVectors;
import java.nio.file.Path;
import java.util.List;
import java.util.StringTokenizer;
import java.util.function.Consumer;

/**
 * A fastText model: vectors for any word, also those it has never seen, from their n-grams; and,
 * where it was trained with labels, the labels of a text (gensim's and fastText's {@code
 * FastText}).
 *
 * <pre>{@code
 * FastText model = FastText.load(Path.of("cc.en.300.bin"));
 * Tensor vector = model.get("unforgettableness");      // [300], though no text had the word
 * model.wordVectors().mostSimilar("king", 5);
 * FastText languages = FastText.load(Path.of("lid.176.ftz"));
 * languages.predict("Bonjour tout le monde", 1);       // [__label__fr 0.99]
 * }</pre>
 *
 * <p>All numbers are those that the fastText program gives. Instances never change and may be
 * shared between threads.
 */
public final class FastText {

  private final FastTextArgs args;
  private final FastTextDictionary dictionary;
  private final FastTextMatrix input;
  private final boolean quantisedOutput;
  private final FastTextMatrix output;
  private final FastTextLabels labels;

  FastText(
      FastTextArgs args,
      FastTextDictionary dictionary,
      FastTextMatrix input,
      boolean quantisedOutput,
      FastTextMatrix output) {
    this.args = args;
    this.dictionary = dictionary;
    this.input = input;
    this.quantisedOutput = quantisedOutput;
    this.output = output;
    this.labels = args.supervised() ? new FastTextLabels(args, dictionary, output) : null;
  }

  /**
   * Trains without telling of the progress; see {@link #trainUnsupervised(Corpus, Consumer,
   * TrainingProgress)}.
   */
  public static FastText trainUnsupervised(Corpus corpus, Consumer<FastTextOptions> options) {
    return trainUnsupervised(corpus, options, TrainingProgress.silent());
  }

  /**
   * A model of the words of a text (fastText's {@code train_unsupervised}): words in the same
   * company grow alike, and so do words of the same n-grams.
   *
   * <pre>{@code
   * FastText model = FastText.trainUnsupervised(corpus, o -> o.dim(100).thread(2));
   * model.save(Path.of("wiki.bin"));                  // which the fastText program reads too
   * }</pre>
   *
   * <p>When the thread is interrupted, it ends soon, and writes the {@link
   * FastTextOptions#checkpoint}.
   *
   * @param options by fastText's names; what is not said keeps its default
   * @param progress hears of the progress
   * @throws IllegalArgumentException if no word occurs {@code minCount} times
   * @throws IllegalStateException if the numbers grow beyond all bounds
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public static FastText trainUnsupervised(
      Corpus corpus, Consumer<FastTextOptions> options, TrainingProgress progress) {
    return FastTextTrainer.train(corpus, FastTextOptions.unsupervised(), options, progress);
  }

  /**
   * Trains without telling of the progress; see {@link #trainSupervised(Corpus, Consumer,
   * TrainingProgress)}.
   */
  public static FastText trainSupervised(Corpus corpus, Consumer<FastTextOptions> options) {
    return trainSupervised(corpus, options, TrainingProgress.silent());
  }

  /**
   * A model that labels texts (fastText's {@code train_supervised}), from lines that hold their
   * labels among their words: {@code __label__food __label__baking how to bake bread}.
   *
   * <pre>{@code
   * FastText model = FastText.trainSupervised(corpus, o -> o.epoch(25).lr(1.0).wordNgrams(2));
   * model.predict("how long does bread keep", 1);
   * }</pre>
   *
   * @param options by fastText's names; what is not said keeps its default
   * @param progress hears of the progress
   * @throws IllegalArgumentException if there is no label
   */
  public static FastText trainSupervised(
      Corpus corpus, Consumer<FastTextOptions> options, TrainingProgress progress) {
    return FastTextTrainer.train(corpus, FastTextOptions.supervised(), options, progress);
  }

  /**
   * Goes on with a training that was interrupted; with one thread it ends with the same model as if
   * it had not been, bit for bit.
   *
   * @param checkpoint what {@link FastTextOptions#checkpoint} named
   * @param corpus the corpus that was trained on
   * @param changes options that are to be others, such as {@code o -> o.thread(2)}
   */
  public static FastText resumeTraining(
      Path checkpoint,
      Corpus corpus,
      Consumer<FastTextOptions> changes,
      TrainingProgress progress) {
    return FastTextTrainer.resume(checkpoint, corpus, changes, progress);
  }

  /** The model of a file; see {@link #load(Path, LoadProgress)}. */
  public static FastText load(Path path) {
    return load(path, LoadProgress.console());
  }

  /**
   * The model of a {@code .bin} or {@code .ftz} file (gensim's {@code load_facebook_model}), also
   * gzipped.
   *
   * @param path the file, as fastText of any version or gensim writes it
   * @param progress hears how far it has come
   * @throws gradus.tensor.io.FormatException if the file is no such model or damaged
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static FastText load(Path path, LoadProgress progress) {
    ByteSource source = ByteSource.of(path, progress);
    if (!FastTextReader.recognises(source.head())) {
      throw source.error(
          "byte 0",
          "the file does not begin as fastText's models do. Word vectors without a model are read by WordVectors.load.");
    }
    FastText model = Heap.reading(path, "its words", () -> FastTextReader.model(source));
    source.finished();
    return model;
  }

  /**
   * Whether a file is a model of fastText, {@code .bin} or {@code .ftz}, also gzipped: its first
   * bytes say so.
   *
   * @param path any file
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static boolean recognises(Path path) {
    Given.notNull("recognises", "the path", path);
    return FastTextReader.recognises(ByteSource.of(path, LoadProgress.silent()).head());
  }

  /**
   * Writes the model as it was read: the same bytes. The file appears under its name only when it
   * is complete.
   *
   * @param path the file; a name that ends in {@code .gz} packs it
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path) {
    NewFile.write(
        path,
        stream -> {
          LittleEndianOutput out = new LittleEndianOutput(stream);
          args.write(out);
          dictionary.write(out);
          if (args.version() > 0) {
            out.writeBoolean(input instanceof QuantMatrix);
          }
          input.write(out);
          if (args.version() > 0) {
            out.writeBoolean(quantisedOutput);
          }
          output.write(out);
        });
  }

  /** The words of the dictionary, in the order of the file. */
  public List<String> words() {
    return dictionary.words();
  }

  /** The labels, as they are written: {@code __label__fr}. None if the model has not learnt any. */
  public List<String> labels() {
    return dictionary.labels();
  }

  /** The length of a vector. */
  public int vectorSize() {
    return args.dim();
  }

  /** Whether the word, exactly so, is in the dictionary; {@link #get} has a vector for any. */
  public boolean contains(String word) {
    return dictionary.row(Given.notNull("contains", "the word", word)) >= 0;
  }

  /**
   * The vector of any word: the mean of its own, if it is in the dictionary, and those of its
   * n-grams (fastText's {@code get_word_vector}).
   *
   * @param word any word
   * @return [vectorSize]; zeros for an unknown word where the model has no n-grams
   */
  public Tensor get(String word) {
    Given.notNull("get", "the word", word);
    return Tensor.fromArray(dictionary.vector(word, input), args.dim());
  }

  /**
   * What a word's vector is the mean of (fastText's {@code print-ngrams}): the word, if it is in
   * the dictionary, and its n-grams, marked with &lt; where it begins and &gt; where it ends.
   */
  public List<Subword> subwords(String word) {
    return dictionary.grams(Given.notNull("subwords", "the word", word)).stream()
        .map(
            gram -> {
              float[] vector = new float[args.dim()];
              input.addRow(gram.row(), vector);
              return new Subword(gram.text(), Tensor.fromArray(vector, args.dim()));
            })
        .toList();
  }

  /**
   * A part of a word.
   *
   * @param text its letters
   * @param vector [vectorSize]; n-grams that fall into the same bucket share it
   */
  public record Subword(String text, Tensor vector) {}

  /** The words of the dictionary with their vectors, for questions about them. */
  public WordVectors wordVectors() {
    return wordVectors(Path.of("a fastText model"), Integer.MAX_VALUE);
  }

  WordVectors wordVectors(Path path, int limit) {
    return FastTextReader.table(path, dictionary, input, limit);
  }

  /**
   * The vector of a text (fastText's {@code get_sentence_vector}): the mean of its words' vectors,
   * each at length one; of a model with labels, the mean of the rows that {@link #predict} uses.
   *
   * @param text words parted by blanks; only the first line counts
   * @return [vectorSize]
   */
  public Tensor sentenceVector(String text) {
    Given.notNull("sentenceVector", "the text", text);
    if (args.supervised()) {
      return Tensor.fromArray(labels.features(text, input).mean(), args.dim());
    }
    float[] sum = new float[args.dim()];
    int count = 0;
    StringTokenizer tokens = FastTextLabels.tokens(text);
    while (tokens.hasMoreTokens()) {
      float[] vector = dictionary.vector(tokens.nextToken(), input);
      float square = 0;
      for (float value : vector) {
        square += value * value;
      }
      if (square > 0) {
        float factor = (float) (1.0 / (float) Math.sqrt(square));
        for (int i = 0; i < sum.length; i++) {
          sum[i] += vector[i] * factor;
        }
        count++;
      }
    }
    for (int i = 0; i < sum.length && count > 0; i++) {
      sum[i] *= (float) (1.0 / count);
    }
    return Tensor.fromArray(sum, args.dim());
  }

  /**
   * The likeliest labels of a text (fastText's {@code predict}).
   *
   * @param text words parted by blanks; only the first line counts
   * @param k how many labels at most
   * @return labels with their probabilities, best first. As in fastText they are 0.00001 too large;
   *     with the loss "ova" they do not sum to one
   * @throws IllegalStateException if the model was trained without labels
   */
  public List<ScoredWord> predict(String text, int k) {
    if (labels == null) {
      throw new IllegalStateException(
          "predict: this model (%s) was trained without labels. Only supervised models predict."
              .formatted(args));
    }
    if (k < 1) {
      throw new IllegalArgumentException("predict: %d labels. Ask for at least 1.".formatted(k));
    }
    return labels.predict(input, Given.notNull("predict", "the text", text), k);
  }

  /**
   * The likeliest labels of a text that are likely enough (fastText's {@code predict} with a
   * threshold).
   *
   * @param text words parted by blanks; only the first line counts
   * @param k how many labels at most
   * @param threshold labels less probable than that are left out; 0 for all
   * @return labels with their probabilities, best first
   * @throws IllegalStateException if the model was trained without labels
   */
  public List<ScoredWord> predict(String text, int k, double threshold) {
    return predict(text, k).stream()
        .filter(label -> threshold <= 0 || label.score() - FastTextLabels.ABOVE_ZERO >= threshold)
        .toList();
  }

  /** How well the model labels lines; see {@link #test(Corpus, int, double)}. */
  public LabelScore test(Corpus corpus, int k) {
    return test(corpus, k, 0);
  }

  /**
   * How well the model labels lines whose labels are known (fastText's {@code test}).
   *
   * @param corpus lines with their labels among their words
   * @param k how many labels are given to a line at most
   * @param threshold labels less probable than that are not given; 0 for all
   * @throws IllegalStateException if the model was trained without labels
   */
  public LabelScore test(Corpus corpus, int k, double threshold) {
    predict("", k); // refuses what cannot be asked
    return LabelScore.of(this, Given.notNull("test", "the corpus", corpus), k, threshold);
  }

  /** For example {@code FastText(skipgram, loss ns: 1263 words, 10 numbers each)}. */
  @Override
  public String toString() {
    String also = labels().isEmpty() ? "" : ", %d labels".formatted(labels().size());
    return "FastText(%s: %d words%s, %d numbers each)"
        .formatted(args, words().size(), also, args.dim());
  }
}
