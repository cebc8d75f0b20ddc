package gradus.cli;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.fasttext.FastText;
import gradus.text.fasttext.FastTextOptions;
import gradus.text.vectors.WordVectorFormat;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;

/** What trains a model of fastText, and writes it as that program does. */
abstract class FastTextTraining extends Training {

  @Mixin private FastTextArguments arguments;

  /** A new model of a text. */
  abstract FastText train(
      Corpus corpus, Consumer<FastTextOptions> options, TrainingProgress progress);

  @Override
  void train(TrainingFiles files) {
    Path model = beside(files.output(), ".bin");
    Corpus corpus = files.corpus();
    TrainingProgress progress = files.progress();
    FastText trained =
        files.resume()
            ? FastText.resumeTraining(files.checkpoint(), corpus, arguments::workers, progress)
            : train(corpus, o -> arguments.options(o).checkpoint(files.checkpoint()), progress);
    trained.save(model);
    files.written(model, trained.toString());
    if (trained.labels().isEmpty()) {
      Path vectors = beside(files.output(), ".vec");
      trained.wordVectors().save(vectors, WordVectorFormat.FASTTEXT_VEC);
      files.written(vectors, "the vectors of its words");
    }
  }

  /** OUT with an ending, and without the one it may have. */
  private static Path beside(Path out, String ending) {
    String name = out.getFileName().toString().replaceFirst("\\.(bin|vec)$", "");
    return out.resolveSibling(name + ending);
  }
}
