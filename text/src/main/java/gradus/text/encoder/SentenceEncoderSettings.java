package gradus.text.encoder;

import gradus.nn.bert.BertConfig;
import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Quoted;
import gradus.text.tokenizer.Tokenizer;
import gradus.text.tokenizer.Truncation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the small files beside a model's weights say: {@code config.json} and {@code
 * tokenizer_config.json} of transformers, and {@code 1_Pooling/config.json}, {@code
 * sentence_bert_config.json} and {@code modules.json} of sentence-transformers.
 *
 * @param path the folder or jar
 * @param model {@code config.json}
 * @param pooling how the vectors of tokens become one
 * @param normalize whether vectors are brought to length one
 * @param maxLength how many tokens are looked at, if it is said
 */
record SentenceEncoderSettings(
    Path path, Map<?, ?> model, Pooling pooling, boolean normalize, Optional<Integer> maxLength) {

  private static final String POOLING = "1_Pooling/config.json";
  private static final String MODULES = "modules.json";
  private static final String LENGTH = "sentence_bert_config.json";
  private static final String TOKENIZER = "tokenizer_config.json";
  private static final String PACKAGE = "sentence_transformers.models.";

  /** The files by name, as JSON; none where there is no such file. */
  interface Files {
    Optional<Object> json(String name) throws IOException;
  }

  static SentenceEncoderSettings read(Path path, Files files) throws IOException {
    Map<?, ?> model =
        object(path, files, "config.json")
            .orElseThrow(
                () ->
                    new FileNotFoundException(
                        "there is no config.json in it; give the number of heads and the pooling instead"));
    if (model.get("model_type") instanceof String type && !type.equals("bert")) {
      throw wrong(
          path,
          "config.json",
          "model_type",
          "it is \"" + Quoted.of(type) + "\". Only bert is known.");
    }
    Optional<Map<?, ?>> pooling = object(path, files, POOLING);
    Optional<Integer> length = maxLength(path, files, LENGTH, "max_seq_length");
    return new SentenceEncoderSettings(
        path,
        model,
        pooling.isPresent() ? pooling(path, pooling.get()) : Pooling.MEAN,
        normalizes(path, files.json(MODULES)),
        length.isPresent() ? length : maxLength(path, files, TOKENIZER, "model_max_length"));
  }

  private static Optional<Map<?, ?>> object(Path path, Files files, String name)
      throws IOException {
    Object json = files.json(name).orElse(null);
    if (json == null || json instanceof Map<?, ?>) {
      return Optional.ofNullable((Map<?, ?>) json);
    }
    throw wrong(path, name, "JSON", "it is no object.");
  }

  private static FormatException wrong(Path path, String file, String place, String problem) {
    return new FormatException(path.resolve(file), place, problem);
  }

  /** The one mode that is on. */
  private static Pooling pooling(Path path, Map<?, ?> modes) {
    List<String> on = new ArrayList<>();
    if (modes.get("pooling_mode") instanceof String mode) {
      on.add(mode);
    }
    modes.forEach(
        (key, value) -> {
          if (Boolean.TRUE.equals(value) && key.toString().startsWith("pooling_mode_")) {
            on.add(key.toString().substring("pooling_mode_".length()));
          }
        });
    return switch (on.size() == 1 ? on.getFirst() : "") {
      case "mean", "mean_tokens" -> Pooling.MEAN;
      case "cls", "cls_token" -> Pooling.CLS;
      case "max", "max_tokens" -> Pooling.MAX;
      default ->
          throw wrong(
              path,
              POOLING,
              "its modes",
              Quoted.of(on) + " are on. One of mean, cls and max can be.");
    };
  }

  private static boolean normalizes(Path path, Optional<Object> modules) {
    if (modules.isEmpty()) {
      return true;
    }
    if (!(modules.get() instanceof List<?> list)) {
      throw wrong(path, MODULES, "JSON", "it is no list.");
    }
    boolean normalizes = false;
    for (Object module : list) {
      Object type = module instanceof Map<?, ?> entry ? entry.get("type") : null;
      switch (String.valueOf(type).replace(PACKAGE, "")) {
        case "Transformer", "Pooling" -> {}
        case "Normalize" -> normalizes = true;
        default ->
            throw wrong(
                path,
                MODULES,
                "type",
                "%s is not supported. Known are Transformer, Pooling and Normalize."
                    .formatted(Quoted.of(type)));
      }
    }
    return normalizes;
  }

  private static Optional<Integer> maxLength(Path path, Files files, String name, String key)
      throws IOException {
    Object given =
        object(path, files, name).map(settings -> (Object) settings.get(key)).orElse(null);
    if (given == null) {
      return Optional.empty();
    }
    if (!(given instanceof Number number) || !(number.doubleValue() >= 1)) {
      throw wrong(path, name, key, Quoted.of(given) + " is no number of tokens.");
    }
    // transformers writes 10^30 where it knows of no limit.
    return Optional.of((int) Math.min(number.doubleValue(), Integer.MAX_VALUE));
  }

  /**
   * The tokenizer, which cuts texts to the length that is said. What its own file says of it served
   * another program: sentence-transformers does not look there either.
   */
  Tokenizer cutting(Tokenizer tokenizer) {
    Truncation own = tokenizer.truncation().orElse(Truncation.of(0));
    int length = maxLength.orElse(Integer.MAX_VALUE); // the encoder allows as many as the model
    return tokenizer.withTruncation(
        new Truncation(length, own.strategy(), own.stride(), own.direction()));
  }

  /** The sizes the tensors show, and what they do not show. */
  BertConfig config(Map<String, Tensor> tensors) {
    if (!(model.get("num_attention_heads") instanceof Number heads)) {
      throw wrong(
          path,
          "config.json",
          "num_attention_heads",
          "it is not there, or no number. A BERT's config.json has it.");
    }
    BertConfig shown = BertConfig.of(tensors, 1);
    try {
      return new BertConfig(
          shown.vocabSize(),
          shown.hiddenSize(),
          shown.numHiddenLayers(),
          heads.intValue(),
          shown.intermediateSize(),
          shown.maxPositionEmbeddings(),
          shown.typeVocabSize(),
          model.get("hidden_act") instanceof String act ? act : shown.hiddenAct(),
          number("hidden_dropout_prob", shown.hiddenDropoutProb()),
          number("layer_norm_eps", shown.layerNormEps()));
    } catch (IllegalArgumentException e) {
      throw wrong(path, "config.json", "its values", e.getMessage());
    }
  }

  private double number(String key, double otherwise) {
    return model.get(key) instanceof Number number ? number.doubleValue() : otherwise;
  }
}
