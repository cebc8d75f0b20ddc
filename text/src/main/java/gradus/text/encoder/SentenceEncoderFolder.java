package gradus.text.encoder;

import static gradus.text.io.JsonText.object;

import gradus.nn.StateDict;
import gradus.nn.bert.BertConfig;
import gradus.tensor.DType;
import gradus.tensor.io.AtomicFile;
import gradus.tensor.io.AtomicFolder;
import gradus.tensor.io.Safetensors;
import gradus.text.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.jr.ob.JSON;

/**
 * Writes a {@link SentenceEncoder} as the folder that sentence-transformers makes of a model, and
 * {@code transformers} reads: the tensors by Hugging Face's names, and small files that say what
 * they are.
 */
final class SentenceEncoderFolder {

  /** Its marks by the tokenizer's files: their roles, and how BERT and SentencePiece write them. */
  private static final Map<String, List<String>> MARKS =
      Map.of(
          "unk_token", List.of("[UNK]", "<unk>"),
          "cls_token", List.of("[CLS]", "<s>"),
          "sep_token", List.of("[SEP]", "</s>"),
          "pad_token", List.of("[PAD]", "<pad>"),
          "mask_token", List.of("[MASK]", "<mask>"));

  private SentenceEncoderFolder() {}

  static void write(SentenceEncoder encoder, Path folder) {
    StateDict tensors = encoder.model.huggingFaceStateDict();
    tensors.forEach(
        (name, tensor) -> {
          if (tensor.dtype() != DType.FLOAT32) {
            throw new IllegalArgumentException(
                "save: the tensor \"%s\" is %s. An encoder is saved as FLOAT32, and loads so. Convert it by to(DType.FLOAT32)."
                    .formatted(name, tensor.dtype()));
          }
        });
    AtomicFolder.write(folder, unfinished -> fill(unfinished, encoder, tensors));
  }

  private static void fill(Path folder, SentenceEncoder encoder, StateDict tensors)
      throws IOException {
    // Hugging Face refuses a file that does not say so.
    Map<String, String> note = Map.of("format", "pt");
    Safetensors.save(tensors, folder.resolve("model.safetensors"), note, Map.of());
    encoder.tokenizer().save(folder.resolve("tokenizer.json"));
    json(folder, "tokenizer_config.json", tokenizerConfig(encoder));
    json(folder, "config.json", config(encoder));
    json(
        folder,
        "sentence_bert_config.json",
        object("max_seq_length", encoder.maxLength(), "do_lower_case", false));
    json(folder, "1_Pooling/config.json", pooling(encoder));
    json(folder, "modules.json", modules(encoder));
    if (encoder.normalizes()) {
      Files.createDirectories(folder.resolve("2_Normalize"));
    }
  }

  private static Map<String, Object> config(SentenceEncoder encoder) {
    BertConfig config = encoder.model.config();
    var json =
        object(
            "architectures", List.of("BertModel"),
            "model_type", "bert",
            "vocab_size", config.vocabSize(),
            "hidden_size", config.hiddenSize(),
            "num_hidden_layers", config.numHiddenLayers(),
            "num_attention_heads", config.numAttentionHeads(),
            "intermediate_size", config.intermediateSize(),
            "max_position_embeddings", config.maxPositionEmbeddings(),
            "type_vocab_size", config.typeVocabSize(),
            "hidden_act", config.hiddenAct(),
            "hidden_dropout_prob", config.hiddenDropoutProb(),
            "attention_probs_dropout_prob", config.hiddenDropoutProb(),
            "layer_norm_eps", config.layerNormEps(),
            "initializer_range", 0.02,
            "position_embedding_type", "absolute",
            "torch_dtype", "float32");
    mark(encoder.tokenizer(), "pad_token")
        .ifPresent(
            pad -> json.put("pad_token_id", encoder.tokenizer().tokenToId(pad).orElseThrow()));
    return json;
  }

  /** Takes the {@code tokenizer.json} as it is, without BERT's own opinion on capitals. */
  private static Map<String, Object> tokenizerConfig(SentenceEncoder encoder) {
    var json =
        object(
            "tokenizer_class", "PreTrainedTokenizerFast", "model_max_length", encoder.maxLength());
    for (String role : MARKS.keySet().stream().sorted().toList()) {
      mark(encoder.tokenizer(), role).ifPresent(token -> json.put(role, token));
    }
    return json;
  }

  private static Optional<String> mark(Tokenizer tokenizer, String role) {
    return MARKS.get(role).stream().filter(t -> tokenizer.tokenToId(t).isPresent()).findFirst();
  }

  private static Map<String, Object> pooling(SentenceEncoder encoder) {
    return object(
        "word_embedding_dimension", encoder.dimension(),
        "pooling_mode_cls_token", encoder.pooling() == Pooling.CLS,
        "pooling_mode_mean_tokens", encoder.pooling() == Pooling.MEAN,
        "pooling_mode_max_tokens", encoder.pooling() == Pooling.MAX,
        "pooling_mode_mean_sqrt_len_tokens", false);
  }

  private static List<Object> modules(SentenceEncoder encoder) {
    return Stream.of(
            module(0, "", "Transformer"),
            module(1, "1_Pooling", "Pooling"),
            module(2, "2_Normalize", "Normalize"))
        .limit(encoder.normalizes() ? 3 : 2)
        .<Object>map(module -> module)
        .toList();
  }

  private static Map<String, Object> module(int index, String path, String type) {
    return object(
        "idx",
        index,
        "name",
        String.valueOf(index),
        "path",
        path,
        "type",
        "sentence_transformers.models." + type);
  }

  private static void json(Path folder, String name, Object value) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    byte[] json = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asBytes(value);
    AtomicFile.write(file, channel -> Channels.newOutputStream(channel).write(json));
  }
}
