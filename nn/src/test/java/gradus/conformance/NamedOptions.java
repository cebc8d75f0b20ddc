package gradus.conformance;

import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Python's further arguments as options by name: {@code Conv2d(3, 4, 3, 2, bias=False)} is {@code
 * new Conv2d(3, 4, 3, o -> o.stride(2).bias(false))}.
 */
final class NamedOptions {
  private NamedOptions() {}

  /** The beginnings of the names of classes and functions, and the order of what may follow. */
  private static final Map<String, List<String>> ORDER = new HashMap<>();

  static {
    List<String> norm = List.of("eps", "momentum", "affine", "trackRunningStats");
    ORDER.put("BatchNorm", norm);
    ORDER.put("InstanceNorm", norm);
    ORDER.put("Conv", List.of("stride", "padding", "dilation", "groups", "bias", "paddingMode"));
    ORDER.put(
        "ConvTranspose",
        List.of("stride", "padding", "outputPadding", "groups", "bias", "dilation", "paddingMode"));
    ORDER.put("conv", List.of("stride", "padding", "dilation", "groups"));
    ORDER.put("convTranspose", List.of("stride", "padding", "outputPadding", "groups", "dilation"));
    for (String name : List.of("unfold", "fold", "Unfold", "Fold")) {
      ORDER.put(name, List.of("dilation", "padding", "stride"));
    }
    ORDER.put("MaxPool", List.of("stride", "padding", "dilation", "returnIndices", "ceilMode"));
    List<String> average =
        List.of("stride", "padding", "ceilMode", "countIncludePad", "divisorOverride");
    ORDER.put("AvgPool", average);
    ORDER.put("avgPool", average);
    recurrent();
    schedules();
    losses();
    tables();
    attention();
  }

  private static void recurrent() {
    List<String> gated =
        List.of("numLayers", "bias", "batchFirst", "dropout", "bidirectional", "projSize");
    ORDER.put("LSTM", gated);
    ORDER.put("GRU", gated);
    ORDER.put(
        "RNN",
        List.of("numLayers", "nonlinearity", "bias", "batchFirst", "dropout", "bidirectional"));
  }

  private static void schedules() {
    ORDER.put(
        "ReduceLROnPlateau",
        List.of(
            "mode",
            "factor",
            "patience",
            "threshold",
            "thresholdMode",
            "cooldown",
            "minLr",
            "eps"));
    ORDER.put(
        "CyclicLR",
        List.of(
            "stepSizeUp",
            "stepSizeDown",
            "mode",
            "gamma",
            "scaleFn",
            "scaleMode",
            "cycleMomentum",
            "baseMomentum",
            "maxMomentum",
            "lastEpoch"));
  }

  private static void losses() {
    ORDER.put(
        "crossEntropy",
        List.of("weight", "sizeAverage", "ignoreIndex", "reduce", "reduction", "labelSmoothing"));
    ORDER.put("nllLoss", List.of("weight", "sizeAverage", "ignoreIndex", "reduce", "reduction"));
    List<String> weighted = List.of("weight", "sizeAverage", "reduce", "reduction", "posWeight");
    ORDER.put("binaryCrossEntropy", weighted);
    ORDER.put("multilabelSoftMarginLoss", weighted);
    for (String name : List.of("multiMarginLoss", "MultiMarginLoss")) {
      ORDER.put(name, List.of("p", "margin", "weight", "sizeAverage", "reduce", "reduction"));
    }
    for (String name : List.of("poissonNllLoss", "PoissonNLLLoss")) {
      ORDER.put(name, List.of("logInput", "full", "sizeAverage", "eps", "reduce", "reduction"));
    }
    for (String name : List.of("gaussianNllLoss", "GaussianNLLLoss")) {
      ORDER.put(name, List.of("full", "eps", "reduction"));
    }
    for (String name : List.of("tripletMarginLoss", "TripletMarginLoss")) {
      ORDER.put(name, List.of("margin", "p", "eps", "swap", "sizeAverage", "reduce", "reduction"));
    }
  }

  private static void tables() {
    List<String> table = List.of("paddingIdx", "maxNorm", "normType", "scaleGradByFreq", "sparse");
    ORDER.put("Embedding", table);
    ORDER.put("embedding", table);
    List<String> bag =
        List.of(
            "maxNorm",
            "normType",
            "scaleGradByFreq",
            "mode",
            "sparse",
            "includeLastOffset",
            "paddingIdx");
    ORDER.put("EmbeddingBag", bag);
    ORDER.put(
        "embeddingBag",
        List.of(
            "offsets",
            "maxNorm",
            "normType",
            "scaleGradByFreq",
            "mode",
            "sparse",
            "perSampleWeights",
            "includeLastOffset",
            "paddingIdx"));
    ORDER.put("Embedding.fromPretrained", with("freeze", table));
    ORDER.put("EmbeddingBag.fromPretrained", with("freeze", bag));
  }

