package gradus.cli;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.fasttext.FastText;
import gradus.text.fasttext.FastTextOptions;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/** {@code gradus vectors train supervised}: fastText's {@code supervised}. */
@Command(
    name = "supervised",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learn to tell the labels of texts, from lines that hold theirs among their words:",
      "__label__food how long does bread keep",
      "Written is OUT.bin, which the fasttext program reads. The arguments are that program's."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  gradus vectors train supervised -input texts.txt -output texts -lr 0.5 -epoch 25",
      "  gradus vectors predict texts.bin how long does bread keep"
    })
final class TrainSupervisedCommand extends FastTextTraining {

  @Override
  FastText train(Corpus corpus, Consumer<FastTextOptions> options, TrainingProgress progress) {
    return FastText.trainSupervised(corpus, options, progress);
  }
}
