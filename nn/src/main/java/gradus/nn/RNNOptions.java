package gradus.nn;

/**
 * What {@link RNN}, {@link LSTM} and {@link GRU} can be told by name; each method sets one option
 * and returns this.
 *
 * <pre>{@code
 * new LSTM(10, 20, o -> o.numLayers(2).batchFirst(true).bidirectional(true))
 * }</pre>
 */
public final class RNNOptions {
  int numLayers = 1;
  String nonlinearity = "tanh";
  boolean bias = true;
  boolean batchFirst;
  double dropout;
  boolean bidirectional;
  int projSize;

  RNNOptions() {}

  /** How many layers follow each other, 1 if not told. PyTorch: {@code num_layers}. */
  public RNNOptions numLayers(int numLayers) {
    this.numLayers = numLayers;
    return this;
  }

  /** {@code "tanh"}, or {@code "relu"}; only {@link RNN}. PyTorch: {@code nonlinearity}. */
  public RNNOptions nonlinearity(String nonlinearity) {
    this.nonlinearity = nonlinearity;
    return this;
  }

  /** Whether there are biases; there are if not told. PyTorch: {@code bias}. */
  public RNNOptions bias(boolean bias) {
    this.bias = bias;
    return this;
  }

  /**
   * Whether input and output are [N, L, *] instead of [L, N, *]; the states are not. PyTorch:
   * {@code batch_first}.
   */
  public RNNOptions batchFirst(boolean batchFirst) {
    this.batchFirst = batchFirst;
    return this;
  }

  /**
   * The probability with which an element of the output of each layer but the last is dropped in
   * training, 0 if not told. PyTorch: {@code dropout}.
   */
  public RNNOptions dropout(double dropout) {
    this.dropout = dropout;
    return this;
  }

  /**
   * Whether each layer also walks from the end to the beginning, which doubles the size of the
   * output. PyTorch: {@code bidirectional}.
   */
  public RNNOptions bidirectional(boolean bidirectional) {
    this.bidirectional = bidirectional;
    return this;
  }

  /**
   * The size that hidden states are projected to, 0 for none; only {@link LSTM}. PyTorch: {@code
   * proj_size}.
   */
  public RNNOptions projSize(int projSize) {
    this.projSize = projSize;
    return this;
  }
}
