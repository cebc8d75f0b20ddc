package gradus.nn.bert;

import gradus.nn.MultiheadAttention;
import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One model under two sets of names: BERT's own, in Hugging Face's spelling or TensorFlow's, and
 * those of the layers that {@link BertModel} is made of.
 *
 * <p>They differ in one thing besides the words: BERT keeps the maps to query, key and value apart,
 * {@link MultiheadAttention} has one for all three. TensorFlow stores the matrices of linear maps
 * transposed.
 */
final class BertNames {
  private static final Pattern LAYER = Pattern.compile("encoder\\.layer\\.(\\d+)\\..*");
  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final String POSITIONS = "embeddings.position_embeddings.weight";
  private static final String TYPES = "embeddings.token_type_embeddings.weight";
  private static final List<String> QUERY_KEY_VALUE = List.of("query", "key", "value");

  static final String CLASSIFIER = "classifier.";

  /** Within a layer: BERT's name beside ours, but for query, key and value. */
  private static final Map<String, String> PARTS = parts();

  /** Outside of the layers. */
  private static final Map<String, String> OTHERS = others();

  /** The head for masked tokens. */
  private static final Map<String, String> HEAD = head("cls.predictions.");

  /** By Hugging Face's names, without {@code bert.}. */
  private final Map<String, Tensor> tensors;

