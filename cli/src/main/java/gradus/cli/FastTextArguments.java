package gradus.cli;

import gradus.text.fasttext.FastTextOptions;
import gradus.text.vectors.WordVectors;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** The fastText program's arguments, as it spells them and with two hyphens. */
final class FastTextArguments {

  @Option(
      names = {"-lr", "--lr"},
      paramLabel = "RATE",
      description = "The learning rate at the beginning (default: 0.05; with labels 0.1).")
  private Double lr;

  @Option(
      names = {"-lrUpdateRate", "--lr-update-rate"},
      paramLabel = "N",
      description = "Noted in the model only: the rate changes with each sentence.")
  private Integer lrUpdateRate;

  @Option(
      names = {"-dim", "--dim"},
      paramLabel = "N",
      description = "How many numbers a word gets (default: 100).")
  private Integer dim;

  @Option(
      names = {"-ws", "--ws"},
      paramLabel = "N",
      description = "How far left and right the company of a word reaches (default: 5).")
  private Integer ws;

  @Option(
      names = {"-epoch", "--epoch"},
      paramLabel = "N",
      description = "How many times the text is gone through (default: 5).")
  private Integer epoch;

  @Option(
      names = {"-minCount", "--min-count"},
      paramLabel = "N",
      description = "Words that occur less often have no row (default: 5; with labels 1).")
  private Integer minCount;

  @Option(
      names = {"-minCountLabel", "--min-count-label"},
      paramLabel = "N",
      description = "Leave out labels that occur less often (default: 0).")
  private Integer minCountLabel;

  @Option(
      names = {"-neg", "--neg"},
      paramLabel = "N",
      description = "Random words each true one is told from (default: 5).")
  private Integer neg;

  @Option(
      names = {"-wordNgrams", "--word-ngrams"},
      paramLabel = "N",
      description = "Up to how many words in a row are a feature of a text (default: 1).")
  private Integer wordNgrams;

  @Option(
      names = {"-loss", "--loss"},
      paramLabel = "NAME",
      description = "ns, hs, softmax or ova (default: ns; with labels softmax).")
  private String loss;

  @Option(
      names = {"-bucket", "--bucket"},
      paramLabel = "N",
      description = "How many rows the n-grams share (default: 2000000).")
  private Integer bucket;

  @Option(
      names = {"-minn", "--minn"},
      paramLabel = "N",
      description = "The letters of the shortest n-gram (default: 3; with labels 0).")
  private Integer minn;

  @Option(
      names = {"-maxn", "--maxn"},
      paramLabel = "N",
      description = "The letters of the longest n-gram (default: 6; with labels 0).")
  private Integer maxn;

  @Option(
      names = {"-t", "--sample"},
      paramLabel = "T",
      description = "How hard frequent words are thinned out (default: 1e-4); 0 keeps all.")
  private Double t;

  @Option(
      names = {"-label", "--label"},
      paramLabel = "PREFIX",
      description = "What labels begin with (default: __label__).")
  private String label;

  @Option(
      names = {"-thread", "--thread", "--workers"},
      paramLabel = "N",
      description =
          "Threads (default: one for each processor). With 1 the result is the same each time.")
  private int thread = Runtime.getRuntime().availableProcessors();

  @Option(
      names = {"-seed", "--seed"},
      paramLabel = "N",
      description = "The seed of all chance (default: 0).")
  private Long seed;

  @Option(
      names = {"-pretrainedVectors", "--pretrained-vectors"},
      paramLabel = "FILE",
      description = "Vectors that words begin with instead of random ones.")
  private Path pretrainedVectors;

  @Option(
      names = {"-verbose", "--verbose"},
      paramLabel = "N",
      hidden = true,
      description = "Accepted for the sake of fastText's command lines.")
  private int verbose;

  /** What is said to a training, new or resumed. */
  FastTextOptions workers(FastTextOptions o) {
    return o.thread(thread);
  }

  /** What is said to a new training. */
  FastTextOptions options(FastTextOptions o) {
    set(lr, o, FastTextOptions::lr);
    set(lrUpdateRate, o, FastTextOptions::lrUpdateRate);
    set(dim, o, FastTextOptions::dim);
    set(ws, o, FastTextOptions::ws);
    set(epoch, o, FastTextOptions::epoch);
    set(minCount, o, FastTextOptions::minCount);
    set(minCountLabel, o, FastTextOptions::minCountLabel);
    set(neg, o, FastTextOptions::neg);
    set(wordNgrams, o, FastTextOptions::wordNgrams);
    set(loss == null ? null : loss.replace("one-vs-all", "ova"), o, FastTextOptions::loss);
    set(bucket, o, FastTextOptions::bucket);
    set(minn, o, FastTextOptions::minn);
    set(maxn, o, FastTextOptions::maxn);
    set(t, o, FastTextOptions::t);
    set(label, o, FastTextOptions::label);
    set(seed, o, FastTextOptions::seed);
    if (pretrainedVectors != null) {
      o.pretrainedVectors(WordVectors.load(pretrainedVectors));
    }
    return workers(o);
  }

  /** Passes on what was said; what was not keeps the library's default. */
  private static <T> void set(
      T value, FastTextOptions options, BiFunction<FastTextOptions, T, FastTextOptions> option) {
    Optional.ofNullable(value).ifPresent(given -> option.apply(options, given));
  }
}
