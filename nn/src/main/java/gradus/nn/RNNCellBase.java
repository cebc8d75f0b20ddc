package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Op;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What {@link RNNCell}, {@link LSTMCell} and {@link GRUCell} share. All parameters start uniform in
 * ±1/√hiddenSize. PyTorch: {@code torch.nn.RNNCellBase}.
 */
public abstract class RNNCellBase extends Layer {
  /** The weights of the input [gates · hiddenSize, inputSize]. */
  public final Tensor weightIh;

  /** The weights of the hidden state [gates · hiddenSize, hiddenSize]. */
  public final Tensor weightHh;

  /** The bias of the input [gates · hiddenSize]; empty if the cell was made without. */
  public final Optional<Tensor> biasIh;

  /** The bias of the hidden state [gates · hiddenSize]; empty if the cell was made without. */
  public final Optional<Tensor> biasHh;

  /** The size of an input vector. */
  public final int inputSize;

  /** The size of a hidden state. */
  public final int hiddenSize;

  RNNCellBase(int gates, int inputSize, int hiddenSize, boolean bias) {
    String name = RecurrentChecks.name(gates) + "Cell";
    RecurrentChecks.sizes(name, inputSize, hiddenSize);
    RecurrentChecks.room(name, 1, gates, inputSize, hiddenSize, hiddenSize);
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    int size = gates * hiddenSize;
    this.weightIh = weight(size, inputSize);
    this.weightHh = weight(size, hiddenSize);
    this.biasIh = bias ? Optional.of(weight(size)) : Optional.empty();
    this.biasHh = bias ? Optional.of(weight(size)) : Optional.empty();
  }

  RNNCellBase(RNNCellBase source) {
    this.inputSize = source.inputSize;
    this.hiddenSize = source.hiddenSize;
    this.weightIh = LayerTree.copy(source.weightIh);
    this.weightHh = LayerTree.copy(source.weightHh);
    this.biasIh = source.biasIh.map(LayerTree::copy);
    this.biasHh = source.biasHh.map(LayerTree::copy);
    training(source.training());
  }

  private Tensor weight(int... shape) {
    double bound = 1 / Math.sqrt(hiddenSize);
    return parameter(Init.uniform_(Tensor.empty(shape), -bound, bound));
  }

  abstract Op.Recurrence op(List<Integer> batchSizes);

  final RecurrentCells.Walked step(Tensor input, Tensor hidden, Tensor cell) {
    int dims = given(input, "input").dim();
    if (dims != 1 && dims != 2) {
      throw new IllegalArgumentException(
          "%s: the input is %s. Expected input to be 1D or 2D: [N, %s], or [%s]."
              .formatted(name(), input.shape(), inputSize, inputSize));
    }
    RecurrentChecks.size(this, input, inputSize, weightIh);
    Shape expected = dims == 1 ? Shape.of(hiddenSize) : Shape.of(input.size(0), hiddenSize);
    RecurrentChecks.matches(this, "hidden", hidden, input, expected);
    RecurrentChecks.matches(this, "cell", cell, input, expected);
    Tensor x = dims == 1 ? input.unsqueeze(0) : input;
    int batch = x.size(0);
    Op.Recurrence op = op(List.of(batch));
    Tensor h = rows(hidden, x, batch);
    Tensor c = op instanceof Op.Lstm ? rows(cell, x, batch) : null;
    var out =
        RecurrentCells.run(
            op, x, h, c, weightIh, weightHh, biasIh.orElse(null), biasHh.orElse(null), null);
    if (dims == 2) {
      return out;
    }
    return new RecurrentCells.Walked(
        null, out.hidden().squeeze(0), c == null ? null : out.cell().squeeze(0));
  }

  private Tensor rows(Tensor state, Tensor x, int batch) {
    if (state == null) {
      return Tensor.zeros(x.dtype(), batch, hiddenSize);
    }
    return state.dim() == 1 ? state.unsqueeze(0) : state;
  }

  @Override
  protected String extraRepr() {
    return inputSize + ", " + hiddenSize + (biasIh.isPresent() ? "" : ", bias=False");
  }
}
