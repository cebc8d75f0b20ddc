package gradus.tensor;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several tensors made into one, joined or multiplied; reached as {@code Tensor.cat(…)}. */
public abstract sealed class Joining extends LayerOps permits Ranges {
  /**
   * The tensors one after the other along {@code dim}. PyTorch: {@code torch.cat}.
   *
   * @param tensors at least one; all sizes but that of {@code dim} agree (a tensor of shape [0] is
   *     skipped)
   * @param dim the dimension to join along
   * @return a fresh tensor
   */
  public static Tensor cat(List<Tensor> tensors, int dim) {
    if (givenAll(tensors).isEmpty()) {
      throw Errors.invalid("cat", "the list of tensors is empty. Give at least one.");
    }
    DType dtype = Promotion.resultType(tensors.toArray(Tensor[]::new));
    var parts = new ArrayList<Tensor>();
    for (Tensor t : tensors) {
      if (t.dim() == 0) {
        throw Errors.invalid(
            "cat", "a scalar [] cannot be joined. Use stack(...), or unsqueeze(0) first.");
      }
      if (!(t.dim() == 1 && t.numel() == 0)) {
        parts.add(t.to(dtype));
      }
    }
    if (parts.isEmpty()) {
      return tensors.get(0).clone();
    }
    Tensor first = parts.get(0);
    int d = first.shape().dim("cat", dim);
    int[] sizes = first.shape().toArray();
    long size = 0;
    for (Tensor t : parts) {
      checkFits(first, t, d);
      size += t.size(d);
    }
    if (size > Integer.MAX_VALUE) {
      throw Errors.invalid(
          "cat",
          ("dimension %s would have %s elements. A dimension has at most 2147483647. Join "
                  + "fewer tensors.")
              .formatted(d, size));
    }
    sizes[d] = (int) size;
    Shape shape = Shape.wrap(sizes);
    Tensor out = new Tensor(Storage.allocate(dtype, shape.numel()), dtype, shape);
    try (var _ = GradMode.noGrad()) {
      int start = 0;
      for (Tensor t : parts) {
        Dense.write(out.narrow(d, start, t.size(d)), t);
        start += t.size(d);
      }
    }
    out.storage.version = 0;
    return Tensor.record(new Op.Cat(d), out, parts.toArray(Tensor[]::new));
  }

  private static void checkFits(Tensor first, Tensor t, int dim) {
    boolean fits = t.dim() == first.dim();
    for (int d = 0; fits && d < t.dim(); d++) {
      fits = d == dim || t.size(d) == first.size(d);
    }
    if (!fits) {
      throw Errors.invalid(
          "cat",
          "%s and %s do not join along dimension %s. All other sizes must agree."
              .formatted(first.shape(), t.shape(), dim));
    }
  }

  /** The tensors one after the other along {@code dim}. */
  public static Tensor cat(int dim, Tensor... tensors) {
    return cat(List.of(givenAll(tensors)), dim);
  }

  /** The tensors one after the other along the first dimension. */
  public static Tensor cat(List<Tensor> tensors) {
    return cat(tensors, 0);
  }

  /**
   * Tensors of one shape side by side in a new dimension. PyTorch: {@code torch.stack}.
   *
   * @param tensors at least one, all of one shape
   * @param dim where the new dimension goes
   * @return a fresh tensor of one more dimension
   */
  public static Tensor stack(List<Tensor> tensors, int dim) {
    if (givenAll(tensors).isEmpty()) {
      throw Errors.invalid("stack", "the list of tensors is empty. Give at least one.");
    }
    for (Tensor t : tensors) {
      if (!t.shape().equals(tensors.get(0).shape())) {
        throw Errors.invalid(
            "stack",
            "%s and %s differ. All tensors must have one shape."
                .formatted(tensors.get(0).shape(), t.shape()));
      }
    }
    return cat(tensors.stream().map(t -> t.unsqueeze(dim)).toList(), dim);
  }

  /** Tensors of one shape side by side in a new dimension. */
  public static Tensor stack(int dim, Tensor... tensors) {
    return stack(List.of(givenAll(tensors)), dim);
  }

  /** Tensors of one shape side by side in a new first dimension. */
  public static Tensor stack(List<Tensor> tensors) {
    return stack(tensors, 0);
  }

