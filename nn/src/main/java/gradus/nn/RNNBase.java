package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Op;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What {@link RNN}, {@link LSTM} and {@link GRU} share: layers of recurrent cells, in one direction
 * or both.
 *
 * <p>With L the length, N the batch and D 2 if bidirectional, else 1: the input is [L, N,
 * inputSize] ([N, L, inputSize] with {@code batchFirst}; [L, inputSize] without batch), the output
 * [L, N, D · hiddenSize] likewise, and a state [numLayers · D, N, hiddenSize], or without batch
 * [numLayers · D, hiddenSize]. A {@link PackedSequence} holds sequences of several lengths.
 *
 * <p>The parameters of layer k are named as in PyTorch: {@code weight_ih_l[k]} [gates · hiddenSize,
 * inputSize], {@code weight_hh_l[k]}, {@code bias_ih_l[k]}, {@code bias_hh_l[k]} and {@code
 * weight_hr_l[k]}, those of the direction from the end with {@code _reverse} behind. All start
 * uniform in ±1/√hiddenSize. PyTorch: {@code torch.nn.RNNBase}.
 */
public abstract class RNNBase extends Layer {
  /**
   * Output and last state.
   *
   * @param output the hidden states of the last layer, step by step
   * @param hidden the last hidden state of each layer and direction
   */
  public record Output(Tensor output, Tensor hidden) {}

  /**
   * The same of packed sequences.
   *
   * @param output the hidden states of the last layer, packed as the input was
   * @param hidden the last hidden state of each layer and direction, for each sequence its own
   */
  public record PackedOutput(PackedSequence output, Tensor hidden) {}

  /** The size of an input vector. */
  public final int inputSize;

  /** The size of a hidden state. */
  public final int hiddenSize;

  /** How many layers follow each other. */
  public final int numLayers;

  /** Whether there are biases. */
  public final boolean bias;

  /** Whether the batch is dimension 0 of input and output. */
  public final boolean batchFirst;

  /** The probability with which an element between two layers is dropped in training. */
  public final double dropout;

  /** Whether each layer also walks from the end to the beginning. */
  public final boolean bidirectional;

  /** The size that hidden states are projected to, 0 for none. */
  public final int projSize;

  private final int gates;

  /** By their names, layer after layer; a map's names would begin with that of the field. */
  private final transient Map<String, Tensor> weights = new LinkedHashMap<>();

  RNNBase(int gates, int inputSize, int hiddenSize, RNNOptions options) {
    RecurrentChecks.options(RecurrentChecks.name(gates), inputSize, hiddenSize, options);
    double layers = options.numLayers * (options.bidirectional ? 2.0 : 1.0);
    String name = RecurrentChecks.name(gates);
    RecurrentChecks.room(name, layers, gates, inputSize, hiddenSize, hiddenSize);
    this.gates = gates;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.numLayers = options.numLayers;
    this.bias = options.bias;
    this.batchFirst = options.batchFirst;
    this.dropout = options.dropout;
    this.bidirectional = options.bidirectional;
    this.projSize = options.projSize;
    double bound = 1 / Math.sqrt(hiddenSize);
    for (int layer = 0; layer < numLayers; layer++) {
      for (int direction = 0; direction < directions(); direction++) {
        String end = "_l" + layer + (direction == 1 ? "_reverse" : "");
        int in = layer == 0 ? inputSize : directions() * stateSize();
        weight("weight_ih" + end, bound, gates * hiddenSize, in);
        weight("weight_hh" + end, bound, gates * hiddenSize, stateSize());
        if (bias) {
          weight("bias_ih" + end, bound, gates * hiddenSize);
          weight("bias_hh" + end, bound, gates * hiddenSize);
        }
        if (projSize > 0) {
          weight("weight_hr" + end, bound, projSize, hiddenSize);
        }
      }
    }
  }

  RNNBase(RNNBase source) {
    gates = source.gates;
    inputSize = source.inputSize;
    hiddenSize = source.hiddenSize;
    numLayers = source.numLayers;
    bias = source.bias;
    batchFirst = source.batchFirst;
    dropout = source.dropout;
    bidirectional = source.bidirectional;
    projSize = source.projSize;
    source.weights.forEach((name, weight) -> weights.put(name, LayerTree.copy(weight)));
    training(source.training());
  }

  static RNNOptions told(Consumer<RNNOptions> options) {
    var told = new RNNOptions();
    given(options, "options").accept(told);
    return told;
  }

  private void weight(String name, double bound, int... shape) {
    weights.put(name, parameter(Init.uniform_(Tensor.empty(shape), -bound, bound)));
  }

  @Override
  Map<String, Tensor> namedWeights() {
    return weights;
  }

  /**
   * The parameters of each layer and direction, in the order of their names. PyTorch: {@code
   * all_weights}.
   */
  public List<List<Tensor>> allWeights() {
    var all = List.copyOf(weights.values());
    int each = all.size() / (numLayers * directions());
    var out = new ArrayList<List<Tensor>>();
    for (int i = 0; i < all.size(); i += each) {
      out.add(all.subList(i, i + each));
    }
    return Collections.unmodifiableList(out);
  }

  /** The parameter of that name, such as {@code weight_ih_l0}; null if there is none. */
  private Tensor weight(String kind, int layer, int direction) {
    return weights.get(kind + "_l" + layer + (direction == 1 ? "_reverse" : ""));
  }

