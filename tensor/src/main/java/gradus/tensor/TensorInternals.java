package gradus.tensor;

import gradus.tensor.kernel.op.BinaryOps;
import gradus.tensor.kernel.optimizer.OptimizerSteps;
import gradus.tensor.spi.Internals;
import gradus.tensor.spi.WalkMemory;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What autograd may do that users may not. */
final class TensorInternals extends Internals {
  @Override
  public Node node(Tensor tensor) {
    return tensor.gradientNode();
  }

  @Override
  public void free(Node node) {
    node.free();
  }

  @Override
  public Node copy(Node node) {
    return node.copy();
  }

  @Override
  public List<Tensor> saved(Node node) {
    return node.saved();
  }

  @Override
  public List<Tensor> checkpoint(Function<List<Tensor>, List<Tensor>> f, List<Tensor> inputs) {
    return Recomputation.of(f, inputs);
  }

  @Override
  public GradMode.Scope detectAnomaly(boolean mode) {
    return GradMode.detectAnomaly(mode);
  }

  @Override
  public boolean detectsAnomaly() {
    return GradMode.state().anomaly;
  }

  @Override
  public Tensor checkedGradient(Node node, int input, Tensor gradient, Supplier<Tensor> recipe) {
    return Anomaly.checkedGradient(node, input, gradient, recipe);
  }

  @Override
  public List<UnaryOperator<Tensor>> hooks(Node node) {
    return node.hooks();
  }

  @Override
  public GradMode.Scope hook(Node node, UnaryOperator<Tensor> hook) {
    node.addHook(hook);
    return () -> node.removeHook(hook);
  }

  @Override
  public GradMode.Scope cut(Node node, int input) {
    return node.cut(input);
  }

  @Override
  public GradMode.Scope replaced(Tensor tensor, Tensor data) {
    return tensor.replaced(data);
  }

  @Override
  public boolean sharesMemory(Tensor a, Tensor b) {
    return a.storage == b.storage;
  }

  @Override
  public GradMode.Scope watching(Consumer<Tensor> watch) {
    return GradMode.watching(watch);
  }

  @Override
  public Tensor retained(Node node) {
    return node.retained();
  }

  @Override
  public Tensor leaf(Node node) {
    return node.value().orElseThrow();
  }

  @Override
  public Tensor storedGrad(Tensor leaf) {
    return leaf.storedGrad();
  }

  @Override
  public void outlive(Tensor tensor) {
    Region.outlive(tensor);
  }

  @Override
  public WalkMemory walkMemory() {
    return new WalkRegion();
  }

  @Override
  public boolean isParameter(Tensor tensor) {
    return tensor.isParameter();
  }

  @Override
  public void storeGrad(Tensor tensor, Tensor gradient) {
    tensor.storeGrad(gradient);
  }

  @Override
  public void setData(Tensor leaf, Tensor data) {
    leaf.setData(data);
  }

  @Override
  public Tensor view(Tensor tensor, Op.ViewOp op) {
    return Views.of(tensor, op);
  }

  @Override
  public Tensor place(Tensor part, Op.ViewOp op, Shape full) {
    return placed(part, op, full);
  }

  /**
   * Zeros with {@code part} added where the view looks; windows of a view may overlap, then they
   * add up.
   */
  static Tensor placed(Tensor part, Op.ViewOp op, Shape full) {
    Tensor out = Tensor.zeros(part.dtype(), full.raw());
    try (var _ = GradMode.noGrad()) {
      Tensor window = Views.of(out, op);
      if (!window.shape().equals(part.shape())) {
        throw Errors.invalid(
            "place", part.shape() + " does not fit the view " + window.shape() + ".");
      }
      if (op instanceof Op.Unfold || op instanceof Op.AsStrided || op instanceof Op.Expand) {
        double[] values = Dense.doubles(part);
        Dense.forEach(
            window, (i, at) -> out.storage.setDouble(at, out.storage.getDouble(at) + values[i]));
      } else {
        Dense.write(window, part);
      }
    }
    out.storage.version = 0;
    return Tensor.record(new Op.Place(op, full), out, part);
  }

  @Override
  public Tensor sparse(Shape shape, Tensor indices, Tensor values) {
    return Tensor.sparse(shape, indices, values);
  }

  @Override
  public Tensor lent(Tensor sparse) {
    var rows = (Storage.SparseRows) sparse.storage;
    return new Tensor(rows.lent(), sparse.dtype(), sparse.shape());
  }

  @Override
  public void addRows(Tensor table, Tensor sparse, double factor) {
    EmbeddingOps.addRows(table, sparse, factor);
  }

  @Override
  public void addRows(Tensor table, Tensor rows, Tensor values) {
    EmbeddingOps.addRows(table, rows, values);
  }

