package gradus.tensor.spi;

import gradus.tensor.GradMode;
import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import gradus.tensor.kernel.optimizer.OptimizerSteps;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The back door of the tensor module for autograd: history to read and free, and the primitives
 * that only a backward pass needs. Not exported to users.
 */
public abstract class Internals {
  private static Internals instance;

  /** For the one implementation. */
  protected Internals() {}

  /** The implementation, once {@link Tensor} is loaded. */
  public static Internals get() {
    if (instance == null) {
      Tensor.scalar(0);
    }
    return instance;
  }

  /** Called by {@link Tensor} when it is loaded. */
  public static void set(Internals internals) {
    instance = internals;
  }

  /** The node that gradients of {@code tensor} go to; null if it requires none. */
  public abstract Node node(Tensor tensor);

  /** Drops the saved tensors of a node. */
  public abstract void free(Node node);

  /** What the op of a node computed besides its result, for its derivative; perhaps nothing. */
  public abstract List<Tensor> saved(Node node);

  /** {@code f(inputs)}, whose history computes its tensors again when they are asked for. */
  public abstract List<Tensor> checkpoint(
      Function<List<Tensor>, List<Tensor>> f, List<Tensor> inputs);

  /** A scope in which every result of this thread is looked at for NaN. */
  public abstract GradMode.Scope detectAnomaly(boolean mode);

  /** Whether this thread looks at its results for NaN. */
  public abstract boolean detectsAnomaly();

  /**
   * The gradient of an input by its recipe, once it is known to have no NaN.
   *
   * @param node the op that is differentiated
   * @param input which of its inputs
   * @param gradient of its result
   * @param recipe of the gradient of the input
   * @throws IllegalStateException naming the op, its line and where the NaN is
   */
  public abstract Tensor checkedGradient(
      Node node, int input, Tensor gradient, Supplier<Tensor> recipe);

  /**
   * The op of a node on copies of its tensors as they are now: nothing that happens to those
   * changes it. Each input of floating numbers is a leaf that wants a gradient.
   *
   * @throws IllegalStateException if the history was freed
   */
  public abstract Node copy(Node node);

  /** The hooks on the result of a node. */
  public abstract List<UnaryOperator<Tensor>> hooks(Node node);

  /** A scope in which a hook stands on the result of a node. */
  public abstract GradMode.Scope hook(Node node, UnaryOperator<Tensor> hook);

  /** A scope in which a node hands no gradient to one of its inputs, which stays in the graph. */
  public abstract GradMode.Scope cut(Node node, int input);

  /**
   * A scope in which a tensor holds the numbers of {@code data}, which nobody else may hold. No
   * history takes them for a change; views that are there already look at the numbers of before.
   */
  public abstract GradMode.Scope replaced(Tensor tensor, Tensor data);

  /** Whether both hold their elements in the same memory. */
  public abstract boolean sharesMemory(Tensor a, Tensor b);

  /**
   * A scope in which each result of an op of this thread is told, with or without history, before
   * anybody else sees it.
   */
  public abstract GradMode.Scope watching(Consumer<Tensor> watch);

  /** The tensor that asked to retain its gradient at this node, or null. */
  public abstract Tensor retained(Node node);

  /** The leaf a {@link Op.Leaf} node stands for. */
  public abstract Tensor leaf(Node node);

  /** The gradient of a leaf, or null; to be looked at and not kept. */
  public abstract Tensor storedGrad(Tensor leaf);

  /** What an optimizer, a leaf or a layer keeps: it outlives every {@code Memory.scope()}. */
  public abstract void outlive(Tensor tensor);

  /** Opens the memory of a backward walk in this thread. */
  public abstract WalkMemory walkMemory();

  /** Whether {@code requiresGrad(…)} was called on a leaf: a parameter, frozen or not. */
  public abstract boolean isParameter(Tensor tensor);

  /** Sets the gradient of a tensor without any check. */
  public abstract void storeGrad(Tensor tensor, Tensor gradient);

  /**
   * Lets a leaf take over the elements of {@code data}, dtype and all. PyTorch: {@code x.data = y}.
   */
  public abstract void setData(Tensor leaf, Tensor data);

  /** The view of {@code tensor} that {@code op} describes, with history. */
  public abstract Tensor view(Tensor tensor, Op.ViewOp op);

  /** Zeros of shape {@code full} with {@code part} placed where the view looks, with history. */
  public abstract Tensor place(Tensor part, Op.ViewOp op, Shape full);

