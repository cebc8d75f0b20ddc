package gradus.nn;

import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plain recurrent layers: {@code h' = tanh(W_ih · x + b_ih + W_hh · h + b_hh)}, or relu of it.
 *
 * <pre>{@code
 * var rnn = new RNN(10, 20, o -> o.nonlinearity("relu"));
 * RNN.Output r = rnn.run(Tensor.randn(5, 3, 10));
 * r.output().shape();   // [5, 3, 20]
 * r = rnn.forward(more, r.hidden());
 * }</pre>
 *
 * <p>PyTorch: {@code torch.nn.RNN}; Elman 1990.
 */
public class RNN extends RNNBase {
  private final boolean relu;

  /**
   * One layer.
   *
   * @param inputSize the size of an input vector
   * @param hiddenSize the size of a hidden state
   */
  public RNN(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, new RNNOptions());
  }

  /**
   * Several layers, each of which reads the output of the one before.
   *
   * @param inputSize the size of an input vector
   * @param hiddenSize the size of a hidden state
   * @param numLayers how many layers
   */
  public RNN(int inputSize, int hiddenSize, int numLayers) {
    this(inputSize, hiddenSize, new RNNOptions().numLayers(numLayers));
  }

  /**
   * Layers with options by name.
   *
   * @param inputSize the size of an input vector
   * @param hiddenSize the size of a hidden state
   * @param options sets what differs from one plain layer
   */
  public RNN(int inputSize, int hiddenSize, Consumer<RNNOptions> options) {
    this(inputSize, hiddenSize, told(options));
  }

  private RNN(int inputSize, int hiddenSize, RNNOptions options) {
    super(1, inputSize, hiddenSize, options);
    this.relu = options.nonlinearity.equals("relu");
  }

  private RNN(RNN source) {
    super(source);
    this.relu = source.relu;
  }

  @Override
  Op.Recurrence op(List<Integer> batchSizes, boolean reverse) {
    return new Op.Rnn(relu, batchSizes, reverse);
  }

  /** The output alone, from a state of zeros; {@link #run} also gives the last state. */
  @Override
  public Tensor forward(Tensor input) {
    return walk(input, null, null).output();
  }

  /**
   * Output and last state, from a state of zeros. PyTorch: {@code layer(input)}.
   *
   * @param input see {@link RNNBase}
   */
  public Output run(Tensor input) {
    return forward(input, null);
  }

  /**
   * Output and last state. PyTorch: {@code layer(input, h_0)}.
   *
   * @param input see {@link RNNBase}
   * @param hidden the first hidden state [numLayers · D, N, hiddenSize]; null for zeros
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public Output forward(Tensor input, Tensor hidden) {
    Walked out = walk(input, hidden, null);
    return new Output(out.output(), out.hidden());
  }

  /** Output and last state of packed sequences, from a state of zeros. */
  public PackedOutput forward(PackedSequence input) {
    return forward(input, null);
  }

  /** Output and last state of packed sequences; states may be null for zeros. */
  public PackedOutput forward(PackedSequence input, Tensor hidden) {
    Walked out = walk(input, hidden, null);
    return new PackedOutput(input.with(out.output()), out.hidden());
  }

  @Override
  public RNN copy() {
    return new RNN(this);
  }
}