  @Override
  public boolean adam(
      OptimizerSteps.Adam step,
      Tensor param,
      Tensor grad,
      Tensor mean,
      Tensor square,
      Tensor greatest) {
    if (!inOneRun(param, grad, mean, square, greatest)) {
      return false;
    }
    OptimizerSteps.adam(
        step, run(param), run(grad), run(mean), run(square), run(greatest), param.numel());
    written(param, mean, square, greatest);
    return true;
  }

  @Override
  public boolean sgd(OptimizerSteps.Sgd step, Tensor param, Tensor grad, Tensor velocity) {
    if (!inOneRun(param, grad, velocity)) {
      return false;
    }
    OptimizerSteps.sgd(step, run(param), run(grad), run(velocity), param.numel());
    written(param, velocity);
    return true;
  }

  private static boolean inOneRun(Tensor... tensors) {
    for (Tensor t : tensors) {
      if (t != null && (t.dtype() != DType.FLOAT32 || t.isSparse() || !t.isContiguous())) {
        return false;
      }
    }
    return true;
  }

  private static OptimizerSteps.Run run(Tensor x) {
    return x == null ? null : new OptimizerSteps.Run(Dense.array(x), x.offset);
  }

  private static void written(Tensor... tensors) {
    for (Tensor t : tensors) {
      if (t != null) {
        t.storage.version++;
      }
    }
  }

  @Override
  public Tensor reluGrad(Tensor gradient, Tensor output) {
    return onePass(output)
        ? Elementwise.map(BinaryOps.RELU_GRAD, gradient, output)
        : gradient.maskedFill(output.le(0), 0);
  }

  @Override
  public Tensor tanhGrad(Tensor gradient, Tensor output) {
    return onePass(output)
        ? Elementwise.map(BinaryOps.TANH_GRAD, gradient, output)
        : gradient.mul(output.square().rsub(1));
  }

  @Override
  public Tensor sigmoidGrad(Tensor gradient, Tensor output) {
    return onePass(output)
        ? Elementwise.map(BinaryOps.SIGMOID_GRAD, gradient, output)
        : gradient.mul(output.mul(output.rsub(1)));
  }

  private static boolean onePass(Tensor output) {
    return !GradMode.isEnabled() && output.dtype() == DType.FLOAT32;
  }

  @Override
  public Tensor dropoutGrad(Tensor gradient, Tensor mask, double p) {
    return DropoutOps.apply(gradient, mask, p);
  }

  @Override
  public Tensor softmaxGrad(Tensor gradient, Tensor output, int dim) {
    return SoftmaxOps.softmaxGrad(gradient, output, dim);
  }

  @Override
  public Tensor logSoftmaxGrad(Tensor gradient, Tensor output, int dim) {
    return SoftmaxOps.logSoftmaxGrad(gradient, output, dim);
  }

  @Override
  public List<Tensor> layerNormGrad(
      Tensor gradient,
      Tensor input,
      Tensor weight,
      int normalizedDims,
      double eps,
      List<Tensor> saved) {
    return LayerNormOps.layerNormGrad(gradient, input, weight, normalizedDims, eps, saved);
  }

  @Override
  public List<Tensor> linearGrad(Tensor gradient, Tensor input) {
    return LinearOps.grad(gradient, input);
  }

  @Override
  public Tensor attentionWeights(Tensor scores) {
    return AttentionOps.weights(scores);
  }

  @Override
  public List<Tensor> attentionGrad(Tensor gradient, List<Tensor> inputs, Op.Attention op) {
    return AttentionOps.grad(gradient, inputs, op);
  }

  @Override
  public Tensor recurrence(Op.Recurrence op, Tensor... inputs) {
    return RecurrentOps.run(op, inputs);
  }

  @Override
  public Tensor recurrenceBySteps(Op.Recurrence op, Tensor... inputs) {
    return RecurrentSteps.run(op, inputs);
  }

  @Override
  public List<Tensor> recurrenceGrad(Tensor gradient, Op.Recurrence op, Node node) {
    return RecurrentOps.grad(gradient, op, node);
  }

  @Override
  public Tensor convolutionInput(Tensor output, Tensor weight, Op.Slide slide, Shape shape) {
    return ConvolutionOps.input(output, weight, slide, shape);
  }

  @Override
  public Tensor convolutionWeight(Tensor input, Tensor output, Op.Slide slide, Shape shape) {
    return ConvolutionOps.weight(input, output, slide, shape);
  }

  @Override
  public Tensor convolution(Tensor input, Tensor weight, Op.Slide slide) {
    return ConvolutionOps.output(input, weight, null, slide);
  }

  @Override
  public Tensor crossEntropyGrad(
      Tensor gradient, Tensor logits, Tensor target, long ignoreIndex, List<Tensor> saved) {
    return CrossEntropyOps.crossEntropyGrad(gradient, logits, target, ignoreIndex, saved);
  }

  @Override
  public Tensor embeddingGrad(Tensor gradient, Tensor indices, int rows, Op.Embedding op) {
    return EmbeddingOps.embeddingGrad(gradient, indices, rows, op);
  }
}
