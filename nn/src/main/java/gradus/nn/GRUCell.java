package gradus.nn;

import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.util.List;

/** One step of a gated recurrent unit, see {@link GRU}. PyTorch: {@code torch.nn.GRUCell}. */
public class GRUCell extends RNNCellBase {
  /** A cell with biases. */
  public GRUCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, true);
  }

  /** A cell with or without biases. */
  public GRUCell(int inputSize, int hiddenSize, boolean bias) {
    super(3, inputSize, hiddenSize, bias);
  }

  private GRUCell(GRUCell source) {
    super(source);
  }

  @Override
  Op.Recurrence op(List<Integer> batchSizes) {
    return new Op.Gru(batchSizes, false);
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
  public GRUCell copy() {
    return new GRUCell(this);
  }
}
