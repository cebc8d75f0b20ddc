package gradus.text;

import gradus.nn.BertConfig;
import gradus.nn.BertModel;
import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import gradus.text.tokenizer.Tokenizer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Puts a {@link SentenceEncoder} together from its files. */
final class SentenceEncoderFiles {
  private SentenceEncoderFiles() {}

  static SentenceEncoder load(PretrainedModel known, Path path) {
    return open(
        path,
        files -> {
          Map<String, Tensor> tensors = files.tensors(LoadProgress.console());
          var model = BertModel.fromPretrained(tensors, known.numAttentionHeads());
          // What the artifacts' tokenizers say of length and padding served another program.
          Tokenizer tokenizer = files.tokenizer().withoutTruncation();
          return new SentenceEncoder(tokenizer, model, known.pooling(), true);
        });
  }

  static SentenceEncoder load(Path path) {
    return open(
        path,
        files -> {
          Map<String, Object> config =
              files
                  .json("config.json")
                  .orElseThrow(() -> new FileNotFoundException("there is no config.json in it"));
          Map<String, Tensor> tensors = files.tensors(LoadProgress.console());
          var model = BertModel.fromPretrained(tensors, config(path, tensors, config));
          return new SentenceEncoder(
              files.tokenizer(), model, pooling(files.json("1_Pooling/config.json")), true);
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
      throw new UncheckedIOException(
          "sentence encoder: %s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** What the tensors do not show, from {@code config.json}. */
  private static BertConfig config(
      Path path, Map<String, Tensor> tensors, Map<String, Object> config) {
    if (!(config.get("num_attention_heads") instanceof Number heads)) {
      throw new FormatException(
          path.resolve("config.json"),
          "num_attention_heads",
          "it is not there, or no number. A BERT's config.json has it.");
    }
    BertConfig shown = BertConfig.of(tensors, heads.intValue());
    return new BertConfig(
        shown.vocabSize(),
        shown.hiddenSize(),
        shown.numHiddenLayers(),
        shown.numAttentionHeads(),
        shown.intermediateSize(),
        shown.maxPositionEmbeddings(),
        shown.typeVocabSize(),
        config.get("hidden_act") instanceof String act ? act : shown.hiddenAct(),
        config.get("hidden_dropout_prob") instanceof Number p
            ? p.doubleValue()
            : shown.hiddenDropoutProb(),
        config.get("layer_norm_eps") instanceof Number eps
            ? eps.doubleValue()
            : shown.layerNormEps());
  }

  private static Pooling pooling(Optional<Map<String, Object>> config) {
    if (config.isEmpty()) {
      return Pooling.MEAN;
    }
    Map<String, Object> modes = config.get();
    return Boolean.TRUE.equals(modes.get("pooling_mode_cls_token"))
        ? Pooling.CLS
        : Boolean.TRUE.equals(modes.get("pooling_mode_max_tokens")) ? Pooling.MAX : Pooling.MEAN;
  }
}
