package gradus.text.glove;

import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Safetensors;
import gradus.tensor.io.SafetensorsFile;
import gradus.text.training.ModelNotes;
import gradus.text.training.TrainedWords;
import gradus.text.training.TrainingRun;
import gradus.text.training.VocabularyTensors;
import gradus.text.training.WordTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A whole GloVe model as a safetensors file: {@code vectors} and {@code bias}, the same of contexts
 * ({@code context_vectors} and so on), of each the scales of AdaGrad, one over the root of its sum
 * ({@code vectors_scale}), and the words with their counts; options and position among the
 * metadata.
 */
final class GloveFile {

  private static final String KIND = "gradus.glove";

  private GloveFile() {}

  static void save(
      Path path,
      GloveOptions options,
      WordTable vocabulary,
      GloveTables tables,
      TrainingRun.Position position) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    VocabularyTensors.put(vocabulary, tensors);
    tensors.putAll(tables.parts());
    Safetensors.save(
        tensors, path, ModelNotes.of(KIND, options, position), VocabularyTensors.TYPES);
  }

  static Glove load(Path path, Consumer<GloveOptions> changes) {
    try (SafetensorsFile file = Safetensors.open(path)) {
      ModelNotes notes = ModelNotes.read(path, KIND, file.metadata());
      var options = new GloveOptions();
      notes.into(options);
      changes.accept(options);
      WordTable vocabulary = VocabularyTensors.read(file);
      var tables = new GloveTables(vocabulary.size(), options.vectorSize, options.eta);
      tables.parts().forEach((name, part) -> set(file, name, part));
      return new Glove(options, TrainedWords.of(vocabulary), tables, notes.position());
    }
  }

  private static void set(SafetensorsFile file, String name, Tensor part) {
    Tensor values = VocabularyTensors.tensor(file, name);
    if (!values.shape().equals(part.shape())) {
      throw new FormatException(
          file.path(),
          name,
          "the table is %s; words and vectorSize make it %s."
              .formatted(values.shape(), part.shape()));
    }
    part.copy_(values);
  }
}
