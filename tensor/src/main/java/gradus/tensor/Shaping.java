package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.ArrayList;
import java.util.Arrays;

/**
 * Other looks at the same elements: transposes, slices, reshapes.
 *
 * <p>Unless a method says otherwise the result is a view: it shares memory, so nothing is copied,
 * and a change of one shows in the other. Dimensions may be negative, counting from the end.
 */
public sealed interface Shaping permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  private int wrap(String op, int dim) {
    return self().shape().dim(op, dim);
  }

  /**
   * The elements in another shape, without copying. PyTorch: {@code x.view(…)}.
   *
   * @param shape the new sizes; one may be −1, to be inferred
   * @return a view
   * @throws IllegalArgumentException if the element count differs, or the strides do not allow it
   */
  default Tensor view(int... shape) {
    return Views.of(self(), new Op.View(Views.inferShape("view", self().shape(), shape)));
  }

  /** The same elements in another shape, on the same memory. */
  default Tensor view(Shape shape) {
    return view(given(shape, "shape").raw());
  }

  /**
   * The elements in another shape; a view where strides allow, else a copy. PyTorch: {@code
   * x.reshape(…)}.
   *
   * @param shape the new sizes; one may be −1, to be inferred
   * @return a tensor of that shape
   * @throws IllegalArgumentException if the element count differs
   */
  default Tensor reshape(int... shape) {
    Shape to = Views.inferShape("reshape", self().shape(), shape);
    Tensor x = Views.viewStrides(self(), to) == null ? self().clone() : self();
    return Views.of(x, new Op.View(to));
  }

  /** The same elements in another shape. */
  default Tensor reshape(Shape shape) {
    return reshape(given(shape, "shape").raw());
  }

  /** The elements in the shape of another tensor. PyTorch: {@code x.reshape_as(other)}. */
  default Tensor reshapeAs(Tensor other) {
    return reshape(given(other).shape().toArray());
  }

  /**
   * The elements in the shape of another tensor, without copying. PyTorch: {@code
   * x.view_as(other)}.
   */
  default Tensor viewAs(Tensor other) {
    return view(given(other).shape().toArray());
  }

  /** Two dimensions swapped. PyTorch: {@code x.transpose(dim0, dim1)}. */
  default Tensor transpose(int dim0, int dim1) {
    int a = wrap("transpose", dim0);
    int b = wrap("transpose", dim1);
    int[] order = identity();
    if (order.length > 0) {
      order[a] = b;
      order[b] = a;
    }
    return Views.of(self(), new Op.Permute(Shapes.list(order)));
  }

  /** The same as {@link #transpose}. PyTorch: {@code x.swapaxes}. */
  default Tensor swapaxes(int axis0, int axis1) {
    return transpose(axis0, axis1);
  }

  /** The same as {@link #transpose}. PyTorch: {@code x.swapdims}. */
  default Tensor swapdims(int dim0, int dim1) {
    return transpose(dim0, dim1);
  }

  private int[] identity() {
    int[] order = new int[self().dim()];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /** A matrix transposed; vectors and scalars stay. PyTorch: {@code x.t()}. */
  default Tensor t() {
    if (self().dim() > 2) {
      throw Errors.invalid(
          "t", self().shape() + " has more than 2 dimensions. Use transpose(dim0, dim1) or mT().");
    }
    return self().dim() < 2 ? Views.of(self(), new Op.View(self().shape())) : transpose(0, 1);
  }

  /** The last two dimensions swapped. PyTorch: {@code x.mT}. */
  default Tensor mT() {
    if (self().dim() == 0) {
      return Views.of(self(), new Op.View(self().shape()));
    }
    if (self().dim() == 1) {
      throw Errors.invalid(
          "mT", self().shape() + " has no two dimensions to swap. Use unsqueeze(...) first.");
    }
    return transpose(-2, -1);
  }

  /**
   * The dimensions in another order. PyTorch: {@code x.permute(…)}.
   *
   * @param dims where each new dimension comes from; each dimension once
   * @return a view
   */
  default Tensor permute(int... dims) {
    if (given(dims, "dims").length != self().dim()) {
      throw Errors.invalid(
          "permute",
          "%s names %s dimensions but %s has %s."
              .formatted(Shapes.text(dims), dims.length, self().shape(), self().dim()));
    }
    int[] order = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      order[i] = wrap("permute", dims[i]);
    }
    Shapes.dims("permute", self().shape(), order);
    return Views.of(self(), new Op.Permute(Shapes.list(order)));
  }

  /**
   * Dimensions moved to another place, the others keeping their order. PyTorch: {@code x.movedim}.
   */
  default Tensor movedim(int source, int destination) {
    return movedim(new int[] {source}, new int[] {destination});
  }

  /** Dimensions moved to other places, the others keeping their order. */
  default Tensor movedim(int[] source, int[] destination) {
    if (given(source, "source").length != given(destination, "destination").length) {
      throw Errors.invalid(
          "movedim",
          ("source %s and destination %s differ in length. Each dimension moved needs one "
                  + "place.")
              .formatted(Shapes.text(source), Shapes.text(destination)));
    }
    Shapes.dims("movedim", self().shape(), source);
    Shapes.dims("movedim", self().shape(), destination);
    if (self().dim() == 0) {
      return permute();
    }
    int[] order = new int[self().dim()];
    Arrays.fill(order, -1);
    var moved = new ArrayList<Integer>();
    for (int i = 0; i < source.length; i++) {
      order[wrap("movedim", destination[i])] = wrap("movedim", source[i]);
      moved.add(wrap("movedim", source[i]));
    }
    int next = 0;
    for (int i = 0; i < order.length; i++) {
      if (order[i] < 0) {
        while (moved.contains(next)) {
          next++;
        }
        order[i] = next++;
      }
    }
    return permute(order);
  }

  /** A dimension of size 1 inserted at {@code dim}. PyTorch: {@code x.unsqueeze(dim)}. */
  default Tensor unsqueeze(int dim) {
    int rank = self().dim() + 1;
    if (dim < -rank || dim >= rank) {
      throw Errors.outside(
          "unsqueeze",
          "dim "
              + dim
              + " is out of range for "
              + self().shape()
              + "; valid are "
              + -rank
              + ".."
              + (rank - 1)
              + ".");
    }
    int at = dim < 0 ? dim + rank : dim;
    int[] sizes = new int[rank];
    int[] old = self().shape().raw();
    System.arraycopy(old, 0, sizes, 0, at);
    sizes[at] = 1;
    System.arraycopy(old, at, sizes, at + 1, old.length - at);
    return Views.of(self(), new Op.View(Shape.wrap(sizes)));
  }

  /** All dimensions of size 1 removed. PyTorch: {@code x.squeeze()}. */
  default Tensor squeeze() {
    int[] sizes = Arrays.stream(self().shape().raw()).filter(s -> s != 1).toArray();
    return Views.of(self(), new Op.View(Shape.wrap(sizes)));
  }

  /** A dimension of size 1 removed; one of another size stays. PyTorch: {@code x.squeeze(dim)}. */
  default Tensor squeeze(int dim) {
    int d = wrap("squeeze", dim);
    int[] sizes = self().shape().raw();
    boolean one = sizes.length > 0 && sizes[d] == 1;
    return Views.of(
        self(), new Op.View(one ? Shape.wrap(Views.without(sizes, d)) : self().shape()));
  }

  /** All dimensions in one. PyTorch: {@code x.flatten()}. */
  default Tensor flatten() {
    return self().dim() == 1 ? self() : reshape(-1);
  }

  /**
   * The dimensions from {@code startDim} to {@code endDim}, both included, in one. PyTorch: {@code
   * x.flatten(s, e)}.
   */
  default Tensor flatten(int startDim, int endDim) {
    int start = wrap("flatten", startDim);
    int end = wrap("flatten", endDim);
    if (start > end) {
      throw Errors.invalid(
          "flatten", "startDim " + startDim + " comes after endDim " + endDim + ".");
    }
    int[] sizes = self().shape().raw();
    if (sizes.length == 0) {
      return reshape(1);
    }
    if (start == end) {
      return self();
    }
    var out = new ArrayList<Integer>();
    int product = 1;
    for (int d = 0; d < sizes.length; d++) {
      if (d >= start && d <= end) {
        product *= sizes[d];
        if (d == end) {
          out.add(product);
        }
      } else {
        out.add(sizes[d]);
      }
    }
    return reshape(Views.ints(out));
  }

  /** From {@code startDim} to the last dimension in one. */
  default Tensor flatten(int startDim) {
    return flatten(startDim, -1);
  }

  /** The same as {@link #flatten()}. PyTorch: {@code x.ravel()}. */
  default Tensor ravel() {
    return flatten();
  }

  /**
   * One dimension spread over several; one size may be −1. PyTorch: {@code x.unflatten(dim,
   * sizes)}.
   */
  default Tensor unflatten(int dim, int... sizes) {
    int d = wrap("unflatten", dim);
    int[] old = self().shape().raw();
    if (old.length == 0) {
      throw Errors.dimOutOfRange("unflatten", dim, self().shape());
    }
    Shape part = Views.inferShape("unflatten", Shape.of(old[d]), sizes);
    int[] out = new int[old.length - 1 + sizes.length];
    System.arraycopy(old, 0, out, 0, d);
    System.arraycopy(part.raw(), 0, out, d, sizes.length);
    System.arraycopy(old, d + 1, out, d + sizes.length, old.length - d - 1);
    return reshape(out);
  }

  /**
   * Dimensions of size 1 repeated without copying. PyTorch: {@code x.expand(…)}.
   *
   * @param shape the new sizes; −1 keeps a size; new dimensions may come in front
   * @return a view whose repeated elements share one place in memory
   */
  default Tensor expand(int... shape) {
    int[] old = self().shape().raw();
    int[] to = given(shape, int[].class).clone();
    int lead = to.length - old.length;
    if (lead < 0) {
      throw Errors.invalid(
          "expand",
          "%s has fewer dimensions than %s. It may only add some."
              .formatted(Shapes.text(shape), self().shape()));
    }
    for (int d = 0; d < to.length; d++) {
      int size = d < lead ? -1 : old[d - lead];
      if (to[d] == -1 && d >= lead) {
        to[d] = size;
      } else if (to[d] < 0 || (d >= lead && size != 1 && size != to[d])) {
        throw Errors.invalid(
            "expand",
            ("%s cannot be expanded to %s: dimension %s would go from %s to %s. Only "
                    + "dimensions of size 1 expand.")
                .formatted(self().shape(), Shapes.text(shape), d, size, to[d]));
      }
    }
    return Views.of(self(), new Op.Expand(Shape.wrap(to)));
  }

  /** Expanded to the shape of another tensor. PyTorch: {@code x.expand_as(other)}. */
  default Tensor expandAs(Tensor other) {
    return expand(given(other).shape().toArray());
  }

  /** The same as {@link #expand}. PyTorch: {@code x.broadcast_to}. */
  default Tensor broadcastTo(int... shape) {
    return expand(shape);
  }

  /**
   * The last two dimensions swapped. PyTorch: {@code x.mH}, which for real numbers is {@code x.mT}.
   */
  default Tensor mH() {
    return self().mT();
  }

  /** A matrix transposed. PyTorch: {@code x.H}, which for real numbers is {@code x.T}. */
  default Tensor adjoint() {
    return self().mT();
  }
}
