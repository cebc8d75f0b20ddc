package gradus.conformance;

import gradus.tensor.DType;
import gradus.tensor.Masked;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's default arguments, for parameters that only the longest overload of a method or
 * constructor has.
 */
final class Defaults {
  /** For every method or class that has a parameter of the name. */
  private static final Map<String, Object> COMMON = new HashMap<>();

  /** For one method or class: {@code owner.parameter}. */
  private static final Map<String, Object> OF = new HashMap<>();

  /** The order of positional arguments where PyTorch still has deprecated ones in between. */
  private static final Map<String, List<String>> POSITIONS =
      Map.of(
          "NLLLoss", List.of("weight", "sizeAverage", "ignoreIndex", "reduce", "reduction"),
          "CrossEntropyLoss",
              List.of("weight", "sizeAverage", "ignoreIndex", "reduce", "reduction"),
          "BCELoss", List.of("weight", "sizeAverage", "reduce", "reduction"),
          "BCEWithLogitsLoss", List.of("weight", "sizeAverage", "reduce", "reduction", "posWeight"),
          "MultiLabelSoftMarginLoss", List.of("weight", "sizeAverage", "reduce", "reduction"));

  private static void none(String... names) {
    for (String name : names) {
      COMMON.put(name, null);
    }
  }

  private static void common(Object... pairs) {
    put(COMMON, "", pairs);
  }

  private static void of(String owner, Object... pairs) {
    put(OF, owner + ".", pairs);
  }

