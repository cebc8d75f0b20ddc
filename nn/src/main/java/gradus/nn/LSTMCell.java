package gradus.nn;

import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.util.List;

/**
 * One step of a long short-term memory, see {@link LSTM}.
 *
 * <pre>{@code
 * var cell = new LSTMCell(10, 20);
 * LSTMCell.State s = cell.run(x);                 // x [3, 10]
 * s = cell.forward(next, s.hidden(), s.cell());   // [3, 20] each
 * }</pre>
 *
 * <p>PyTorch: {@code torch.nn.LSTMCell}.
 */
public class LSTMCell extends RNNCellBase {
  /**
   * The states after a step.
   *
   * @param hidden [N, hiddenSize]
   * @param cell [N, hiddenSize]
   */
  public record State(Tensor hidden, Tensor cell) {}

  /** A cell with biases. */
  public LSTMCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, true);
  }

  /** A cell with or without biases. */
  public LSTMCell(int inputSize, int hiddenSize, boolean bias) {
    super(4, inputSize, hiddenSize, bias);
  }

  private LSTMCell(LSTMCell source) {
    super(source);
  }

  @Override
  Op.Recurrence op(List<Integer> batchSizes) {
    return new Op.Lstm(batchSizes, false);
  }

  /** The next hidden state alone, from states of zeros; {@link #run} also gives the cell. */
  @Override
  public Tensor forward(Tensor input) {
    return step(input, null, null).hidden();
  }

  /** The next states, from states of zeros. PyTorch: {@code cell(input)}. */
  public State run(Tensor input) {
    return forward(input, null, null);
  }

  /**
   * The next states. PyTorch: {@code cell(input, (h, c))}.
   *
   * @param input [N, inputSize], or [inputSize]
   * @param hidden the hidden state [N, hiddenSize], or [hiddenSize]; null for zeros
   * @param cell the cell, likewise
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public State forward(Tensor input, Tensor hidden, Tensor cell) {
    RecurrentCells.Walked next = step(input, hidden, cell);
    return new State(next.hidden(), next.cell());
  }

  @Override
  public LSTMCell copy() {
    return new LSTMCell(this);
  }
}
