package gradus.text.fasttext;

import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.io.Given;
import gradus.text.training.AliasTable;
import gradus.text.training.EncodedCorpus;
import gradus.text.training.Subsampling;
import gradus.text.training.TrainingRun;
import gradus.text.training.WindowSampler;
import gradus.text.training.WordCounts;
import gradus.text.training.WordTable;
import gradus.text.vectors.WordVectors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Trains fastText's models: counts, dictionary, tables, passes. */
final class FastTextTrainer implements TrainingRun.Model {

  /** fastText's {@code MAX_LINE_SIZE}: longer lines of a text without labels are cut. */
  private static final int LONGEST_LINE = 1024;

  private static final byte[] END_OF_LINE = Subwords.END_OF_LINE.getBytes(StandardCharsets.UTF_8);

  private final FastTextOptions options;
  private final WordTable vocabulary;
  private final FastTextDictionary dictionary;
  private final FastTextTables tables;
  private TrainingRun.Position position;
  private boolean fresh;

  /** A training at some position, its tables still empty. */
  FastTextTrainer(
      FastTextOptions options,
      WordTable vocabulary,
      int words,
      long tokens,
      TrainingRun.Position position) {
    this.options = options;
    this.vocabulary = vocabulary;
    this.dictionary = new FastTextDictionary(options.args(), vocabulary, words, tokens);
    this.tables =
        new FastTextTables(
            dictionary.rows(),
            options.isSupervised() ? dictionary.labels().size() : words,
            options.dim);
    this.position = position;
  }

  static FastText train(
      Corpus corpus,
      FastTextOptions options,
      Consumer<FastTextOptions> changes,
      TrainingProgress progress) {
    Given.notNull("fasttext", "the corpus", corpus);
    Given.notNull("fasttext", "the progress", progress);
    Given.notNull("fasttext", "options", changes).accept(options);
    options.check();
    WordCounts counts = WordCounts.of(corpus, options.thread, 0, END_OF_LINE);
    FastTextTrainer trainer = ofCounts(options, counts);
    progress.counted(counts.words(), counts.table().size(), trainer.vocabulary.size());
    trainer.draw();
    return trainer.run(corpus, progress);
  }

  static FastText resume(
      Path path, Corpus corpus, Consumer<FastTextOptions> changes, TrainingProgress progress) {
    Given.notNull("fasttext", "the checkpoint", path);
    Given.notNull("fasttext", "the corpus", corpus);
    Given.notNull("fasttext", "the changes", changes);
    Given.notNull("fasttext", "the progress", progress);
    return FastTextCheckpoint.load(path, changes).run(corpus, progress);
  }

  private static FastTextTrainer ofCounts(FastTextOptions options, WordCounts counts) {
    byte[] prefix = options.label.getBytes(StandardCharsets.UTF_8);
    WordTable all = counts.table();
    int[] byFrequency = counts.byFrequency(1);
    int[] words =
        IntStream.of(byFrequency)
            .filter(entry -> all.count(entry) >= options.minCount)
            .filter(entry -> !options.isSupervised() || !isLabel(prefix, all.bytes(entry)))
            .toArray();
    int[] labels =
        IntStream.of(byFrequency)
            .filter(entry -> options.isSupervised() && isLabel(prefix, all.bytes(entry)))
            .filter(entry -> all.count(entry) >= options.minCountLabel)
            .toArray();
    check(options, counts, words.length, labels.length);
    int[] both = Arrays.copyOf(words, words.length + labels.length);
    System.arraycopy(labels, 0, both, words.length, labels.length);
    WordTable vocabulary = all.select(both);
    return new FastTextTrainer(
        options, vocabulary, words.length, counts.words(), TrainingRun.Position.START);
  }

  private static boolean isLabel(byte[] prefix, byte[] word) {
    return LabelledLines.isLabel(prefix, word, 0, word.length);
  }

  private static void check(FastTextOptions options, WordCounts counts, int words, int labels) {
    // Each line counts its end, so that an empty corpus has nothing else.
    boolean empty = counts.words() == 0 || counts.table().size() == 1 && isOnlyLineEnds(counts);
    if (empty) {
      throw new IllegalArgumentException(
          "fasttext: there is no word in the corpus. Give a text of words parted by blanks.");
    }
    if (words == 0) {
      throw new IllegalArgumentException(
          "fasttext: none of %,d different words occurs %d times. Lower minCount or give more text."
              .formatted(counts.table().size(), options.minCount));
    }
    if (options.isSupervised() && labels == 0) {
      throw new IllegalArgumentException(
          "fasttext: no word begins with \"%s\", as labels do. Write them into the lines: %sfood how to bake bread. Without labels there is trainUnsupervised."
              .formatted(options.label, options.label));
    }
  }

