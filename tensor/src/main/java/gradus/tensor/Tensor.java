package gradus.tensor;

import gradus.tensor.spi.Internals;
import gradus.tensor.spi.OpName;
import java.util.ArrayDeque;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;

/**
 * An n-dimensional array of numbers that remembers how it was made.
 *
 * <p>A tensor is a look at a block of memory: its elements lie at {@code offset + i·stride} for
 * each dimension, so that {@code transpose}, {@code slice} and {@code expand} cost nothing. If it
 * was computed from tensors that require gradients it carries a {@link Node}, and {@link
 * #backward()} walks those nodes from the end to the leaves.
 *
 * <p>This class is the table of contents; the methods live by family: {@link FromNumbers} ({@code
 * Tensor.of(1, 2, 3)}), {@link Creation} ({@code Tensor.zeros(2, 3)}), {@link Arithmetic}, {@link
 * Functions}, {@link Activations}, {@link Comparisons}, {@link Reductions}, {@link Ordering},
 * {@link Shaping}, {@link Slicing}, {@link Splitting}, {@link Repeating}, {@link Indexing}, {@link
 * MatrixOps}, {@link Values}, {@link Gradients} and {@link InPlace}; beyond the everyday ones
 * {@link BitOps}, {@link BinaryFunctions}, {@link SpecialFunctions}, {@link Scans}, {@link
 * Statistics}, {@link Searching}, {@link Rearranging}, {@link PartialWrites}, {@link Contractions},
 * {@link Ranges} and {@link NewTensors}.
 *
 * <pre>{@code
 * var x = Tensor.of(1.0, 2.0, 3.0).requiresGrad(true);
 * x.mul(x).sum().backward();
 * x.grad();   // tensor([2., 4., 6.])
 * }</pre>
 *
 * <p>PyTorch: {@code torch.Tensor}.
 */