  private int directions() {
    return bidirectional ? 2 : 1;
  }

  private int stateSize() {
    return projSize > 0 ? projSize : hiddenSize;
  }

  /** The primitive of one layer in one direction. */
  abstract Op.Recurrence op(List<Integer> batchSizes, boolean reverse);

  /** What comes out of all layers: rows, and the states stacked. */
  record Walked(Tensor output, Tensor hidden, Tensor cell) {}

  /** The layers over a tensor, in its own layout; states may be null for zeros. */
  final Walked walk(Tensor input, Tensor hidden, Tensor cell) {
    RecurrentChecks.input(this, input);
    boolean batched = input.dim() == 3;
    Tensor x = !batched ? input.unsqueeze(1) : batchFirst ? input.transpose(0, 1) : input;
    int length = x.size(0);
    int batch = x.size(1);
    UnaryOperator<Tensor> spread = s -> s == null || batched ? s : s.unsqueeze(1);
    checkStates(input, batched ? batch : -1, hidden, cell);
    Tensor rows = x.reshape(length * batch, inputSize);
    Walked out =
        walk(rows, Collections.nCopies(length, batch), spread.apply(hidden), spread.apply(cell));
    Tensor y = out.output.reshape(length, batch, directions() * stateSize());
    if (!batched) {
      Tensor c = out.cell == null ? null : out.cell.squeeze(1);
      return new Walked(y.squeeze(1), out.hidden.squeeze(1), c);
    }
    return new Walked(batchFirst ? y.transpose(0, 1) : y, out.hidden, out.cell);
  }

  /** The layers over packed sequences; the states are in the order of the sequences. */
  final Walked walk(PackedSequence input, Tensor hidden, Tensor cell) {
    Tensor data = given(input, "input").data();
    RecurrentChecks.packed(this, data);
    List<Integer> sizes = input.sizes();
    checkStates(data, sizes.getFirst(), hidden, cell);
    Tensor order = input.sortedIndices();
    Walked out = walk(data, sizes, reordered(hidden, order), reordered(cell, order));
    Tensor back = input.unsortedIndices();
    return new Walked(out.output, reordered(out.hidden, back), reordered(out.cell, back));
  }

  private static Tensor reordered(Tensor state, Tensor order) {
    return state == null || order == null ? state : state.indexSelect(1, order);
  }

  private void checkStates(Tensor input, int batch, Tensor hidden, Tensor cell) {
    int layers = numLayers * directions();
    RecurrentChecks.state(this, "hidden", hidden, input, layers, batch, stateSize());
    RecurrentChecks.state(this, "cell", cell, input, layers, batch, hiddenSize);
  }

  private Walked walk(Tensor rows, List<Integer> sizes, Tensor hidden, Tensor cell) {
    boolean lstm = gates == 4;
    int batch = sizes.getFirst();
    Tensor noHidden = hidden != null ? null : zeros(rows, batch, stateSize());
    Tensor noCell = !lstm || cell != null ? null : zeros(rows, batch, hiddenSize);
    int count = numLayers * directions();
    Tensor[] states = new Tensor[count];
    Tensor[] cells = new Tensor[lstm ? count : 0];
    Tensor x = rows;
    for (int layer = 0; layer < numLayers; layer++) {
      Tensor[] out = new Tensor[directions()];
      for (int direction = 0; direction < out.length; direction++) {
        int i = layer * out.length + direction;
        Tensor h = hidden == null ? noHidden : hidden.select(0, i);
        Tensor c = !lstm ? null : cell == null ? noCell : cell.select(0, i);
        var one =
            RecurrentCells.run(
                op(sizes, direction == 1),
                x,
                h,
                c,
                weight("weight_ih", layer, direction),
                weight("weight_hh", layer, direction),
                weight("bias_ih", layer, direction),
                weight("bias_hh", layer, direction),
                weight("weight_hr", layer, direction));
        out[direction] = one.output();
        states[i] = one.hidden();
        if (lstm) {
          cells[i] = one.cell();
        }
      }
      x = bidirectional ? Tensor.cat(1, out) : out[0];
      if (dropout > 0 && training() && layer < numLayers - 1) {
        x = F.dropout(x, dropout, true);
      }
    }
    return new Walked(x, Tensor.stack(0, states), lstm ? Tensor.stack(0, cells) : null);
  }

  private static Tensor zeros(Tensor like, int rows, int cols) {
    return Tensor.zeros(like.dtype(), rows, cols);
  }

  @Override
  protected String extraRepr() {
    var text = new StringBuilder().append(inputSize).append(", ").append(hiddenSize);
    if (projSize != 0) {
      text.append(", proj_size=").append(projSize);
    }
    if (numLayers != 1) {
      text.append(", num_layers=").append(numLayers);
    }
    if (!bias) {
      text.append(", bias=").append(PythonText.of(false));
    }
    if (batchFirst) {
      text.append(", batch_first=").append(PythonText.of(true));
    }
    if (dropout != 0) {
      text.append(", dropout=").append(PythonText.of(dropout));
    }
    if (bidirectional) {
      text.append(", bidirectional=").append(PythonText.of(true));
    }
    return text.toString();
  }

  /** The shape of a state, for errors. */
  static Shape stateShape(int layers, int batch, int size) {
    return batch < 0 ? Shape.of(layers, size) : Shape.of(layers, batch, size);
  }
}