  private BertNames(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  private static Map<String, String> parts() {
    var names = new LinkedHashMap<String, String>();
    both(names, "attention.output.dense", "self_attn.out_proj");
    both(names, "intermediate.dense", "linear1");
    both(names, "output.dense", "linear2");
    both(names, "attention.output.LayerNorm", "norm1");
    both(names, "output.LayerNorm", "norm2");
    return names;
  }

  private static Map<String, String> others() {
    var names = new LinkedHashMap<String, String>();
    for (String table : List.of(WORDS, POSITIONS, TYPES)) {
      names.put(table, table);
    }
    both(names, "embeddings.LayerNorm", "embeddings.layer_norm");
    both(names, "pooler.dense", "pooler.dense");
    return names;
  }

  private static Map<String, String> head(String prefix) {
    var names = new LinkedHashMap<String, String>();
    both(names, prefix + "transform.dense", "dense");
    both(names, prefix + "transform.LayerNorm", "layer_norm");
    names.put(prefix + "bias", "bias");
    return names;
  }

  private static void both(Map<String, String> names, String theirs, String ours) {
    names.put(theirs + ".weight", ours + ".weight");
    names.put(theirs + ".bias", ours + ".bias");
  }

  /** The tensors of a model, whoever named them. */
  static BertNames read(Map<String, Tensor> tensors) {
    var plain = new LinkedHashMap<String, Tensor>();
    tensors.forEach(
        (name, tensor) -> {
          boolean tensorFlow = name.contains("/");
          String theirs = (tensorFlow ? fromTensorFlow(name) : name).replaceFirst("^bert\\.", "");
          boolean turned = tensorFlow && name.endsWith("/kernel");
          plain.put(theirs, turned ? tensor.transpose(0, 1) : tensor);
        });
    return new BertNames(plain);
  }

  /** {@code bert/encoder/layer_0/output/dense/kernel} as {@code …layer.0.output.dense.weight}. */
  private static String fromTensorFlow(String name) {
    return name.replaceFirst("^module/", "")
        .replace('/', '.')
        .replaceFirst("layer_(\\d+)", "layer.$1")
        .replaceFirst("_embeddings$", "_embeddings.weight")
        .replaceFirst("\\.(kernel|gamma)$", ".weight")
        .replaceFirst("\\.(output_bias|beta)$", ".bias");
  }

  boolean hasPooler() {
    return tensors.containsKey("pooler.dense.weight");
  }

  boolean hasClassifier() {
    return tensors.containsKey(CLASSIFIER + "weight");
  }

  /** The sizes that the tensors show. */
  BertConfig config(int numAttentionHeads) {
    Tensor words = get(WORDS);
    return new BertConfig(
        words.size(0),
        words.size(1),
        layers(),
        numAttentionHeads,
        get("encoder.layer.0.intermediate.dense.bias").size(0),
        get(POSITIONS).size(0),
        get(TYPES).size(0),
        "gelu",
        0.1,
        1e-12);
  }

  /** How many layers there are: as many as stand there from 0 on, and no others. */
  private int layers() {
    Set<String> numbers = new HashSet<>();
    for (String name : tensors.keySet()) {
      var matcher = LAYER.matcher(name);
      if (matcher.matches()) {
        numbers.add(matcher.group(1));
      }
    }
    for (int i = 0; i < numbers.size(); i++) {
      if (!numbers.contains(String.valueOf(i))) {
        throw Checks.invalid(
            "BertModel",
            "there are tensors of %d layers, but none of \"encoder.layer.%d\". Layers count from 0 on."
                .formatted(numbers.size(), i));
      }
    }
    return numbers.size();
  }

  private Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw Checks.invalid(
          "BertModel",
          "there is no tensor \"%s\" among the %d given. A BERT model has it; is this one?"
              .formatted(name, tensors.size()));
    }
    return tensor;
  }

  /** The state of a {@link BertModel}. */
  Map<String, Tensor> model(BertConfig config) {
    var state = new LinkedHashMap<String, Tensor>();
    OTHERS.forEach(
        (theirs, ours) -> {
          if (hasPooler() || !theirs.startsWith("pooler")) {
            state.put(ours, get(theirs));
          }
        });
    for (int i = 0; i < config.numHiddenLayers(); i++) {
      String theirs = "encoder.layer." + i + ".";
      String ours = "encoder.layers." + i + ".";
      for (String kind : List.of("weight", "bias")) {
        var three = new ArrayList<Tensor>();
        for (String part : QUERY_KEY_VALUE) {
          three.add(get(theirs + "attention.self." + part + "." + kind));
        }
        state.put(ours + "self_attn.in_proj_" + kind, Tensor.cat(three, 0));
      }
      PARTS.forEach((theirPart, ourPart) -> state.put(ours + ourPart, get(theirs + theirPart)));
    }
    return state;
  }

  /** The state of a {@link BertLMPredictionHead}. */
  Map<String, Tensor> head() {
    var state = new LinkedHashMap<String, Tensor>();
    HEAD.forEach((theirs, ours) -> state.put(ours, get(theirs)));
    return state;
  }

  /** The map to kinds of texts, which bears the same names here; empty if there is none. */
  Map<String, Tensor> classifier() {
    var state = new LinkedHashMap<>(tensors);
    state.keySet().removeIf(name -> !name.startsWith(CLASSIFIER));
    return state;
  }

  /** Hugging Face's names for the state of a {@link BertModel}. */
  static Map<String, Tensor> huggingFace(Map<String, Tensor> state) {
    var names = new LinkedHashMap<String, String>();
    PARTS.forEach((theirs, ours) -> names.put(ours, theirs));
    OTHERS.forEach((theirs, ours) -> names.put(ours, theirs));
    var tensors = new LinkedHashMap<String, Tensor>();
    state.forEach(
        (name, tensor) -> {
          String layer = name.replaceFirst("^(encoder\\.layers\\.\\d+\\.)?.*", "$1");
          String part = name.substring(layer.length());
          String prefix = layer.replace("layers", "layer");
          if (part.startsWith("self_attn.in_proj_")) {
            String kind = part.substring("self_attn.in_proj_".length());
            Tensor[] three = tensor.chunk(3, 0).toArray(Tensor[]::new);
            for (int i = 0; i < three.length; i++) {
              String theirs = prefix + "attention.self." + QUERY_KEY_VALUE.get(i) + "." + kind;
              tensors.put(theirs, three[i]);
            }
          } else {
            tensors.put(prefix + names.get(part), tensor);
          }
        });
    return tensors;
  }
}