  /**
   * Elements of {@code input} where {@code condition} is true, else of {@code other}. PyTorch:
   * {@code torch.where}.
   *
   * @param condition BOOL
   * @param input taken where true
   * @param other taken where false
   * @return a tensor of the shape all three broadcast to
   */
  public static Tensor where(Tensor condition, Tensor input, Tensor other) {
    return where("where", condition, input, other);
  }

  /** The same in the name of {@code op}. */
  static Tensor where(String op, Tensor condition, Tensor input, Tensor other) {
    if (given(condition, "condition").dtype() != DType.BOOL) {
      throw Errors.dtype(op, "condition", "BOOL", condition.dtype(), "Use x.ne(0) or x.toBool().");
    }
    DType dtype = Promotion.resultType(input, other);
    Shape shape =
        Shape.broadcast(op, condition.shape(), Shape.broadcast(op, input.shape(), other.shape()));
    Elementwise.checkNumber(op, input, dtype);
    Elementwise.checkNumber(op, other, dtype);
    Tensor a = Elementwise.fit(input, dtype, shape);
    Tensor b = Elementwise.fit(other, dtype, shape);
    Tensor c = Elementwise.fit(condition, DType.BOOL, shape);
    Tensor out = Masks.choose(c, a, b);
    return Tensor.record(new Op.Where(), out, c, a, b);
  }

  /** {@link #where(Tensor, Tensor, Tensor)} with a number. */
  public static Tensor where(Tensor condition, Number input, Tensor other) {
    return where(condition, wrapped(input), other);
  }

  /** {@link #where(Tensor, Tensor, Tensor)} with a number. */
  public static Tensor where(Tensor condition, Tensor input, Number other) {
    return where(condition, input, wrapped(other));
  }

  private static Tensor wrapped(Number value) {
    return Creation.wrap(value);
  }

  static Tensor flipped(Tensor x, List<Integer> dims) {
    int[] strides = x.strides.clone();
    int offset = x.offset;
    for (int d : dims) {
      offset += Math.max(0, x.size(d) - 1) * strides[d];
      strides[d] = -strides[d];
    }
    return Dense.copy(new Tensor(x.storage, x.dtype(), x.shape(), strides, offset));
  }

  static Tensor triangle(Tensor x, boolean upper, int diagonal) {
    String op = upper ? "triu" : "tril";
    if (x.dim() < 2) {
      throw Errors.invalid(op, x.shape() + " is not a matrix. Use unsqueeze(...) first.");
    }
    Tensor out = Dense.copy(x);
    int rows = x.size(-2);
    int cols = x.size(-1);
    for (int i = 0; i < out.numel(); i++) {
      int row = i / cols % rows;
      int distance = i % cols - row;
      if (upper ? distance < diagonal : distance > diagonal) {
        out.storage.setLong(i, 0);
      }
    }
    return Tensor.record(new Op.Triangle(upper, diagonal), out, x);
  }

  private static Tensor joined(String op, List<Tensor> tensors, int dim) {
    if (tensors.isEmpty()) {
      throw Errors.invalid(op, "the list of tensors is empty. Give at least one.");
    }
    return cat(tensors, dim);
  }

  /**
   * Tensors added up, as Python's {@code sum(list)}.
   *
   * @param tensors one or more, which broadcast
   * @return their sum
   */
  public static Tensor sum(List<Tensor> tensors) {
    if (givenAll(tensors).isEmpty()) {
      throw Errors.invalid("sum", "the list of tensors is empty. Give at least one.");
    }
    return tensors.stream().reduce(Tensor::add).get();
  }

  /**
   * The tensors one beside the other: vectors end to end, others along dimension 1. PyTorch: {@code
   * torch.hstack}.
   */
  public static Tensor hstack(List<Tensor> tensors) {
    List<Tensor> parts = givenAll(tensors).stream().map(Tensor::atleast1d).toList();
    return joined("hstack", parts, !parts.isEmpty() && parts.getFirst().dim() == 1 ? 0 : 1);
  }

  /** The tensors one below the other, vectors as rows. PyTorch: {@code torch.vstack}. */
  public static Tensor vstack(List<Tensor> tensors) {
    return joined("vstack", givenAll(tensors).stream().map(Tensor::atleast2d).toList(), 0);
  }

  /** The tensors one behind the other, along dimension 2. PyTorch: {@code torch.dstack}. */
  public static Tensor dstack(List<Tensor> tensors) {
    return joined("dstack", givenAll(tensors).stream().map(Tensor::atleast3d).toList(), 2);
  }

