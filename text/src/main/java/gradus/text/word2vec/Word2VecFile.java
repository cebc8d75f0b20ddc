package gradus.text.word2vec;

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
 * A whole word2vec model as a safetensors file: {@code vectors}, {@code output} and {@code nodes},
 * the words as {@code words} and {@code ends} (their bytes, and where each ends) with their {@code
 * counts}; options and position among the metadata.
 */
final class Word2VecFile {

  private static final String KIND = "gradus.word2vec";

  private Word2VecFile() {}

  static void save(
      Path path,
      Word2VecOptions options,
      WordTable vocabulary,
      WordNetwork network,
      TrainingRun.Position position) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    VocabularyTensors.put(vocabulary, tensors);
    tensors.put("vectors", network.rows(network.in));
    if (network.out != null) {
      tensors.put("output", network.rows(network.out));
    }
    if (network.nodes != null) {
      tensors.put("nodes", network.rows(network.nodes));
    }
    Safetensors.save(
        tensors, path, ModelNotes.of(KIND, options, position), VocabularyTensors.TYPES);
  }

  static Word2Vec load(Path path, Consumer<Word2VecOptions> changes) {
    try (SafetensorsFile file = Safetensors.open(path)) {
      ModelNotes notes = ModelNotes.read(path, KIND, file.metadata());
      var options = new Word2VecOptions();
      notes.into(options);
      changes.accept(options);
      options.check();
      WordTable vocabulary = VocabularyTensors.read(file);
      var network =
          new WordNetwork(vocabulary.size(), options.vectorSize, options.negative > 0, options.hs);
      set(file, "vectors", network, network.in);
      set(file, "output", network, network.out);
      set(file, "nodes", network, network.nodes);
      return new Word2Vec(options, TrainedWords.of(vocabulary), network, notes.position());
    }
  }

  private static void set(SafetensorsFile file, String name, WordNetwork network, float[] table) {
    if (table == null) {
      return;
    }
    Tensor rows = VocabularyTensors.tensor(file, name);
    if (rows.dim() != 2
        || rows.size(0) != table.length / network.stride
        || rows.size(1) != network.dim) {
      throw new FormatException(
          file.path(),
          name,
          "the table is %s; words and vectorSize make it [%d, %d]."
              .formatted(rows.shape(), table.length / network.stride, network.dim));
    }
    network.set(table, rows);
  }
}
