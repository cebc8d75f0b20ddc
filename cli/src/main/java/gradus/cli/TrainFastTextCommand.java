package gradus.cli;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.fasttext.FastText;
import gradus.text.fasttext.FastTextOptions;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gradus vectors train fasttext}: fastText's {@code skipgram} and {@code cbow}. */
@Command(
    name = "fasttext",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learn word vectors by fastText: words of the same n-grams grow alike too, and every word has"
          + " a vector.",
      "Written are OUT.bin, which the fasttext program reads, and OUT.vec. The arguments are that"
          + " program's."
    },
    footerHeading = "%nExample:%n",
    footer = "  gradus vectors train fasttext -input wiki.txt -output wiki -dim 100 -minCount 5")
final class TrainFastTextCommand extends FastTextTraining {

  @Option(
      names = {"-model", "--model"},
      paramLabel = "NAME",
      defaultValue = "skipgram",
      description = "skipgram or cbow (default: skipgram).")
  private String model;

  @Override
  FastText train(Corpus corpus, Consumer<FastTextOptions> options, TrainingProgress progress) {
    return FastText.trainUnsupervised(corpus, o -> options.accept(o.model(model)), progress);
  }
}