  private static void put(Map<String, Object> map, String prefix, Object... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(prefix + pairs[i], pairs[i + 1]);
    }
  }

  static {
    none(
        "weight",
        "bias",
        "posWeight",
        "paddingIdx",
        "maxNorm",
        "offsets",
        "perSampleWeights",
        "attnMask");
    none(
        "keyPaddingMask",
        "kdim",
        "vdim",
        "norm",
        "mask",
        "srcMask",
        "srcKeyPaddingMask",
        "scale",
        "min",
        "max");
    common(
        "reduction",
        "mean",
        "ignoreIndex",
        -100L,
        "labelSmoothing",
        0.0,
        "margin",
        0.0,
        "delta",
        1.0,
        "beta",
        1.0);
    common(
        "full",
        false,
        "logInput",
        true,
        "swap",
        false,
        "logTarget",
        false,
        "p",
        2.0,
        "keepdim",
        false,
        "eps",
        1e-8);
    common(
        "scaleGradByFreq",
        false,
        "sparse",
        false,
        "mode",
        "mean",
        "includeLastOffset",
        false,
        "freeze",
        true);
    common(
        "normType",
        2.0,
        "dim",
        1L,
        "elementwiseAffine",
        true,
        "dropout",
        0.0,
        "dropoutP",
        0.0,
        "isCausal",
        false);
    common(
        "addBiasKv",
        false,
        "addZeroAttn",
        false,
        "batchFirst",
        false,
        "needWeights",
        true,
        "needAttnWeights",
        true);
    common(
        "averageAttnWeights", true, "activation", "relu", "layerNormEps", 1e-5, "normFirst", false);
    common(
        "dimFeedforward",
        2048L,
        "numClasses",
        -1L,
        "training",
        true,
        "inplace",
        false,
        "threshold",
        20.0);
    common(
        "alpha",
        1.0,
        "value",
        0.0,
        "bias",
        true,
        "largest",
        true,
        "descending",
        false,
        "lastEpoch",
        -1L);
    of("RNNCell", "bias", true, "nonlinearity", "tanh");
    of("bilinear", "bias", null);
    of("linear", "bias", null);
    of("layerNorm", "bias", null, "eps", 1e-5);
    optimizers();
    schedules();
    images();
    for (String name : List.of("tripletMarginLoss", "TripletMarginLoss")) {
      of(name, "eps", 1e-6, "margin", 1.0);
    }
    for (String name :
        List.of("gaussianNllLoss", "GaussianNLLLoss", "pairwiseDistance", "PairwiseDistance")) {
      of(name, "eps", 1e-6);
    }
    for (String name :
        List.of("hingeEmbeddingLoss", "HingeEmbeddingLoss", "multiMarginLoss", "MultiMarginLoss")) {
      of(name, "margin", 1.0, "p", 1L);
    }
    of("LayerNorm", "eps", 1e-5);
    of("normalize", "eps", 1e-12);
    none("inputMask", "otherMask");
    of("pad", "mode", "constant");
    of("dropout", "p", 0.5);
    of("Dropout", "p", 0.5);
    of("TransformerEncoderLayer", "dropout", 0.1);
    of("addmm", "beta", 1L, "alpha", 1L);
    of("baddbmm", "beta", 1L, "alpha", 1L);
    of("addbmm", "beta", 1L, "alpha", 1L);
    of("addmv", "beta", 1L, "alpha", 1L);
    of("addr", "beta", 1L, "alpha", 1L);
    for (String name : List.of("var", "std", "varMean", "stdMean")) {
      of(name, "dim", List.of(), "correction", 1L, "unbiased", true, "keepdim", false);
    }
    for (String name :
        List.of("sort", "argsort", "topk", "kthvalue", "median", "mode", "nanmedian")) {
      of(name, "dim", -1L, "keepdim", false, "descending", false, "largest", true);
    }
    for (String name :
        List.of("sum", "mean", "amax", "amin", "nansum", "nanmean", "norm", "logsumexp")) {
      of(name, "dim", List.of(), "keepdim", false, "p", 2L);
    }
    for (String name :
        List.of(
            "max", "min", "argmax", "argmin", "prod", "any", "all", "quantile", "nanquantile")) {
      of(name, "keepdim", false);
    }
    of("prod", "dim", List.of());
    of("chunk", "dim", 0L);
    of("tensorSplit", "dim", 0L);
    of("splitWithSizes", "dim", 0L);
    of("diff", "n", 1L, "dim", -1L, "prepend", null, "append", null);
    of("trapezoid", "dx", 1L, "dim", -1L);
    of("cumulativeTrapezoid", "dx", 1L, "dim", -1L);
    of("cov", "correction", 1L, "fweights", null, "aweights", null);
    of("bincount", "weights", null, "minlength", 0L);
    of("histc", "bins", 100L, "min", 0L, "max", 0L);
    of("unique", "sorted", true, "returnInverse", false, "returnCounts", false);
    of("uniqueConsecutive", "returnInverse", false, "returnCounts", false);
    of("searchsorted", "right", false, "side", null, "sorter", null);
    of("bucketize", "right", false);
    of("isin", "assumeUnique", false, "invert", false);
    of("diagonal", "offset", 0L, "dim1", 0L, "dim2", 1L);
    of("diagonalScatter", "offset", 0L, "dim1", 0L, "dim2", 1L);
    of("diagEmbed", "offset", 0L, "dim1", -2L, "dim2", -1L);
    of("sliceScatter", "dim", 0L, "start", null, "end", null, "step", 1L);
    of("asStridedScatter", "storageOffset", 0L);
    of("nanToNum", "nan", null, "posinf", null, "neginf", null);
    of("combinations", "r", 2L, "withReplacement", false);
    of("logspace", "base", 10.0, "dtype", DType.FLOAT32);
    of("arange", "step", 1L);
    of("trilIndices", "offset", 0L);
    of("triuIndices", "offset", 0L);
    of("cdist", "p", 2.0);
    of("tensordot", "dims", 2L);
    of("aminmax", "keepdim", false);
    for (String name : List.of("quantile", "nanquantile")) {
      of(name, "dim", null, "interpolation", "linear");
    }
    of("clamp", "min", null, "max", null);
    of("isclose", "rtol", 1e-5, "atol", 1e-8, "equalNan", false);
    of("allclose", "rtol", 1e-5, "atol", 1e-8, "equalNan", false);
  }

  private static void optimizers() {
    common(
        "lr",
        1e-2,
        "momentum",
        0.0,
        "weightDecay",
        0.0,
        "dampening",
        0.0,
        "nesterov",
        false,
        "maximize",
        false);
    common(
        "amsgrad",
        false,
        "betas",
        List.of(0.9, 0.999),
        "lrDecay",
        0.0,
        "initialAccumulatorValue",
        0.0,
        "rho",
        0.9);
    common("centered", false, "momentumDecay", 4e-3, "lambd", 1e-4, "etas", List.of(0.5, 1.2));
    common("stepSizes", List.of(1e-6, 50.0));
    of("ASGD", "alpha", 0.75, "t0", 1e6);
    of("Adagrad", "eps", 1e-10);
    of("Adadelta", "eps", 1e-6, "lr", 1.0);
    of("Adam", "lr", 1e-3);
    of("AdamW", "lr", 1e-3, "weightDecay", 1e-2);
    of("SparseAdam", "lr", 1e-3);
    of("Adamax", "lr", 2e-3);
    of("NAdam", "lr", 2e-3);
    of("RAdam", "lr", 1e-3);
    of("RMSprop", "alpha", 0.99);
  }

  private static void images() {
    of("GroupNorm", "eps", 1e-5, "affine", true);
    of("LocalResponseNorm", "alpha", 1e-4, "beta", 0.75, "k", 1.0);
    of("localResponseNorm", "alpha", 1e-4, "beta", 0.75, "k", 1.0);
    for (String name : List.of("batchNorm", "groupNorm", "instanceNorm")) {
      of(name, "runningMean", null, "runningVar", null, "training", false, "momentum", 0.1);
      of(name, "bias", null, "useInputStats", true, "eps", 1e-5);
    }
    for (String name : List.of("alphaDropout", "featureAlphaDropout")) {
      of(name, "p", 0.5, "training", false);
    }
    for (String d : List.of("1d", "2d", "3d")) {
      of("dropout" + d, "p", 0.5);
      of("conv" + d, "bias", null);
      of("convTranspose" + d, "bias", null);
      of("LPPool" + d, "stride", null, "ceilMode", false);
      of("lpPool" + d, "stride", null, "ceilMode", false);
      of("MaxUnpool" + d, "stride", null, "padding", 0L);
      of("maxUnpool" + d, "stride", null, "padding", 0L, "outputSize", null);
    }
  }

  private static void schedules() {
    common(
        "gamma",
        0.1,
        "etaMin",
        0.0,
        "tMult",
        1L,
        "startFactor",
        1.0 / 3,
        "endFactor",
        1.0,
        "totalIters",
        5L);
    common(
        "power",
        1.0,
        "stepSizeUp",
        2000L,
        "cycleMomentum",
        true,
        "baseMomentum",
        0.8,
        "maxMomentum",
        0.9);
    common(
        "pctStart",
        0.3,
        "annealStrategy",
        "cos",
        "divFactor",
        25.0,
        "finalDivFactor",
        1e4,
        "threePhase",
        false);
    common("patience", 10L, "thresholdMode", "rel", "cooldown", 0L, "minLr", 0.0, "factor", 0.1);
    of("CyclicLR", "mode", "triangular", "gamma", 1.0);
    of("ConstantLR", "factor", 1.0 / 3);
    of("OneCycleLR", "baseMomentum", 0.85, "maxMomentum", 0.95);
    of("ReduceLROnPlateau", "mode", "min", "threshold", 1e-4);
  }

  private Defaults() {}

  /** The name of a method, or of the class a constructor makes. */
  static String owner(Executable target) {
    return target instanceof Method m ? m.getName() : target.getDeclaringClass().getSimpleName();
  }

  private static boolean isLayerOrFunction(Executable target) {
    return target.getDeclaringClass().getName().startsWith("gradus.nn.")
        || target.getDeclaringClass() == Masked.class;
  }

  static boolean has(Executable target, String parameter) {
    return OF.containsKey(owner(target) + "." + parameter)
        || (isLayerOrFunction(target) && COMMON.containsKey(parameter));
  }

  static Object get(Executable target, String parameter) {
    String key = owner(target) + "." + parameter;
    return OF.containsKey(key) ? OF.get(key) : COMMON.get(parameter);
  }

  /**
   * The names of positional arguments, where Java's parameters come in another order; empty
   * elsewhere.
   */
  static List<String> positions(Executable target) {
    return POSITIONS.getOrDefault(owner(target), List.of());
  }
}
