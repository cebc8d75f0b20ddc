package gradus.cli;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.vectors.WordVectors;
import gradus.text.word2vec.Word2Vec;
import gradus.text.word2vec.Word2VecOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gradus vectors train word2vec}: gensim's {@code Word2Vec}, its names and defaults. */
@Command(
    name = "word2vec",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learn word vectors by word2vec: words in the same company grow alike.",
      "OUT gets the vectors: .bin word2vec binary, .txt word2vec text, .vec fastText text, .glove"
          + " GloVe text; .gz after it packs. Options and defaults are gensim's, but for --workers."
    },
    footerHeading = "%nExample:%n",
    footer = "  gradus vectors train word2vec wiki.txt.gz -o wiki.bin --sg --sample 1e-4")
final class TrainWord2VecCommand extends Training {

  @Option(
      names = "--vector-size",
      paramLabel = "N",
      description = "How many numbers a word gets (default: 100).")
  private Integer vectorSize;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "How far left and right the company of a word reaches (default: 5).")
  private Integer window;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Leave out words that occur less often (default: 5).")
  private Integer minCount;

  @Option(
      names = "--sg",
      description = "Skip-gram: a word predicts its company. Else CBOW, the reverse.")
  private boolean sg;

  @Option(
      names = "--negative",
      paramLabel = "N",
      description = "Random words each neighbour is told from (default: 5); 0 for none.")
  private Integer negative;

  @Option(names = "--hs", description = "Hierarchical softmax, down a Huffman tree.")
  private boolean hs;

  @Option(
      names = "--ns-exponent",
      paramLabel = "P",
      description = "The power of its count by which a word is drawn (default: 0.75).")
  private Double nsExponent;

  @Option(names = "--cbow-sum", description = "CBOW takes the sum of the company, not its mean.")
  private boolean cbowSum;

  @Option(
      names = "--no-shrink-windows",
      description = "Always the whole window, instead of one drawn for each word.")
  private boolean wholeWindows;

  @Option(
      names = "--sample",
      paramLabel = "T",
      description = "How hard frequent words are thinned out (default: 1e-3); 0 keeps all.")
  private Double sample;

  @Option(
      names = "--alpha",
      paramLabel = "RATE",
      description = "The learning rate at the beginning (default: 0.025).")
  private Double alpha;

  @Option(
      names = "--min-alpha",
      paramLabel = "RATE",
      description = "The learning rate at the end (default: 0.0001).")
  private Double minAlpha;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How many times the text is gone through (default: 5).")
  private Integer epochs;

  @Option(
      names = "--max-vocab-size",
      paramLabel = "N",
      description = "Drop the rarest words while more different ones are counted.")
  private Integer maxVocabSize;

  @Option(
      names = "--max-final-vocab",
      paramLabel = "N",
      description = "So many of the most frequent words get a vector at most.")
  private Integer maxFinalVocab;

  @Option(
      names = {"--workers", "--threads"},
      paramLabel = "N",
      description =
          "Threads (default: one for each processor). With 1 the result is the same each time.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = "--seed", paramLabel = "N", description = "The seed of all chance (default: 1).")
  private Long seed;

  @Option(
      names = "--save-model",
      paramLabel = "FILE",
      description = "Write the whole model too, from which training can go on.")
  private Path saveModel;

  @Override
  void train(TrainingFiles files) {
    Formats.ofEnding(files.output(), spec()); // before hours of training
    Corpus corpus = files.corpus();
    TrainingProgress progress = files.progress();
    Word2Vec model;
    WordVectors vectors;
    if (files.resume()) {
      model =
          Word2Vec.load(files.checkpoint(), o -> o.workers(workers).checkpoint(files.checkpoint()));
      vectors = model.resume(corpus, progress);
    } else {
      model = new Word2Vec(o -> options(o).checkpoint(files.checkpoint()));
      vectors = model.train(corpus, progress);
    }
    save(vectors, files.output());
    if (saveModel != null) {
      model.save(saveModel);
      files.written(saveModel, "the whole model");
    }
  }

  private Word2VecOptions options(Word2VecOptions o) {
    set(vectorSize, o, Word2VecOptions::vectorSize);
    set(window, o, Word2VecOptions::window);
    set(minCount, o, Word2VecOptions::minCount);
    set(negative, o, Word2VecOptions::negative);
    set(nsExponent, o, Word2VecOptions::nsExponent);
    set(sample, o, Word2VecOptions::sample);
    set(alpha, o, Word2VecOptions::alpha);
    set(minAlpha, o, Word2VecOptions::minAlpha);
    set(epochs, o, Word2VecOptions::epochs);
    set(maxVocabSize, o, Word2VecOptions::maxVocabSize);
    set(maxFinalVocab, o, Word2VecOptions::maxFinalVocab);
    set(seed, o, Word2VecOptions::seed);
    return o.sg(sg).hs(hs).cbowMean(!cbowSum).shrinkWindows(!wholeWindows).workers(workers);
  }

  /** Passes on what was said; what was not keeps the library's default. */
  private static <T> void set(
      T value, Word2VecOptions options, BiFunction<Word2VecOptions, T, Word2VecOptions> option) {
    Optional.ofNullable(value).ifPresent(given -> option.apply(options, given));
  }
}
