package gradus.nn;

import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.util.List;

/** One step of a plain recurrent layer, see {@link RNN}. PyTorch: {@code torch.nn.RNNCell}. */
public class RNNCell extends RNNCellBase {
  private final String nonlinearity;

  /** A cell with biases. */
  public RNNCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, true);
  }

  /** A cell with or without biases. */
  public RNNCell(int inputSize, int hiddenSize, boolean bias) {
    this(inputSize, hiddenSize, bias, "tanh");
  }

  /**
   * A cell with or without biases, and with relu instead of tanh.
   *
   * @param inputSize the size of an input vector
   * @param hiddenSize the size of a hidden state
   * @param bias whether there are biases
   * @param nonlinearity {@code "tanh"} or {@code "relu"}
   */
  public RNNCell(int inputSize, int hiddenSize, boolean bias, String nonlinearity) {
    super(1, inputSize, hiddenSize, bias);
    RecurrentChecks.nonlinearity("RNNCell", nonlinearity);
    this.nonlinearity = nonlinearity;
  }

  private RNNCell(RNNCell source) {
    super(source);
    this.nonlinearity = source.nonlinearity;
  }

  @Override
  Op.Recurrence op(List<Integer> batchSizes) {
    return new Op.Rnn(nonlinearity.equals("relu"), batchSizes, false);
  }

  /** The next hidden state, from a state of zeros. */
  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null);
  }

  /**
   * The next hidden state.
   *
   * @param input [N, inputSize], or [inputSize]
   * @param hidden the hidden state [N, hiddenSize], or [hiddenSize]; null for zeros
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public Tensor forward(Tensor input, Tensor hidden) {
    return step(input, hidden, null).hidden();
  }

  @Override
  protected String extraRepr() {
    return super.extraRepr()
        + (nonlinearity.equals("tanh") ? "" : ", nonlinearity=" + nonlinearity);
  }

  @Override
  public RNNCell copy() {
    return new RNNCell(this);
  }
}
