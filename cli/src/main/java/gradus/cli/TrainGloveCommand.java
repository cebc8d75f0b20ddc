package gradus.cli;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.glove.Glove;
import gradus.text.glove.GloveOptions;
import gradus.text.vectors.WordVectors;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code gradus vectors train glove}: Stanford's {@code vocab_count}, {@code cooccur}, {@code
 * glove}.
 */
@Command(
    name = "glove",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learn word vectors by GloVe: count who stands near whom, then find vectors for the counts.",
      "OUT gets the vectors: .glove GloVe text, .bin word2vec binary, .txt word2vec text, .vec"
          + " fastText text; .gz after it packs. The same text gives the same vectors with any"
          + " number of threads."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  gradus vectors train glove wiki.txt.gz -o wiki.bin --window 10 --x-max 10 --epochs 15")
final class TrainGloveCommand extends Training {

  @Option(
      names = "--vector-size",
      paramLabel = "N",
      description = "How many numbers a word gets (default: 100).")
  private Integer vectorSize;

  @Option(
      names = {"--window", "--window-size"},
      paramLabel = "N",
      description = "How far the company of a word reaches (default: 15).")
  private Integer window;

  @Option(names = "--asymmetric", description = "Count the words on the left only.")
  private boolean asymmetric;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Leave out words that occur less often (default: 5).")
  private Integer minCount;

  @Option(
      names = "--max-vocab-size",
      paramLabel = "N",
      description = "Drop the rarest words while more different ones are counted.")
  private Integer maxVocabSize;

  @Option(
      names = "--x-max",
      paramLabel = "COUNT",
      description = "From which count on a pair has its full weight (default: 100).")
  private Double xMax;

  @Option(
      names = {"--power", "--alpha"},
      paramLabel = "P",
      description = "A count below weighs (count / x-max) to this power (default: 0.75).")
  private Double power;

  @Option(
      names = "--eta",
      paramLabel = "RATE",
      description = "The learning rate, which AdaGrad divides (default: 0.05).")
  private Double eta;

  @Option(
      names = {"--epochs", "--iter"},
      paramLabel = "N",
      description = "How many times the pairs are gone through (default: 25).")
  private Integer epochs;

  @Option(
      names = "--model",
      paramLabel = "N",
      description =
          "2: a word's vector and its vector as a context added up; 1: the first; 0: both, with"
              + " biases (default: 2).")
  private Integer model;

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description = "Megabytes for counting; the rest goes to a temporary file (default: 512).")
  private Integer memory;

  @Option(
      names = {"--workers", "--threads"},
      paramLabel = "N",
      description = "Threads (default: one for each processor).")
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
    Glove glove;
    WordVectors vectors;
    if (files.resume()) {
      glove =
          Glove.load(files.checkpoint(), o -> o.workers(workers).checkpoint(files.checkpoint()));
      vectors = glove.resume(corpus, progress);
    } else {
      glove = new Glove(o -> options(o).checkpoint(files.checkpoint()));
      vectors = glove.train(corpus, progress);
    }
    save(vectors, files.output());
    if (saveModel != null) {
      glove.save(saveModel);
      files.written(saveModel, "the whole model");
    }
  }

  private GloveOptions options(GloveOptions o) {
    set(vectorSize, o, GloveOptions::vectorSize);
    set(window, o, GloveOptions::window);
    set(minCount, o, GloveOptions::minCount);
    set(maxVocabSize, o, GloveOptions::maxVocabSize);
    set(xMax, o, GloveOptions::xMax);
    set(power, o, GloveOptions::power);
    set(eta, o, GloveOptions::eta);
    set(epochs, o, GloveOptions::epochs);
    set(model, o, GloveOptions::model);
    set(memory, o, GloveOptions::memory);
    set(seed, o, GloveOptions::seed);
    return o.symmetric(!asymmetric).workers(workers);
  }

  /** Passes on what was said; what was not keeps the library's default. */
  private static <T> void set(
      T value, GloveOptions options, BiFunction<GloveOptions, T, GloveOptions> option) {
    Optional.ofNullable(value).ifPresent(given -> option.apply(options, given));
  }
}