  /** The tensors side by side, vectors as columns. PyTorch: {@code torch.column_stack}. */
  public static Tensor columnStack(List<Tensor> tensors) {
    return joined(
        "columnStack",
        givenAll(tensors).stream().map(t -> t.dim() < 2 ? t.reshape(t.numel(), 1) : t).toList(),
        1);
  }

  /** Each tensor with at least one dimension. PyTorch: {@code torch.atleast_1d}. */
  public static List<Tensor> atleast1d(List<Tensor> tensors) {
    return givenAll(tensors).stream().map(Tensor::atleast1d).toList();
  }

  /** Each tensor with at least two dimensions. PyTorch: {@code torch.atleast_2d}. */
  public static List<Tensor> atleast2d(List<Tensor> tensors) {
    return givenAll(tensors).stream().map(Tensor::atleast2d).toList();
  }

  /** Each tensor with at least three dimensions. PyTorch: {@code torch.atleast_3d}. */
  public static List<Tensor> atleast3d(List<Tensor> tensors) {
    return givenAll(tensors).stream().map(Tensor::atleast3d).toList();
  }

  /**
   * The tensors expanded to the shape they broadcast to. PyTorch: {@code torch.broadcast_tensors}.
   */
  public static List<Tensor> broadcastTensors(Tensor... tensors) {
    Shape shape = Shape.of();
    for (Tensor t : givenAll(tensors)) {
      shape = Shape.broadcast("broadcastTensors", shape, t.shape());
    }
    int[] sizes = shape.raw();
    return Arrays.stream(tensors).map(t -> t.expand(sizes)).toList();
  }

  /** The shape that shapes broadcast to. PyTorch: {@code torch.broadcast_shapes}. */
  public static Shape broadcastShapes(int[]... shapes) {
    Shape out = Shape.of();
    for (int[] shape : givenAll(shapes)) {
      out = Shape.broadcast("broadcastShapes", out, Shape.of(shape));
    }
    return out;
  }

  /**
   * The matrices along the diagonal of a larger one, zero elsewhere; of none, {@code [1, 0]}.
   * PyTorch: {@code torch.block_diag}.
   */
  public static Tensor blockDiag(Tensor... tensors) {
    int cols = 0;
    var blocks = new ArrayList<Tensor>();
    for (Tensor t : givenAll(tensors)) {
      if (t.dim() > 2) {
        throw Errors.invalid("blockDiag", t.shape() + " has more than 2 dimensions.");
      }
      Tensor block = t.atleast2d();
      blocks.add(block);
      cols += block.size(1);
    }
    if (blocks.isEmpty()) {
      return zeros(DType.FLOAT32, 1, 0);
    }
    DType dtype = Promotion.resultType(tensors);
    var bands = new ArrayList<Tensor>();
    int left = 0;
    for (Tensor block : blocks) {
      Tensor before = zeros(dtype, block.size(0), left);
      left += block.size(1);
      bands.add(cat(List.of(before, block.to(dtype), zeros(dtype, block.size(0), cols - left)), 1));
    }
    return cat(bands, 0);
  }

  /** Zeros, which the subclass makes. */
  private static Tensor zeros(DType dtype, int rows, int cols) {
    return Creation.zeros(dtype, rows, cols);
  }

  /**
   * Products summed as Einstein writes them. PyTorch: {@code torch.einsum}.
   *
   * <p>{@code Tensor.einsum("bij,bjk->bik", a, b)} is {@code a.bmm(b)}. {@code ...} stands for any
   * dimensions, which broadcast; without an arrow the letters that occur once are the result.
   *
   * @param equation the letters of each operand's dimensions, and of the result's
   * @param operands one for each term
   * @return the sum
   */
  public static Tensor einsum(String equation, Tensor... operands) {
    return Einsum.run(equation, List.of(givenAll(operands)));
  }

  /**
   * Matrices multiplied in the cheapest order. PyTorch: {@code torch.linalg.multi_dot}, {@code
   * chain_matmul}.
   */
  public static Tensor multiDot(List<Tensor> tensors) {
    return MatrixChain.multiply(tensors);
  }

  /** Matrices multiplied in the cheapest order. PyTorch: {@code torch.chain_matmul}. */
  public static Tensor chainMatmul(Tensor... matrices) {
    return MatrixChain.multiply(List.of(givenAll(matrices)));
  }
}
