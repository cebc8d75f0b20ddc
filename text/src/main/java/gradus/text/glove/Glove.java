package gradus.text.glove;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.io.Given;
import gradus.text.training.Crew;
import gradus.text.training.TrainingRun;
import gradus.text.training.WordCounts;
import gradus.text.training.WordTable;
import gradus.text.vectors.WordVectors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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
  private WordTable vocabulary;
  private List<String> words;
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
      WordTable vocabulary,
      GloveTables tables,
      TrainingRun.Position position) {
    this.options = options;
    this.vocabulary = vocabulary;
    this.words = WordCounts.spelt(vocabulary);
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
    return buildVocab(corpus, TrainingProgress.silent());
  }

  private WordVectors buildVocab(Corpus corpus, TrainingProgress progress) {
    WordCounts counts = countWords(corpus, progress);
    int[] kept = counts.byFrequency(options.minCount);
    if (kept.length == 0) {
      throw new IllegalArgumentException(
          counts.words() == 0
              ? "glove: there is no word in the corpus. Give a text of words parted by blanks."
              : "glove: none of %,d different words occurs %d times. Lower minCount or give more text."
                  .formatted(counts.table().size(), options.minCount));
    }
    tables = new GloveTables(kept.length, options.vectorSize, options.eta);
    tables.draw(0, options.seed);
    vocabulary = counts.table().select(kept);
    words = WordCounts.spelt(vocabulary);
    position = TrainingRun.Position.START;
    progress.counted(counts.words(), counts.table().size(), kept.length);
    return vectors();
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
    WordTable all = vocabulary.select(IntStream.range(0, vocabulary.size()).toArray());
    for (int word : counts.byFrequency(1)) {
      byte[] bytes = counts.table().bytes(word);
      int hash = WordTable.hash(bytes, 0, bytes.length);
      long count = counts.table().count(word);
      if (all.find(bytes, 0, bytes.length, hash) >= 0 || count >= options.minCount) {
        all.add(bytes, 0, bytes.length, hash, count, Long.MAX_VALUE);
      }
    }
    tables = tables.grown(all.size(), options.seed);
    vocabulary = all;
    words = WordCounts.spelt(all);
    position = TrainingRun.Position.START;
    return vectors();
  }

  /** How often a word of the vocabulary occurs in the corpus. */
  public long count(String word) {
    built();
    byte[] bytes = Given.notNull("glove", "the word", word).getBytes(StandardCharsets.UTF_8);
    int id = vocabulary.find(bytes, 0, bytes.length, WordTable.hash(bytes, 0, bytes.length));
    if (id < 0) {
      throw new IllegalArgumentException(
          "glove: \"%s\" is not among the %,d words.".formatted(word, words.size()));
    }
    return vocabulary.count(id);
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
   *     of the last pass that went well
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public WordVectors train(Corpus corpus, TrainingProgress progress) {
    if (vocabulary == null) {
      buildVocab(corpus, progress);
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
        long occurrences = LongStream.of(vocabulary.counts()).sum();
        new GloveTraining(tables, tiles, options, progress, occurrences)
            .run(position, this::reached);
      }
    }
    return vectors();
  }

  private void reached(TrainingRun.Position now) {
    position = now;
    options.checkpoint.ifPresent(this::save);
  }

  /** All pairs of a corpus, in tiles. */
  PairTiles tiles(Corpus corpus) {
    var settings =
        new Cooccurrences.Settings(
            options.window, options.symmetric, (long) options.memory << 20, options.workers);
    var blocks = Blocks.of(vocabulary.counts(), options.window, tables.rowBytes());
    var tiles = new PairTiles(blocks);
    try (var pairs = Cooccurrences.of(corpus, vocabulary, settings)) {
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
                .formatted(words.size()));
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
        words,
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
    GloveFile.save(path, options, vocabulary, tables, position);
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
