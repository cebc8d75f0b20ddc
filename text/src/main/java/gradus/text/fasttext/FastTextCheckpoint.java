package gradus.text.fasttext;

import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Safetensors;
import gradus.tensor.io.SafetensorsFile;
import gradus.text.training.ModelNotes;
import gradus.text.training.TrainingRun;
import gradus.text.training.VocabularyTensors;
import gradus.text.training.WordTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A fastText training under way as a safetensors file: {@code input} and {@code output}, the
 * entries of the dictionary with their counts, {@code sizes} (how many are words, and how many
 * tokens the corpus has); options and position among the metadata.
 */
final class FastTextCheckpoint {

  private static final String KIND = "gradus.fasttext.checkpoint";

  private FastTextCheckpoint() {}

  static void save(
      Path path,
      FastTextOptions options,
      WordTable vocabulary,
      FastTextDictionary dictionary,
      FastTextTables tables,
      TrainingRun.Position position) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    VocabularyTensors.put(vocabulary, tensors);
    tensors.put("sizes", Tensor.of((long) dictionary.words().size(), dictionary.tokens()));
    tensors.put("input", tables.rows(tables.in));
    tensors.put("output", tables.rows(tables.out));
    Safetensors.save(
        tensors, path, ModelNotes.of(KIND, options, position), VocabularyTensors.TYPES);
  }

  static FastTextTrainer load(Path path, Consumer<FastTextOptions> changes) {
    try (SafetensorsFile file = Safetensors.open(path)) {
      ModelNotes notes = ModelNotes.read(path, KIND, file.metadata());
      var options = FastTextOptions.unsupervised();
      notes.into(options);
      changes.accept(options);
      options.check();
      WordTable vocabulary = VocabularyTensors.read(file);
      long[] sizes = VocabularyTensors.tensor(file, "sizes").toLongArray();
      if (sizes.length != 2 || sizes[0] < 1 || sizes[0] > vocabulary.size()) {
        throw new FormatException(
            path, "sizes", "they do not fit %,d words and labels.".formatted(vocabulary.size()));
      }
      var trainer =
          new FastTextTrainer(options, vocabulary, (int) sizes[0], sizes[1], notes.position());
      trainer.take(
          VocabularyTensors.tensor(file, "input"), VocabularyTensors.tensor(file, "output"), path);
      return trainer;
    }
  }
}
