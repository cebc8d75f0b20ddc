package gradus.tensor;

import gradus.tensor.kernel.recurrent.GruSteps;
import gradus.tensor.kernel.recurrent.Kept;
import gradus.tensor.kernel.recurrent.LstmSteps;
import gradus.tensor.kernel.recurrent.RnnSteps;
import gradus.tensor.kernel.recurrent.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recurrent layers in one direction and their gradients: FLOAT32 on the kernel, anything else by
 * {@link RecurrentSteps}. Callers see to shapes and dtypes.
 */
final class RecurrentOps {
  private RecurrentOps() {}

  static Tensor run(Op.Recurrence op, Tensor... inputs) {
    if (inputs[0].dtype() != DType.FLOAT32 || inputs[0].numel() == 0) {
      Tensor out;
      try (var _ = GradMode.noGrad()) {
        out = RecurrentSteps.run(op, inputs).detach();
      }
      return Tensor.record(op, out, inputs);
    }
    boolean kept = GradMode.isEnabled() && Arrays.stream(inputs).anyMatch(Tensor::requiresGrad);
    Tensor[] in = new Tensor[inputs.length];
    Arrays.setAll(in, i -> Dense.packed(inputs[i]));
    var layer = new Sizes(op, in);
    Kept notes = layer.notes(kept);
    Tensor out = Tensor.record(op, forward(op, layer, in, notes), inputs);
    if (out.gradientNode() != null) {
      out.gradientNode().save(layer.saved(notes));
    }
    return out;
  }

  /** The sizes of a layer, and the arrays that go with them. */
  private record Sizes(
      Steps steps, int hidden, int width, int kept, boolean lstm, boolean project) {
    Sizes(Op.Recurrence op, Tensor[] in) {
      boolean lstm = op instanceof Op.Lstm;
      int gates = lstm ? 4 : op instanceof Op.Gru ? 3 : 1;
      int[] batch = op.batchSizes().stream().mapToInt(Integer::intValue).toArray();
      this(
          new Steps(batch, op.reverse()),
          in[1].size(0) / gates,
          in[1].size(1),
          gates == 1 ? 1 : 4,
          lstm,
          lstm && in.length > 4);
    }

    private int rows() {
      return steps.rows();
    }

    private int sequences() {
      return steps.sequences();
    }

    private int result() {
      return (rows() + sequences()) * width + (lstm ? sequences() * hidden : 0);
    }

    private Kept notes(boolean everyStep) {
      int rows = everyStep ? rows() : sequences();
      return new Kept(
          everyStep,
          ArrayPool.floats(rows * kept * hidden),
          ArrayPool.floats(rows * width),
          lstm ? ArrayPool.floats(rows * hidden) : null,
          lstm ? ArrayPool.floats(rows * hidden) : null,
          project ? ArrayPool.floats(rows * hidden) : null);
    }

    private Tensor[] saved(Kept notes) {
      var out = new ArrayList<Tensor>();
      out.add(Dense.of(notes.gates(), Shape.of(rows() * kept * hidden)));
      out.add(Dense.of(notes.before(), Shape.of(rows(), width)));
      for (float[] more : new float[][] {notes.cells(), notes.tanhs(), notes.raw()}) {
        if (more != null) {
          out.add(Dense.of(more, Shape.of(rows(), hidden)));
        }
      }
      return out.toArray(Tensor[]::new);
    }

    private Kept notes(List<Tensor> saved) {
      return new Kept(
          true,
          Dense.array(saved.get(0)),
          Dense.array(saved.get(1)),
          lstm ? Dense.array(saved.get(2)) : null,
          lstm ? Dense.array(saved.get(3)) : null,
          project ? Dense.array(saved.get(4)) : null);
    }
  }

  private static float[] array(Tensor[] in, int i) {
    return i < in.length ? Dense.array(in[i]) : null;
  }

  private static int offset(Tensor[] in, int i) {
    return i < in.length ? in[i].offset : 0;
  }

  private static Tensor forward(Op.Recurrence op, Sizes layer, Tensor[] in, Kept notes) {
    float[] out = ArrayPool.floats(layer.result());
    int at = layer.rows() * layer.width;
    System.arraycopy(array(in, 2), offset(in, 2), out, at, in[2].numel());
    float[] x = array(in, 0);
    float[] weight = array(in, 1);
    int xAt = offset(in, 0);
    int weightAt = offset(in, 1);
    switch (op) {
      case Op.Lstm _ -> {
        System.arraycopy(array(in, 3), offset(in, 3), out, at + in[2].numel(), in[3].numel());
        new LstmSteps(layer.steps, layer.hidden, layer.width, notes)
            .forward(x, xAt, weight, weightAt, array(in, 4), offset(in, 4), out);
      }
      case Op.Gru _ ->
          new GruSteps(layer.steps, layer.hidden, notes)
              .forward(x, xAt, weight, weightAt, array(in, 3), offset(in, 3), out);
      case Op.Rnn(boolean relu, var _, var _) ->
          new RnnSteps(layer.steps, layer.hidden, relu, notes)
              .forward(x, xAt, weight, weightAt, out);
    }
    return Dense.of(out, Shape.of(layer.result()));
  }

  /** The gradients of the inputs; null for weights that need none. */
  static List<Tensor> grad(Tensor gradient, Op.Recurrence op, Node node) {
    Tensor[] in = new Tensor[node.arity()];
    Arrays.setAll(in, i -> Dense.packed(node.input(i)));
    var layer = new Sizes(op, in);
    List<Tensor> saved = node.saved();
    Kept notes = layer.notes(saved);
    Tensor up = Dense.packed(gradient);
    float[] g = Dense.array(up);
    float[] weight = array(in, 1);
    int weightAt = offset(in, 1);
    Tensor dx = like(in[0]);
    Tensor dState = like(in[2]);
    Tensor byState = op instanceof Op.Gru ? like(in[0]) : dx;
    var out = new ArrayList<Tensor>();
    out.addAll(Arrays.asList(dx, null, dState));
    switch (op) {
      case Op.Lstm _ -> {
        Tensor dCell = like(in[3]);
        Tensor projected = layer.project ? like(saved.get(1)) : null;
        new LstmSteps(layer.steps, layer.hidden, layer.width, notes)
            .backward(
                weight,
                weightAt,
                array(in, 4),
                offset(in, 4),
                g,
                up.offset,
                Dense.array(dx),
                Dense.array(dState),
                Dense.array(dCell),
                projected == null ? null : Dense.array(projected));
        out.add(dCell);
        if (projected != null) {
          out.add(node.needsGradient(4) ? projected.t().matmul(saved.get(4)) : null);
        }
      }
      case Op.Gru _ -> {
        new GruSteps(layer.steps, layer.hidden, notes)
            .backward(
                weight,
                weightAt,
                g,
                up.offset,
                Dense.array(dx),
                Dense.array(byState),
                Dense.array(dState));
        if (in.length > 3) {
          out.add(byState.narrow(1, 2 * layer.hidden, layer.hidden).sum(0));
        }
      }
      case Op.Rnn(boolean relu, var _, var _) ->
          new RnnSteps(layer.steps, layer.hidden, relu, notes)
              .backward(weight, weightAt, g, up.offset, Dense.array(dx), Dense.array(dState));
    }
    out.set(1, node.needsGradient(1) ? byState.t().matmul(saved.get(1)) : null);
    return out;
  }

  /** An undefined tensor of the same shape. */
  private static Tensor like(Tensor x) {
    return Dense.of(ArrayPool.floats(x.numel()), x.shape());
  }
}
