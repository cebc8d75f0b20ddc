package gradus.text.word2vec;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.io.Given;
import gradus.text.training.EncodedCorpus;
import gradus.text.training.TrainedWords;
import gradus.text.training.TrainingRun;
import gradus.text.training.WordCounts;
import gradus.text.vectors.WordVectors;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Trains word vectors by word2vec's rule: words in the same company grow alike (gensim's {@code
 * Word2Vec}).
 *
 * <pre>{@code
 * var model = new Word2Vec(o -> o.vectorSize(100).sg(true).sample(1e-4).workers(2));
 * WordVectors vectors = model.train(Corpus.of(Path.of("wiki.txt.gz")));
 * vectors.mostSimilar("king", 5);
 * model.save(Path.of("wiki.safetensors"));          // with all that training goes on from
 * }</pre>
 *
 * <p>The options bear gensim's names and defaults, except {@code workers}: one thread, with which
 * the same corpus, options and seed give the same vectors, bit for bit. The corpus may be of any
 * size; in memory are the words and two tables.
 *
 * <p>gensim's own files are Python pickles and are not read; {@code save_word2vec_format} of gensim
 * writes what {@link WordVectors#load(Path)} reads, and {@link WordVectors#save} writes what gensim
 * reads.
 *
 * <p>Source: Mikolov et al., "Distributed Representations of Words and Phrases and their
 * Compositionality" (2013).
 */
public final class Word2Vec {

  private final Word2VecOptions options;
  private TrainedWords vocabulary;
  private WordNetwork network;
  private TrainingRun.Position position = TrainingRun.Position.START;
  private boolean fresh;

  /** A trainer with gensim's defaults: 100 numbers a word, window 5, CBOW. */
  public Word2Vec() {
    this(o -> {});
  }

  /** A trainer with options by name: {@code new Word2Vec(o -> o.sg(true).window(10))}. */
  public Word2Vec(Consumer<Word2VecOptions> options) {
    this.options = new Word2VecOptions();
    Given.notNull("word2vec", "options", options).accept(this.options);
    this.options.check();
  }

  /** A model as a file has it. */
  Word2Vec(
      Word2VecOptions options,
      TrainedWords vocabulary,
      WordNetwork network,
      TrainingRun.Position position) {
    this.options = options;
    this.vocabulary = vocabulary;
    this.network = network;
    this.position = position;
  }

  /**
   * Counts the words and gives each a random vector; {@link #train} does this by itself if it has
   * not been done (gensim's {@code build_vocab}).
   *
   * @return the random vectors, words by falling frequency; of those as frequent the one that the
   *     corpus begins with later comes first, as in gensim 4
   * @throws IllegalArgumentException if no word occurs {@code minCount} times
   */
  public WordVectors buildVocab(Corpus corpus) {
    begin(corpus, TrainingProgress.silent());
    return vectors();
  }

  private void begin(Corpus corpus, TrainingProgress progress) {
    vocabulary = words(corpus, progress);
    network =
        new WordNetwork(vocabulary.size(), options.vectorSize, options.negative > 0, options.hs);
    network.draw(0, options.seed);
    fresh = true;
    position = TrainingRun.Position.START;
  }

  /** The counts of all words are gone when the tables are made. */
  private TrainedWords words(Corpus corpus, TrainingProgress progress) {
    WordCounts counts = count(corpus, progress);
    var kept = TrainedWords.of("word2vec", counts, options.minCount, options.maxFinalVocab);
    progress.counted(counts.words(), counts.table().size(), kept.size());
    return kept;
  }

  private WordCounts count(Corpus corpus, TrainingProgress progress) {
    Given.notNull("word2vec", "the progress", progress);
    return WordCounts.of(
        Given.notNull("word2vec", "the corpus", corpus), options.workers, options.maxVocabSize);
  }

  /**
   * Adds the words of another corpus that occur {@code minCount} times in it and have no vector
   * yet, with random vectors, behind those that are there; its counts are added to theirs (gensim's
   * {@code build_vocab(update=True)}). {@link #train} then goes on with all.
   *
   * @throws IllegalStateException if nothing is there yet, or the model has {@code hs}, whose tree
   *     would be another
   */
  public WordVectors updateVocab(Corpus corpus) {
    built();
    if (options.hs) {
      throw new IllegalStateException(
          "word2vec: with hs(true) the words are leaves of a tree, and new ones would make another. Train anew, or with negative sampling only.");
    }
    WordCounts counts = count(corpus, TrainingProgress.silent());
    vocabulary = vocabulary.and(counts, options.minCount);
    network = network.grown(vocabulary.size(), options.seed);
    fresh = false;
    position = TrainingRun.Position.START;
    return vectors();
  }

  /** How often a word of the vocabulary occurs in the corpus. */
  public long count(String word) {
    built();
    return vocabulary.count("word2vec", word);
  }

  /**
   * Trains without telling of the progress; see {@link #train(Corpus, TrainingProgress)}.
   *
   * @return the trained vectors
   */
  public WordVectors train(Corpus corpus) {
    return train(corpus, TrainingProgress.silent());
  }

  /**
   * Goes through a corpus {@code epochs} times and moves the vectors. A model that was trained
   * before goes on from where it is, with the learning rate from its beginning.
   *
   * <p>When the thread is interrupted, it ends soon: the vectors are those reached, the {@link
   * Word2VecOptions#checkpoint} is written, and {@link #resume} goes on.
   *
   * @param corpus words without a vector are skipped
   * @param progress hears of the progress
   * @return the trained vectors, words by falling frequency
   * @throws IllegalStateException if the numbers grow beyond all bounds; the vectors are then those
   *     it began with, or of a pass of the last ten minutes
   * @throws CancellationException if the thread was interrupted
   */
  public WordVectors train(Corpus corpus, TrainingProgress progress) {
    if (vocabulary == null) {
      begin(corpus, progress);
    }
    position = TrainingRun.Position.START;
    return resume(corpus, progress);
  }

  /** Goes on with a training; see {@link #resume(Corpus, TrainingProgress)}. */
  public WordVectors resume(Corpus corpus) {
    return resume(corpus, TrainingProgress.silent());
  }

  /**
   * Goes on with a training that was interrupted, after {@link #load} or in the same program, and
   * with one worker ends with the same vectors as if it had not been, bit for bit. A training that
   * has come to its end stays as it is.
   *
   * @param corpus the corpus that was trained on
   */
  public WordVectors resume(Corpus corpus, TrainingProgress progress) {
    built();
    Given.notNull("word2vec", "the progress", progress);
    try (EncodedCorpus encoded =
        EncodedCorpus.of(
            Given.notNull("word2vec", "the corpus", corpus),
            vocabulary.table(),
            EncodedCorpus.LONGEST_SENTENCE,
            -1,
            options.workers)) {
      check(encoded);
      run(encoded, progress);
    }
    return vectors();
  }

  private void check(EncodedCorpus encoded) {
    if (encoded.words() == 0) {
      throw new IllegalArgumentException(
          "word2vec: none of the %,d words that have a vector stands in the corpus now. Sentences that a program gives must begin anew each time they are asked for."
              .formatted(vocabulary.size()));
    }
    if (position.job() > encoded.jobs()) {
      throw new IllegalArgumentException(
          "word2vec: the training stopped at job %d of a corpus, but this one has only %d. Resume with the corpus that was trained on."
              .formatted(position.job(), encoded.jobs()));
    }
  }

  private void run(EncodedCorpus encoded, TrainingProgress progress) {
    var shared = WindowLearner.Shared.of(network, options, vocabulary.table().counts());
    var plan =
        new TrainingRun.Plan(
            "word2vec",
            options.epochs,
            options.workers,
            options.seed,
            options.alpha,
            options.minAlpha);
    new TrainingRun(encoded, plan, _ -> new WindowLearner(shared), progress)
        .run(position, new InTraining());
  }

  /** What the training sees of this model. */
  private final class InTraining implements TrainingRun.Model {
    @Override
    public float[][] tables() {
      return new float[][] {network.in, network.out, network.nodes};
    }

    @Override
    public boolean isFresh() {
      return fresh;
    }

    @Override
    public void draw() {
      network.draw(0, options.seed);
      fresh = true;
    }

    @Override
    public void reached(TrainingRun.Position now, boolean save) {
      position = now;
      fresh = false;
      if (save) {
        options.checkpoint.ifPresent(Word2Vec.this::save);
      }
    }
  }

  /** The vectors as they are now, as a copy. */
  public WordVectors vectors() {
    built();
    return WordVectors.of(vocabulary.words(), network.rows(network.in).clone());
  }

  private void built() {
    if (vocabulary == null) {
      throw new IllegalStateException(
          "word2vec: there are no words yet. Call buildVocab or train.");
    }
  }

  /**
   * Writes the whole model: words, counts, all tables, options, and how far the training has come.
   * The file is in the format safetensors, and appears under its name only when it is complete.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path) {
    built();
    Word2VecFile.save(path, options, vocabulary.table(), network, position);
  }

  /**
   * The model that {@link #save} wrote.
   *
   * @throws gradus.tensor.io.FormatException if the file is none, or damaged
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static Word2Vec load(Path path) {
    return load(path, o -> {});
  }

  /**
   * The same with some other options: {@code Word2Vec.load(path, o -> o.workers(2).epochs(10))}.
   * Those that make the tables, such as {@code vectorSize}, must stay as they are.
   */
  public static Word2Vec load(Path path, Consumer<Word2VecOptions> changes) {
    return Word2VecFile.load(
        Given.notNull("word2vec", "the path", path),
        Given.notNull("word2vec", "the changes", changes));
  }
}
