package gradus.nn;

import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/**
 * Layers of long short-term memory: a cell keeps what its gates let in, and forgets what they say.
 *
 * <pre>{@code
 * var lstm = new LSTM(10, 20, o -> o.numLayers(2).batchFirst(true));
 * LSTM.Output r = lstm.run(Tensor.randn(3, 5, 10));
 * r.output().shape();   // [3, 5, 20]
 * r.hidden().shape();   // [2, 3, 20]
 * r = lstm.forward(more, r.hidden(), r.cell());
 * }</pre>
 *
 * <p>PyTorch: {@code torch.nn.LSTM}; Hochreiter and Schmidhuber 1997.
 */
public class LSTM extends RNNBase {
  /**
   * Output and last states.
   *
   * @param output the hidden states of the last layer, step by step
   * @param hidden the last hidden state of each layer and direction
   * @param cell the last cell of each layer and direction
   */
  public record Output(Tensor output, Tensor hidden, Tensor cell) {}

  /**
   * The same of packed sequences.
   *
   * @param output the hidden states of the last layer, packed as the input was
   * @param hidden the last hidden state of each layer and direction, for each sequence its own
   * @param cell the last cell of each layer and direction, for each sequence its own
   */
  public record PackedOutput(PackedSequence output, Tensor hidden, Tensor cell) {}

  /**
   * One layer.
   *
   * @param inputSize the size of an input vector
   * @param hiddenSize the size of a hidden state
   */
  public LSTM(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, new RNNOptions());
  }

  /**
   * Several layers, each of which reads the output of the one before.
   *
   * @param inputSize the size of an input vector
   * @param hiddenSize the size of a hidden state
   * @param numLayers how many layers
   */
  public LSTM(int inputSize, int hiddenSize, int numLayers) {
    this(inputSize, hiddenSize, new RNNOptions().numLayers(numLayers));
  }

  /**
   * Layers with options by name.
   *
   * @param inputSize the size of an input vector
   * @param hiddenSize the size of a hidden state
   * @param options sets what differs from one plain layer
   */
  public LSTM(int inputSize, int hiddenSize, Consumer<RNNOptions> options) {
    this(inputSize, hiddenSize, told(options));
  }

  private LSTM(int inputSize, int hiddenSize, RNNOptions options) {
    super(4, inputSize, hiddenSize, options);
  }

  private LSTM(LSTM source) {
    super(source);
  }

  @Override
  Op.Recurrence op(List<Integer> batchSizes, boolean reverse) {
    return new Op.Lstm(batchSizes, reverse);
  }

  /** The output alone, from states of zeros; {@link #run} also gives the last states. */
  @Override
  public Tensor forward(Tensor input) {
    return walk(input, null, null).output();
  }

  /**
   * Output and last states, from states of zeros. PyTorch: {@code layer(input)}.
   *
   * @param input see {@link RNNBase}
   */
  public Output run(Tensor input) {
    return forward(input, null, null);
  }

  /**
   * Output and last states. PyTorch: {@code layer(input, (h_0, c_0))}.
   *
   * @param input see {@link RNNBase}
   * @param hidden the first hidden state [numLayers · D, N, projSize or hiddenSize]; null for zeros
   * @param cell the first cell [numLayers · D, N, hiddenSize]; null for zeros
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public Output forward(Tensor input, Tensor hidden, Tensor cell) {
    Walked out = walk(input, hidden, cell);
    return new Output(out.output(), out.hidden(), out.cell());
  }

  /** Output and last states of packed sequences, from states of zeros. */
  public PackedOutput forward(PackedSequence input) {
    return forward(input, null, null);
  }

  /** Output and last states of packed sequences; states may be null for zeros. */
  public PackedOutput forward(PackedSequence input, Tensor hidden, Tensor cell) {
    Walked out = walk(input, hidden, cell);
    return new PackedOutput(input.with(out.output()), out.hidden(), out.cell());
  }

  @Override
  public LSTM copy() {
    return new LSTM(this);
  }
}
