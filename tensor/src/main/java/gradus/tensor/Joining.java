package gradus.tensor;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import java.util.ArrayList;
import java.util.List;

/** Several tensors made into one; reached as {@code Tensor.cat(…)}. */
public abstract sealed class Joining extends LayerOps permits Stacking {
  Joining() {}

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
          "dimension "
              + d
              + " would have "
              + size
              + " elements. A dimension has at most 2147483647. Join fewer tensors.");
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
          first.shape()
              + " and "
              + t.shape()
              + " do not join along dimension "
              + dim
              + ". All other sizes must agree.");
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
            tensors.get(0).shape()
                + " and "
                + t.shape()
                + " differ. All tensors must have one shape.");
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
}