  /** A row-sparse gradient. */
  public abstract Tensor sparse(Shape shape, Tensor indices, Tensor values);

  /** A row-sparse gradient that copies its values only when somebody asks for them. */
  public abstract Tensor lent(Tensor sparse);

  /** {@code table += factor · sparse} in place, outside of the graph, touching no other row. */
  public abstract void addRows(Tensor table, Tensor sparse, double factor);

  /** {@code table[rows[i]] += values[i]} in place, outside of the graph, touching no other row. */
  public abstract void addRows(Tensor table, Tensor rows, Tensor values);

  /**
   * A step of Adam in one pass, in place.
   *
   * @param step rates and corrections
   * @param greatest for AMSGrad, else null
   * @return whether it was taken: only FLOAT32 in row-major order has such a pass
   */
  public abstract boolean adam(
      OptimizerSteps.Adam step,
      Tensor param,
      Tensor grad,
      Tensor mean,
      Tensor square,
      Tensor greatest);

  /**
   * A step of gradient descent in one pass, in place.
   *
   * @param step rates
   * @param velocity for momentum, else null
   * @return whether it was taken: only FLOAT32 in row-major order has such a pass
   */
  public abstract boolean sgd(OptimizerSteps.Sgd step, Tensor param, Tensor grad, Tensor velocity);

  /** The gradient of relu, from its result, in one pass where the walk itself is not recorded. */
  public abstract Tensor reluGrad(Tensor gradient, Tensor output);

  /** The gradient of tanh, from its result, in one pass where the walk itself is not recorded. */
  public abstract Tensor tanhGrad(Tensor gradient, Tensor output);

  /** The gradient of the sigmoid, from its result, in one pass where it is not recorded. */
  public abstract Tensor sigmoidGrad(Tensor gradient, Tensor output);

  /** The gradient of a dropout, through its mask. */
  public abstract Tensor dropoutGrad(Tensor gradient, Tensor mask, double p);

  /** The gradient of softmax along {@code dim}, from its result. */
  public abstract Tensor softmaxGrad(Tensor gradient, Tensor output, int dim);

  /** The gradient of log-softmax along {@code dim}, from its result. */
  public abstract Tensor logSoftmaxGrad(Tensor gradient, Tensor output, int dim);

  /**
   * The gradients of input, weight and bias of a layer norm, in that order; {@code saved} is what
   * its node saved.
   */
  public abstract List<Tensor> layerNormGrad(
      Tensor gradient,
      Tensor input,
      Tensor weight,
      int normalizedDims,
      double eps,
      List<Tensor> saved);

  /**
   * The gradients of weight and bias of a linear map, in that order, from the gradient of its
   * result and its input as matrices.
   */
  public abstract List<Tensor> linearGrad(Tensor gradient, Tensor input);

  /** The softmax of each row of scores, zeros where all of them are −∞; recorded. */
  public abstract Tensor attentionWeights(Tensor scores);

  /** The gradients of the inputs of an attention, but for the mask. */
  public abstract List<Tensor> attentionGrad(Tensor gradient, List<Tensor> inputs, Op.Attention op);

  /** A recurrent layer in one direction; see the op for its inputs and its result. */
  public abstract Tensor recurrence(Op.Recurrence op, Tensor... inputs);

  /** The same, step by step made of ops that record what they do. */
  public abstract Tensor recurrenceBySteps(Op.Recurrence op, Tensor... inputs);

  /**
   * The gradients of the inputs of a recurrent layer, whose node saved what it computed; null for
   * weights that need none.
   */
  public abstract List<Tensor> recurrenceGrad(Tensor gradient, Op.Recurrence op, Node node);

  /** What kernels of this weight met in an input of the shape, from the gradient of the output. */
  public abstract Tensor convolutionInput(
      Tensor output, Tensor weight, Op.Slide slide, Shape shape);

  /** What a kernel of the shape met, from an input and the gradient of the output. */
  public abstract Tensor convolutionWeight(
      Tensor input, Tensor output, Op.Slide slide, Shape shape);

  /** The output of a convolution without bias. */
  public abstract Tensor convolution(Tensor input, Tensor weight, Op.Slide slide);

  /** The gradient of the logits of a per-row cross-entropy, whose node saved {@code saved}. */
  public abstract Tensor crossEntropyGrad(
      Tensor gradient, Tensor logits, Tensor target, long ignoreIndex, List<Tensor> saved);

  /** The gradient of an embedding table of {@code rows} rows. */
  public abstract Tensor embeddingGrad(Tensor gradient, Tensor indices, int rows, Op.Embedding op);
}
