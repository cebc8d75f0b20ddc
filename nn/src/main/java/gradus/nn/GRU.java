package gradus.nn;

import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/**
 * Layers of gated recurrent units: gates say how much of the state is forgotten, and how much of it
 * makes the new one.
 *
 * <pre>{@code
 * var gru = new GRU(10, 20);
 * GRU.Output r = gru.run(Tensor.randn(5, 3, 10));
 * r.output().shape();   // [5, 3, 20]
 * r = gru.forward(more, r.hidden());
 * }</pre>
 *
 * <p>PyTorch: {@code torch.nn.GRU}; Cho et al. 2014.
 */
public class GRU extends RNNBase {
  /**
   * One layer.
   *
   * @param inputSize the size of an input vector
   * @param hiddenSize the size of a hidden state
   */
  public GRU(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, new RNNOptions());
  }

  /**
   * Several layers, each of which reads the output of the one before.
   *
   * @param inputSize the size of an input vector
   * @param hiddenSize the size of a hidden state
   * @param numLayers how many layers
   */
  public GRU(int inputSize, int hiddenSize, int numLayers) {
    this(inputSize, hiddenSize, new RNNOptions().numLayers(numLayers));
  }

  /**
   * Layers with options by name.
   *
   * @param inputSize the size of an input vector
   * @param hiddenSize the size of a hidden state
   * @param options sets what differs from one plain layer
   */
  public GRU(int inputSize, int hiddenSize, Consumer<RNNOptions> options) {
    this(inputSize, hiddenSize, told(options));
  }

  private GRU(int inputSize, int hiddenSize, RNNOptions options) {
    super(3, inputSize, hiddenSize, options);
  }

  private GRU(GRU source) {
    super(source);
  }

  @Override
  Op.Recurrence op(List<Integer> batchSizes, boolean reverse) {
    return new Op.Gru(batchSizes, reverse);
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
  public GRU copy() {
    return new GRU(this);
  }
}
