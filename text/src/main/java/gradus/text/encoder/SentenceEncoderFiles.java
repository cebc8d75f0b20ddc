package gradus.text.encoder;

import gradus.nn.bert.BertModel;
import gradus.tensor.Tensor;
import gradus.tensor.io.FileErrors;
import gradus.tensor.io.LoadProgress;
import gradus.text.tokenizer.Tokenizer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Puts a {@link SentenceEncoder} together from its files. */
final class SentenceEncoderFiles {
  private SentenceEncoderFiles() {}

  /** From weights and tokenizer alone. */
  static SentenceEncoder load(Path path, int numAttentionHeads, Pooling pooling) {
    return open(
        path,
        files -> {
          Map<String, Tensor> tensors = files.tensors(LoadProgress.console());
          var model = BertModel.fromPretrained(tensors, numAttentionHeads);
          // What an artifact's tokenizer says of length and padding served another program.
          Tokenizer tokenizer = files.tokenizer().withoutTruncation();
          return new SentenceEncoder(tokenizer, model, pooling, true);
        });
  }

  static SentenceEncoder load(Path path) {
    return open(
        path,
        files -> {
          var settings = SentenceEncoderSettings.read(path, files::json);
          Map<String, Tensor> tensors = files.tensors(LoadProgress.console());
          var model = BertModel.fromPretrained(tensors, settings.config(tensors));
          Tokenizer tokenizer = settings.cutting(files.tokenizer());
          return new SentenceEncoder(tokenizer, model, settings.pooling(), settings.normalize());
        });
  }

  private interface Loading {
    SentenceEncoder from(ModelFiles files) throws IOException;
  }

  private static SentenceEncoder open(Path path, Loading loading) {
    try (ModelFiles files = ModelFiles.open(path)) {
      return loading.from(files);
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException(
          "sentence encoder: %s: %s.".formatted(path, e.getMessage()), e);
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }
}
