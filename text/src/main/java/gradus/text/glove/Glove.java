package gradus.text.glove;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.io.Given;
import gradus.text.training.Crew;
import gradus.text.training.TrainedWords;
import gradus.text.training.TrainingRun;
import gradus.text.training.WordCounts;
import gradus.text.vectors.WordVectors;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Trains word vectors from counts of which words stand near each other (GloVe).
 *
 * <pre>{@code
 * var model = new Glove(o -> o.vectorSize(100).window(10).xMax(10).epochs(15));
 * WordVectors vectors = model.train(Corpus.of(Path.of("wiki.txt.gz")), TrainingProgress.console());
 * }</pre>
 *
 * <p>First every pair of words within {@code window} words of a line is counted, near ones more:
 * two words d apart count 1/d. Then two vectors and two biases per word, one of each for the word
 * as a context, are moved until {@code w·c + b + b'} is near the logarithm of the count of each
 * pair; the frequent pairs weigh more. What fits neither in {@code memory} nor into the cache lies
 * in temporary files.
 *
 * <p>With the same text, options and seed the result is the same, bit for bit, for any number of
 * threads.
 *
 * <p>Source: Pennington, Socher and Manning, "GloVe: Global Vectors for Word Representation"
 * (2014); counting and steps as in Stanford's programs {@code cooccur} and {@code glove}.
 */
public final class Glove {

  private final GloveOptions options;
  private TrainedWords vocabulary;
  private GloveTables tables;
  private TrainingRun.Position position = TrainingRun.Position.START;

  /** A trainer with the defaults of {@link GloveOptions}. */
  public Glove() {
    this(o -> {});
  }

  /**
   * A trainer with options by name: {@code new Glove(o -> o.window(10).epochs(15))}.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Glove(Consumer<GloveOptions> options) {
    this.options = new GloveOptions();
    Given.notNull("glove", "options", options).accept(this.options);
  }

  /** A model as a file has it. */
  Glove(
      GloveOptions options,
      TrainedWords vocabulary,
      GloveTables tables,
      TrainingRun.Position position) {
    this.options = options;
    this.vocabulary = vocabulary;
    this.tables = tables;
    this.position = position;
  }

  /**
   * Counts the words and gives each random vectors; {@link #train} does this by itself if it has
   * not been done (gensim's {@code build_vocab}).
   *
   * @return the random vectors, words by falling frequency
   * @throws IllegalArgumentException if no word occurs {@code minCount} times
   */
  public WordVectors buildVocab(Corpus corpus) {
    begin(corpus, TrainingProgress.silent());
    return vectors();
  }

  private void begin(Corpus corpus, TrainingProgress progress) {
    WordCounts counts = countWords(corpus, progress);
    vocabulary = TrainedWords.of("glove", counts, options.minCount, 0);
    tables = new GloveTables(vocabulary.size(), options.vectorSize, options.eta);
    tables.draw(0, options.seed);
    position = TrainingRun.Position.START;
    progress.counted(counts.words(), counts.table().size(), vocabulary.size());
  }

  private WordCounts countWords(Corpus corpus, TrainingProgress progress) {
    Given.notNull("glove", "the progress", progress);
    return WordCounts.of(
        Given.notNull("glove", "the corpus", corpus), options.workers, options.maxVocabSize);
  }

  /**
   * Adds the words of another corpus that occur {@code minCount} times in it and have no vector
   * yet, with random vectors, behind those that are there; its counts are added to theirs (gensim's
   * {@code build_vocab(update=True)}). {@link #train} then goes on with all.
   *
   * @throws IllegalStateException if nothing is there yet
   */
  public WordVectors updateVocab(Corpus corpus) {
    built();
    WordCounts counts = countWords(corpus, TrainingProgress.silent());
    vocabulary = vocabulary.and(counts, options.minCount);
    tables = tables.grown(vocabulary.size(), options.seed);
    position = TrainingRun.Position.START;
    return vectors();
  }

  /** How often a word of the vocabulary occurs in the corpus. */
  public long count(String word) {
    built();
    return vocabulary.count("glove", word);
  }

  /** Trains without telling of the progress; see {@link #train(Corpus, TrainingProgress)}. */
  public WordVectors train(Corpus corpus) {
    return train(corpus, TrainingProgress.silent());
  }

  /**
   * Counts the pairs of a corpus and goes through them {@code epochs} times. A model that was
   * trained before goes on from where it is.
   *
   * <p>The loss is the mean of {@code ½ f (w·c + b + b' − log count)²} over pairs, as Stanford's
   * program prints it; the words that {@link gradus.text.corpus.TrainingState} counts are those the
   * pairs come from.
   *
   * <p>When the thread is interrupted, it ends soon: the vectors are those reached, the {@link
   * GloveOptions#checkpoint} is written, and {@link #resume} goes on.
   *
   * @param corpus words without a vector are skipped as if they were not there
   * @param progress hears of the progress about a hundred times per pass
   * @return the trained vectors, words by falling frequency; see {@link GloveOptions#model}
   * @throws IllegalArgumentException if no word occurs {@code minCount} times, or no two of them in
   *     one line
   * @throws IllegalStateException if the numbers grow beyond all bounds; the vectors are then those
   *     it began with, or of a pass of the last ten minutes
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
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
   * ends with the same vectors as if it had not been, bit for bit. A training that has come to its
   * end stays as it is.
   *
   * @param corpus the corpus that was trained on; its pairs are counted again
   */
  public WordVectors resume(Corpus corpus, TrainingProgress progress) {
    built();
    Given.notNull("glove", "the progress", progress);
    Given.notNull("glove", "the corpus", corpus);
    if (position.epoch() < options.epochs) {
      try (PairTiles tiles = tiles(corpus)) {
        long occurrences = LongStream.of(vocabulary.table().counts()).sum();
        new GloveTraining(tables, tiles, options, progress, occurrences)
            .run(position, new InTraining());
      }
    }
    return vectors();
  }

  /** What the training sees of this model. */
  private final class InTraining implements TrainingRun.Model {
    @Override
    public float[][] tables() {
      return new float[][] {tables.tables().words(), tables.tables().contexts()};
    }

    @Override
    public boolean isFresh() {
      return false; // the sums of AdaGrad are not drawn
    }

    @Override
    public void draw() {
      tables.draw(0, options.seed);
    }

    @Override
    public void reached(TrainingRun.Position now, boolean save) {
      position = now;
      if (save) {
        options.checkpoint.ifPresent(Glove.this::save);
      }
    }
  }

  /** All pairs of a corpus, in tiles. */
  PairTiles tiles(Corpus corpus) {
    var settings =
        new Cooccurrences.Settings(
            options.window, options.symmetric, (long) options.memory << 20, options.workers);
    var blocks = Blocks.of(vocabulary.table().counts(), options.window, tables.rowBytes());
    var tiles = new PairTiles(blocks);
    try (var pairs = Cooccurrences.of(corpus, vocabulary.table(), settings)) {
      // In a thread of its own: an interrupt closes the file under a thread that writes.
      boolean interrupted =
          Crew.run(
              1,
              (crew, _) -> {
                var writer =
                    new TileWriter(
                        crew, tiles, pairs.one(), options.xMax, options.power, options.seed);
                pairs.forEach(writer);
                writer.finish();
              });
      if (interrupted) {
        Thread.currentThread().interrupt(); // the training hears of it
      }
      if (tiles.pairs() == 0) {
        throw new IllegalArgumentException(
            "glove: no two of the %,d words stand in one line of the corpus. A line is a sentence: give sentences of several words, which begin anew each time they are asked for."
                .formatted(vocabulary.size()));
      }
      return tiles;
    } catch (RuntimeException | Error e) {
      tiles.close();
      throw e;
    }
  }

  /** The vectors as they are now, as a copy; see {@link GloveOptions#model}. */
  public WordVectors vectors() {
    built();
    return WordVectors.of(
        vocabulary.words(),
        switch (options.model) {
          case 0 -> tables.all();
          case 1 -> tables.wordVectors().clone();
          default -> tables.sums();
        });
  }

  private void built() {
    if (vocabulary == null) {
      throw new IllegalStateException("glove: there are no words yet. Call buildVocab or train.");
    }
  }

  /**
   * Writes the whole model: words, counts, both tables with the state of AdaGrad, options, and how
   * far the training has come. The file is in the format safetensors, and appears under its name
   * only when it is complete.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path) {
    built();
    GloveFile.save(path, options, vocabulary.table(), tables, position);
  }

  /**
   * The model that {@link #save} wrote.
   *
   * @throws gradus.tensor.io.FormatException if the file is none, or damaged
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static Glove load(Path path) {
    return load(path, o -> {});
  }

  /**
   * The same with some other options: {@code Glove.load(path, o -> o.workers(2).epochs(30))}. Those
   * that make the tables, such as {@code vectorSize}, must stay as they are.
   */
  public static Glove load(Path path, Consumer<GloveOptions> changes) {
    return GloveFile.load(
        Given.notNull("glove", "the path", path), Given.notNull("glove", "the changes", changes));
  }
}
