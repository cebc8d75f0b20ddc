package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Shape;
import gradus.tensor.Tensor;

/** What recurrent layers and cells refuse. */
final class RecurrentChecks {
  private static final System.Logger LOG = System.getLogger(RecurrentChecks.class.getName());

  private RecurrentChecks() {}

  /** A layer's name while it is being made, by the number of its gates. */
  static String name(int gates) {
    return gates == 4 ? "LSTM" : gates == 3 ? "GRU" : "RNN";
  }

  private static IllegalArgumentException invalid(Layer layer, String text) {
    return invalid(layer.name(), text);
  }

  private static IllegalArgumentException invalid(String layer, String text) {
    return new IllegalArgumentException(layer + ": " + text);
  }

  static void sizes(String layer, int inputSize, int hiddenSize) {
    if (inputSize < 0 || hiddenSize <= 0) {
      throw invalid(
          layer,
          ("inputSize is %s and hiddenSize %s. hidden_size must be greater than zero, and "
                  + "no size negative.")
              .formatted(inputSize, hiddenSize));
    }
  }

  static void options(String layer, int inputSize, int hiddenSize, RNNOptions o) {
    sizes(layer, inputSize, hiddenSize);
    if (o.numLayers <= 0) {
      throw invalid(
          layer, "numLayers is " + o.numLayers + ". num_layers must be greater than zero.");
    }
    if (!(o.dropout >= 0 && o.dropout <= 1)) {
      throw invalid(
          layer, "dropout is " + o.dropout + ". A probability has to be between 0 and 1.");
    }
    if (o.projSize < 0 || o.projSize >= hiddenSize) {
      throw invalid(
          layer,
          ("projSize is %s and hiddenSize %s. proj_size has to be smaller than hidden_size, "
                  + "and 0 for no projection.")
              .formatted(o.projSize, hiddenSize));
    }
    if (o.projSize > 0 && !layer.equals("LSTM")) {
      throw invalid(
          layer, "projSize is " + o.projSize + ". proj_size argument is only supported for LSTM.");
    }
    nonlinearity(layer, o.nonlinearity);
    if (!o.nonlinearity.equals("tanh") && !layer.equals("RNN")) {
      throw invalid(
          layer,
          "nonlinearity is " + o.nonlinearity + ". Only RNN has one to choose. Leave it out.");
    }
    if (o.dropout > 0 && o.numLayers == 1) {
      LOG.log(
          System.Logger.Level.WARNING,
          ("%s: dropout=%s drops between layers, but there is one. Use more layers, or a "
                  + "Dropout behind.")
              .formatted(layer, o.dropout));
    }
  }

  /** All weights must fit the heap; said before the first is made, since there may be many. */
  static void room(
      String layer, double layers, double gates, double input, double hidden, double state) {
    double floats = layers * gates * hidden * (input + state + 2);
    double bytes = Float.BYTES * floats + 1024 * layers;
    if (bytes > Runtime.getRuntime().maxMemory()) {
      throw invalid(
          layer,
          "its weights take about %,.0f MiB, and the heap is %,d MiB. They must fit. Use fewer or smaller layers, or java -Xmx."
              .formatted(bytes / (1 << 20), Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  static void nonlinearity(String layer, String nonlinearity) {
    if (!given(nonlinearity, "nonlinearity").equals("tanh") && !nonlinearity.equals("relu")) {
      throw invalid(
          layer, "nonlinearity is " + nonlinearity + ". Unknown nonlinearity. Use tanh or relu.");
    }
  }

  static void input(RNNBase layer, Tensor input) {
    int dims = given(input, "input").dim();
    if (dims != 2 && dims != 3) {
      throw invalid(
          layer,
          "the input is %s. Expected input to be 2D or 3D: %s%s], or [L, %s] without batch."
              .formatted(
                  input.shape(),
                  layer.batchFirst ? "[N, L, " : "[L, N, ",
                  layer.inputSize,
                  layer.inputSize));
    }
    last(layer, input);
    int length = input.size(dims == 3 && layer.batchFirst ? 1 : 0);
    if (length == 0) {
      throw invalid(
          layer,
          "the input is " + input.shape() + ". Expected sequence length to be larger than 0.");
    }
  }

  static void packed(RNNBase layer, Tensor data) {
    if (data.dim() != 2) {
      throw invalid(
          layer, "the packed data is " + data.shape() + ". It must be [rows, inputSize].");
    }
    last(layer, data);
  }

  private static void last(RNNBase layer, Tensor input) {
    size(layer, input, layer.inputSize, layer.namedWeights().values().iterator().next());
  }

  /** The last size of an input, and its dtype. */
  static void size(Layer layer, Tensor input, int inputSize, Tensor weight) {
    if (input.size(-1) != inputSize) {
      throw invalid(
          layer,
          ("the input is %s. input.size(-1) must be equal to input_size. Expected %s, got " + "%s.")
              .formatted(input.shape(), inputSize, input.size(-1)));
    }
    if (input.dtype() != weight.dtype()) {
      throw invalid(
          layer,
          ("the input is %s%s and the weights are %s%s. Both must have one dtype. Use "
                  + "x.to(DType.%s).")
              .formatted(
                  input.dtype(), input.shape(), weight.dtype(), weight.shape(), weight.dtype()));
    }
  }

  /** A state, unless it is null; a negative {@code batch} is none. */
  static void state(
      Layer layer, String name, Tensor state, Tensor input, int layers, int batch, int size) {
    Shape expected = RNNBase.stateShape(layers, batch, size);
    matches(layer, name, state, input, expected);
  }

  static void matches(Layer layer, String name, Tensor state, Tensor input, Shape expected) {
    if (state == null) {
      return;
    }
    if (!state.shape().equals(expected) || state.dtype() != input.dtype()) {
      throw invalid(
          layer,
          ("the state %s is %s%s for an input %s%s. Expected %s size %s of the input's "
                  + "dtype. Leave it out for zeros.")
              .formatted(
                  name,
                  state.dtype(),
                  state.shape(),
                  input.dtype(),
                  input.shape(),
                  name,
                  expected));
    }
  }
}