public final class Tensor extends Creation
    implements Cloneable,
        Arithmetic,
        Functions,
        Activations,
        Comparisons,
        Reductions,
        Ordering,
        Shaping,
        Slicing,
        Splitting,
        Repeating,
        Indexing,
        MatrixOps,
        Values,
        Gradients,
        InPlace,
        InPlaceFunctions,
        InPlaceBinaryFunctions,
        InPlaceSampling,
        BitOps,
        BinaryFunctions,
        SpecialFunctions,
        Scans,
        Statistics,
        Searching,
        Rearranging,
        PartialWrites,
        Contractions,
        NewTensors {
  static {
    Internals.set(new TensorInternals());
  }

  Storage storage;
  int[] strides;
  int offset;
  private Shape shape;
  private DType dtype;

  /** A Python-like number, which takes part in type promotion only by its category. */
  final boolean wrappedNumber;

  private boolean requiresGrad;

  /** Whether somebody said if this wants gradients: it is a parameter then, frozen or not. */
  private boolean parameter;

  private Node node;
  private Tensor grad;

  /** The tensor this one is a view of, and how. */
  final Tensor viewedTensor;

  /** The tensor whose memory this is a view of; itself if it is none. */
  private final Tensor base;

  private final Op.ViewOp viewOp;
  private int historySeen;

  /** Whether this is what {@code at(…)} copied, so that what is written here is lost. */
  private boolean picked;

  /** Why an in-place op through this view would be ambiguous; null if it is not. */
  private String writeRule;

  /**
   * On a tensor that owns its memory: how often an in-place op has rewritten the history of it or
   * its views.
   */
  private int historyVersion;

  Tensor(Storage storage, DType dtype, Shape shape) {
    this(storage, dtype, shape, shape.strides(), 0, null, null, false);
  }

  Tensor(Storage storage, DType dtype, Shape shape, int[] strides, int offset) {
    this(storage, dtype, shape, strides, offset, null, null, false);
  }

  Tensor(
      Storage storage,
      DType dtype,
      Shape shape,
      int[] strides,
      int offset,
      Tensor viewedTensor,
      Op.ViewOp viewOp,
      boolean wrappedNumber) {
    this.storage = storage;
    this.dtype = dtype;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.viewedTensor = viewedTensor;
    this.base = viewedTensor == null ? this : viewedTensor.base;
    this.viewOp = viewOp;
    this.wrappedNumber = wrappedNumber;
    this.historySeen = base.historyVersion;
    if (viewedTensor != null && !GradMode.isEnabled()) {
      writeRule =
          "this view was made inside noGrad() and is changed in place outside of it, so it is unclear whether to record"
              + " the change. Do both inside or both outside.";
    }
  }

  /**
   * Marks a result of split, chunk or unbind: several views of one tensor, none of which may be
   * written alone.
   */
  Tensor oneOfSeveral() {
    writeRule =
        "this view is one of several that split, chunk or unbind returned; those cannot be changed in place while"
            + " gradients are recorded. Use narrow(...) or select(...), or the op without underscore.";
    return this;
  }

  /** Marks the copy that {@code at(…)} made of the elements a tensor or a mask names. */
  Tensor picked() {
    base.picked = true;
    return this;
  }

  /** Whether this looks at such a copy. */
  boolean isPicked() {
    return base.picked;
  }

  /** The sizes; prints as {@code [2, 3, 768]}. PyTorch: {@code x.shape}. */
  public Shape shape() {
    return shape;
  }

  /** The element type. PyTorch: {@code x.dtype}. */
  public DType dtype() {
    return dtype;
  }

  // ---------------------------------------------------------------- history

  /** Writes history: the only place where a result learns how it was made. */
  static Tensor record(Op op, Tensor result, Tensor... inputs) {
    GradMode.State mode = GradMode.state();
    if (mode.anomaly) {
      Anomaly.check(op, result, inputs);
    }
    if (mode.enabled && result.dtype.isFloatingPoint()) {
      for (Tensor input : inputs) {
        if (input.requiresGrad()) {
          result.node = new Node(op, inputs, result);
          result.requiresGrad = true;
          break;
        }
      }
    }
    if (mode.watch != null) {
      mode.made(result);
    }
    return result;
  }

  /** Whether gradients flow to this tensor. PyTorch: {@code x.requires_grad}. */
  public boolean requiresGrad() {
    refreshHistory();
    return requiresGrad;
  }

  /**
   * Asks for gradients (or no longer), and returns this tensor. PyTorch: {@code
   * x.requires_grad_(mode)}.
   *
   * @param requiresGrad whether {@link #backward()} shall leave a gradient here
   * @return this tensor
   * @throws IllegalStateException if this is not floating point, or is a result and {@code
   *     requiresGrad} is false
   */
  public Tensor requiresGrad(boolean requiresGrad) {
    if (requiresGrad && !dtype.isFloatingPoint()) {
      throw new IllegalStateException(
          ("%s: only floating point tensors can require gradients, but this is "
                  + "%s. Convert first: x.toFloat().")
              .formatted(OpName.of("requiresGrad"), dtype));
    }
    if (!isLeaf()) {
      if (requiresGrad) {
        return this;
      }
      throw new IllegalStateException(
          ("%s: this tensor is a result (of %s); only leaves can be switched. Use "
                  + "detach() for a copy outside of the graph.")
              .formatted(OpName.of("requiresGrad"), node.op().name()));
    }
    this.requiresGrad = requiresGrad;
    this.parameter = true;
    base.picked = false;
    if (requiresGrad) {
      Region.outlive(this);
    } else {
      node = null;
    }
    return this;
  }

  /** {@link #requiresGrad(boolean)} by PyTorch's name: {@code x.requires_grad_(mode)}. */
  public Tensor requiresGrad_(boolean requiresGrad) {
    return requiresGrad(requiresGrad);
  }

  /**
   * Whether a user made this tensor, rather than an op that was recorded. PyTorch: {@code
   * x.is_leaf}.
   */
  public boolean isLeaf() {
    refreshHistory();
    return node == null || node.op() instanceof Op.Leaf;
  }

  /** How this tensor was made; empty for a leaf. PyTorch: {@code x.grad_fn}. */
  public Optional<Node> node() {
    return isLeaf() ? Optional.empty() : Optional.of(node);
  }

  /**
   * The node gradients of this tensor go to: of its op, or of the leaf itself; null if it requires
   * none.
   */
  Node gradientNode() {
    refreshHistory();
    if (node == null && requiresGrad) {
      node = new Node(new Op.Leaf(), new Tensor[0], this);
    }
    return node;
  }

  /** A view learns here that the memory it looks at got a new history through another view. */
  private void refreshHistory() {
    if (historySeen == base.historyVersion || viewedTensor == null) {
      return;
    }
    // From the base on: each view asks the one it looks at, however long the chain is.
    var stale = new ArrayDeque<Tensor>();
    for (Tensor t = this; t.viewedTensor != null && t.historySeen != base.historyVersion; ) {
      stale.push(t);
      t = t.viewedTensor;
    }
    for (Tensor view : stale) {
      view.historySeen = base.historyVersion;
      if (view.viewedTensor.requiresGrad && view.dtype.isFloatingPoint()) {
        view.node = new Node(view.viewOp, new Tensor[] {view.viewedTensor}, view);
        view.requiresGrad = true;
      } else if (!(view.node != null && view.node.op() instanceof Op.Leaf)) {
        view.node = null;
        view.requiresGrad = false;
      }
    }
  }

  /** The tensor whose memory this is a view of; itself if it is none. */
  Tensor base() {
    return base;
  }

  /** The views that lead from {@link #base()} to this tensor. */
  private List<Op.ViewOp> viewsFromBase() {
    var chain = new LinkedList<Op.ViewOp>();
    for (Tensor t = this; t.viewedTensor != null; t = t.viewedTensor) {
      chain.addFirst(t.viewOp);
    }
    return List.copyOf(chain);
  }

  /** The same elements, but with another place in the graph. */
  Tensor aliasOf(Node other) {
    Tensor alias = new Tensor(storage, dtype, shape, strides, offset);
    alias.node = other;
    alias.requiresGrad = other != null;
    return alias;
  }

  /** Gives this tensor the history of an in-place op that {@code made} its new elements. */
  void rebaseHistory(Node made) {
    Tensor base = base();
    if (base == this) {
      if (node != null && node.retained() == this) {
        node.retain(null);
        made.retain(this);
      }
      node = made.movedTo(this);
      requiresGrad = true;
    } else {
      made.movedTo(this);
      Tensor[] inputs = {base, this};
      Node[] parents = {base.gradientNode(), made};
      base.node = new Node(new Op.CopySlices(viewsFromBase()), inputs, parents, base);
      base.requiresGrad = true;
    }
    base.historyVersion++;
  }

  /** Whether this is a leaf that {@link #requiresGrad(boolean)} was called on. */
  boolean isParameter() {
    return parameter && isLeaf();
  }

  /** The gradient, or null. */
  Tensor storedGrad() {
    return grad;
  }

  void storeGrad(Tensor gradient) {
    grad = gradient;
  }

  String writeRule() {
    return writeRule;
  }

  /**
   * The same elements outside of the graph: shares memory, requires no gradient. PyTorch: {@code
   * x.detach()}.
   */
  public Tensor detach() {
    return new Tensor(storage, dtype, shape, strides, offset);
  }

  /**
   * The same memory outside of the graph, to be changed without being recorded: {@code
   * p.data().sub_(p.grad().mul(lr))}. PyTorch: {@code p.data}.
   */
  public Tensor data() {
    return detach();
  }

  /**
   * A copy in fresh memory; gradients flow through it to this tensor. PyTorch: {@code x.clone()}.
   */
  @Override
  public Tensor clone() {
    return isSparse()
        ? sparse(shape, indices().clone(), values().clone())
        : record(new Op.Clone(), Dense.copy(this), this);
  }

  /**
   * Takes over the elements of another tensor, whatever its shape and dtype: how a layer changes
   * its dtype.
   */
  void setData(Tensor data) {
    Region.outlive(data);
    storage = data.storage;
    strides = data.strides;
    offset = data.offset;
    shape = data.shape;
    dtype = data.dtype;
    node = null;
    grad = null;
  }

  /**
   * Holds other numbers of the same shape and dtype until the scope is closed; to all history they
   * are the old ones.
   */
  GradMode.Scope replaced(Tensor data) {
    Storage storage = this.storage;
    int[] strides = this.strides;
    int offset = this.offset;
    data.storage.version = storage.version;
    this.storage = data.storage;
    this.strides = data.strides;
    this.offset = data.offset;
    return () -> {
      this.storage = storage;
      this.strides = strides;
      this.offset = offset;
    };
  }

  // ---------------------------------------------------------------- row-sparse gradients

  /**
   * A gradient that names only the rows it touches: row {@code indices[i]} gets {@code values[i]}.
   */
  static Tensor sparse(Shape shape, Tensor indices, Tensor values) {
    return new Tensor(new Storage.SparseRows(indices, values), values.dtype(), shape);
  }

  /**
   * Whether this is the row-sparse gradient of an embedding with {@code sparse = true}. PyTorch:
   * {@code is_sparse}.
   */
  public boolean isSparse() {
    return storage instanceof Storage.SparseRows;
  }

  private Storage.SparseRows rows(String op) {
    if (storage instanceof Storage.SparseRows rows) {
      return rows;
    }
    throw Errors.invalid(
        op, "this tensor " + shape + " is dense. Only row-sparse gradients have " + op + "().");
  }

  /**
   * Of a row-sparse gradient: the rows it touches, {@code [n]}, perhaps repeated. PyTorch: {@code
   * _indices()}.
   */
  public Tensor indices() {
    return rows("indices").indices;
  }

  /**
   * Of a row-sparse gradient: what each of those rows gets, {@code [n, dim]}. PyTorch: {@code
   * _values()}.
   */
  public Tensor values() {
    return rows("values").values();
  }

  /**
   * Of a row-sparse gradient: each row once, in ascending order, its values summed. PyTorch: {@code
   * coalesce()}.
   */
  public Tensor coalesce() {
    return EmbeddingOps.coalesce(this, rows("coalesce"));
  }

  /**
   * The row-sparse gradient as an ordinary tensor; a dense tensor returns itself. PyTorch: {@code
   * to_dense()}.
   */
  public Tensor toDense() {
    return isSparse() ? EmbeddingOps.toDense(this, rows("toDense")) : this;
  }

  /** The numbers as PyTorch prints them: four decimals, summarised above 1000 elements. */
  @Override
  public String toString() {
    return Printer.print(this);
  }
}