  private static void attention() {
    ORDER.put("scaledDotProductAttention", List.of("attnMask", "dropoutP", "isCausal", "scale"));
    ORDER.put(
        "MultiheadAttention",
        List.of("dropout", "bias", "addBiasKv", "addZeroAttn", "kdim", "vdim", "batchFirst"));
    ORDER.put(
        "MultiheadAttention.forward",
        List.of("keyPaddingMask", "needWeights", "attnMask", "averageAttnWeights", "isCausal"));
    List<String> layer =
        List.of(
            "dimFeedforward", "dropout", "activation", "layerNormEps", "batchFirst", "normFirst");
    ORDER.put("TransformerEncoderLayer", layer);
    ORDER.put("TransformerDecoderLayer", layer);
    ORDER.put("Transformer", with("numEncoderLayers", with("numDecoderLayers", layer)));
    ORDER.put(
        "TransformerEncoderLayer.forward", List.of("srcMask", "srcKeyPaddingMask", "isCausal"));
    ORDER.put("TransformerEncoder.forward", List.of("mask", "srcKeyPaddingMask", "isCausal"));
    List<String> decoder =
        List.of("tgtMask", "memoryMask", "tgtKeyPaddingMask", "memoryKeyPaddingMask");
    ORDER.put("TransformerDecoderLayer.forward", decoder);
    ORDER.put("TransformerDecoder.forward", decoder);
    ORDER.put(
        "Transformer.forward",
        List.of(
            "srcMask",
            "tgtMask",
            "memoryMask",
            "srcKeyPaddingMask",
            "tgtKeyPaddingMask",
            "memoryKeyPaddingMask"));
    ORDER.put("LayerNorm", List.of("eps", "elementwiseAffine", "bias"));
  }

  private static List<String> with(String first, List<String> rest) {
    var all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  /**
   * Sets the options that {@code args} and {@code kwargs} give, and takes those out of {@code
   * kwargs}; empty if there is one it does not know.
   */
  static Optional<Consumer<Object>> of(
      Executable target, Parameter parameter, List<?> args, Map<String, Object> kwargs) {
    if (!(parameter.getParameterizedType() instanceof ParameterizedType consumer
        && consumer.getActualTypeArguments()[0] instanceof Class<?> type)) {
      return Optional.empty();
    }
    List<String> order = order(target);
    var given = new HashMap<String, Object>();
    for (int i = 0; i < args.size(); i++) {
      if (i >= order.size()) {
        return Optional.empty();
      }
      given.put(order.get(i), args.get(i));
    }
    kwargs.keySet().removeIf(k -> has(type, k) && given.putIfAbsent(k, kwargs.get(k)) == null);
    var settings = new ArrayList<Consumer<Object>>();
    for (var entry : given.entrySet()) {
      var setting = setting(type, entry.getKey(), entry.getValue());
      if (setting.isEmpty()) {
        return Optional.empty();
      }
      settings.add(setting.get());
    }
    return Optional.of(options -> settings.forEach(s -> s.accept(options)));
  }

  private static List<String> order(Executable target) {
    String owner = Defaults.owner(target);
    String full = target.getDeclaringClass().getSimpleName() + "." + owner;
    if (ORDER.containsKey(full)) {
      return ORDER.get(full);
    }
    return ORDER.entrySet().stream()
        .filter(e -> owner.startsWith(e.getKey()))
        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }

  private static boolean has(Class<?> type, String name) {
    return !Binder.methods(type, name, false).isEmpty();
  }

  private static Optional<Consumer<Object>> setting(Class<?> type, String name, Object value) {
    Method best = null;
    Object[] converted = new Object[1];
    int least = Integer.MAX_VALUE;
    for (Method m : Binder.methods(type, name, false)) {
      Object[] out = new Object[1];
      int distance =
          m.getParameterCount() == 1 ? Binder.convert(value, m.getParameters()[0], out) : -1;
      if (distance >= 0 && distance < least) {
        least = distance;
        best = m;
        converted = out;
      }
    }
    if (best == null) {
      return value == null && has(type, name) ? Optional.of(_ -> {}) : Optional.empty();
    }
    var bound = new Binder.Bound(best, converted, 0, 0);
    return Optional.of(bound::invoke);
  }
}