  private static boolean isOnlyLineEnds(WordCounts counts) {
    return Arrays.equals(counts.table().bytes(0), END_OF_LINE);
  }

  private FastText run(Corpus corpus, TrainingProgress progress) {
    var plan =
        new TrainingRun.Plan(
            "fasttext", options.epoch, options.thread, options.seed, options.lr, 0);
    try (EncodedCorpus encoded = encode(corpus)) {
      if (encoded.words() == 0) {
        throw new IllegalArgumentException(
            "fasttext: no line of the corpus can be learnt from. With labels a line needs one and a word; sentences that a program gives must begin anew each time they are asked for.");
      }
      Supplier<TrainingRun.Learner> learners = learners();
      new TrainingRun(encoded, plan, _ -> learners.get(), progress).run(position, this);
    }
    return new FastText(
        options.args(), dictionary, tables.finished(tables.in), false, tables.finished(tables.out));
  }

  /** Gives words that have a pretrained vector that one. */
  private void begin(WordVectors vectors) {
    for (int word = 0; word < dictionary.words().size(); word++) {
      String spelt = dictionary.words().get(word);
      if (vectors.vocabulary().contains(spelt)) {
        tables.set(word, vectors, spelt);
      }
    }
  }

  /** Takes in the tables of a file. */
  void take(Tensor input, Tensor output, Path path) {
    check(path, "input", input, tables.in);
    check(path, "output", output, tables.out);
    tables.set(tables.in, input);
    tables.set(tables.out, output);
  }

  private void check(Path path, String name, Tensor rows, float[] table) {
    int expected = table.length / tables.stride;
    if (rows.dim() != 2 || rows.size(0) != expected || rows.size(1) != tables.dim) {
      throw new FormatException(
          path,
          name,
          "the table is %s; words, n-grams and dim make it [%d, %d]."
              .formatted(rows.shape(), expected, tables.dim));
    }
  }

  @Override
  public float[][] tables() {
    return new float[][] {tables.in, tables.out};
  }

  @Override
  public boolean isFresh() {
    return fresh;
  }

  @Override
  public void draw() {
    tables.draw(options.seed);
    options.pretrainedVectors.ifPresent(this::begin);
    fresh = true;
  }

  @Override
  public void reached(TrainingRun.Position now, boolean save) {
    position = now;
    fresh = false;
    if (save) {
      options.checkpoint.ifPresent(
          path -> FastTextCheckpoint.save(path, options, vocabulary, dictionary, tables, position));
    }
  }

  private EncodedCorpus encode(Corpus corpus) {
    if (options.isSupervised()) {
      return EncodedCorpus.of(
          corpus,
          dictionary.tokens(),
          options.thread,
          out -> new LabelledLines(dictionary, vocabulary, options.label, out));
    }
    int end =
        vocabulary.find(
            END_OF_LINE, 0, END_OF_LINE.length, WordTable.hash(END_OF_LINE, 0, END_OF_LINE.length));
    return EncodedCorpus.of(corpus, vocabulary, LONGEST_LINE, end, options.thread);
  }

  private Supplier<TrainingRun.Learner> learners() {
    long[] outputs = options.isSupervised() ? dictionary.labelCounts() : dictionary.wordCounts();
    FastTextLoss loss = FastTextLoss.of(options.loss, outputs, options.neg, tables.stride);
    if (options.isSupervised()) {
      return () -> new LabelLearner(tables, loss);
    }
    long[] counts = dictionary.wordCounts();
    var sampler =
        new WindowSampler(
            new Subsampling(counts, dictionary.tokens(), options.t),
            AliasTable.ofCounts(counts, FastTextLoss.NS_EXPONENT),
            options.ws,
            true);
    int[][] rows = rows();
    boolean skipGram = options.model.equals("skipgram");
    boolean[] repeating = SubwordLearner.repeating(rows);
    return () -> new SubwordLearner(tables, rows, repeating, skipGram, sampler, loss);
  }

  /** Where the rows of each word begin: its own and those of its n-grams. */
  private int[][] rows() {
    int[][] rows = new int[dictionary.words().size()][];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(
            word -> {
              var places = IntStream.builder();
              dictionary.eachRow(
                  vocabulary.bytes(word), word, row -> places.add(row * tables.stride));
              rows[word] = places.build().toArray();
            });
    return rows;
  }
}
