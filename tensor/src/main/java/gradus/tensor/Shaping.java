package gradus.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Other looks at the same elements: transposes, slices, reshapes.
 *
 * <p>Unless a method says otherwise the result is a view: it shares memory, so nothing is copied, and a change of one
 * shows in the other. Dimensions may be negative, counting from the end.
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

  /**
   * The elements in another shape; a view where strides allow, else a copy. PyTorch: {@code x.reshape(…)}.
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

  /** The elements in the shape of another tensor. PyTorch: {@code x.reshape_as(other)}. */
  default Tensor reshapeAs(Tensor other) {
    return reshape(other.shape().toArray());
  }

  /** The elements in the shape of another tensor, without copying. PyTorch: {@code x.view_as(other)}. */
  default Tensor viewAs(Tensor other) {
    return view(other.shape().toArray());
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
    java.util.Arrays.setAll(order, i -> i);
    return order;
  }

  /** A matrix transposed; vectors and scalars stay. PyTorch: {@code x.t()}. */
  default Tensor t() {
    if (self().dim() > 2) {
      throw Errors.invalid("t", self().shape() + " has more than 2 dimensions. Use transpose(dim0, dim1) or mT().");
    }
    return self().dim() < 2 ? Views.of(self(), new Op.View(self().shape())) : transpose(0, 1);
  }

  /** The last two dimensions swapped. PyTorch: {@code x.mT}. */
  default Tensor mT() {
    if (self().dim() == 0) {
      return Views.of(self(), new Op.View(self().shape()));
    }
    if (self().dim() == 1) {
      throw Errors.invalid("mT", self().shape() + " has no two dimensions to swap. Use unsqueeze(...) first.");
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
    if (dims.length != self().dim()) {
      throw Errors.invalid(
          "permute",
          Shapes.text(dims) + " names " + dims.length + " dimensions but " + self().shape() + " has " + self().dim() + ".");
    }
    int[] order = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      order[i] = wrap("permute", dims[i]);
    }
    Shapes.dims("permute", self().shape(), order);
    return Views.of(self(), new Op.Permute(Shapes.list(order)));
  }

  /** Dimensions moved to another place, the others keeping their order. PyTorch: {@code x.movedim}. */
  default Tensor movedim(int source, int destination) {
    return movedim(new int[] {source}, new int[] {destination});
  }

  /** Dimensions moved to other places, the others keeping their order. */
  default Tensor movedim(int[] source, int[] destination) {
    int[] order = new int[self().dim()];
    java.util.Arrays.fill(order, -1);
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
      throw new IndexOutOfBoundsException(
          "unsqueeze: dim "
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
    int[] sizes = java.util.Arrays.stream(self().shape().raw()).filter(s -> s != 1).toArray();
    return Views.of(self(), new Op.View(Shape.wrap(sizes)));
  }

  /** A dimension of size 1 removed; one of another size stays. PyTorch: {@code x.squeeze(dim)}. */
  default Tensor squeeze(int dim) {
    int d = wrap("squeeze", dim);
    int[] sizes = self().shape().raw();
    boolean one = sizes.length > 0 && sizes[d] == 1;
    return Views.of(self(), new Op.View(one ? Shape.wrap(Views.without(sizes, d)) : self().shape()));
  }

  /** All dimensions in one. PyTorch: {@code x.flatten()}. */
  default Tensor flatten() {
    return reshape(-1);
  }

  /** The dimensions from {@code startDim} to {@code endDim}, both included, in one. PyTorch: {@code x.flatten(s, e)}. */
  default Tensor flatten(int startDim, int endDim) {
    int start = wrap("flatten", startDim);
    int end = wrap("flatten", endDim);
    if (start > end) {
      throw Errors.invalid("flatten", "startDim " + startDim + " comes after endDim " + endDim + ".");
    }
    int[] sizes = self().shape().raw();
    if (sizes.length == 0) {
      return reshape(1);
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

  /** One dimension spread over several; one size may be −1. PyTorch: {@code x.unflatten(dim, sizes)}. */
  default Tensor unflatten(int dim, int... sizes) {
    int d = wrap("unflatten", dim);
    int[] old = self().shape().raw();
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
    int[] to = shape.clone();
    int lead = to.length - old.length;
    if (lead < 0) {
      throw Errors.invalid(
          "expand", Shapes.text(shape) + " has fewer dimensions than " + self().shape() + ". It may only add some.");
    }
    for (int d = 0; d < to.length; d++) {
      int size = d < lead ? -1 : old[d - lead];
      if (to[d] == -1 && d >= lead) {
        to[d] = size;
      } else if (to[d] < 0 || (d >= lead && size != 1 && size != to[d])) {
        throw Errors.invalid(
            "expand",
            self().shape()
                + " cannot be expanded to "
                + Shapes.text(shape)
                + ": dimension "
                + d
                + " would go from "
                + size
                + " to "
                + to[d]
                + ". Only dimensions of size 1 expand.");
      }
    }
    return Views.of(self(), new Op.Expand(Shape.wrap(to)));
  }

  /** Expanded to the shape of another tensor. PyTorch: {@code x.expand_as(other)}. */
  default Tensor expandAs(Tensor other) {
    return expand(other.shape().toArray());
  }

  /** The same as {@link #expand}. PyTorch: {@code x.broadcast_to}. */
  default Tensor broadcastTo(int... shape) {
    return expand(shape);
  }

  /**
   * Every {@code step}-th slice from {@code start} (included) to {@code end} (not included). PyTorch: {@code
   * x[start:end:step]} along {@code dim}.
   *
   * @param dim the dimension
   * @param start first index; negative counts from the end; moved into range
   * @param end index after the last; negative counts from the end; moved into range
   * @param step 1 or more
   * @return a view
   */
  default Tensor slice(int dim, int start, int end, int step) {
    int d = wrap("slice", dim);
    if (step < 1) {
      throw Errors.invalid("slice", "step is " + step + ". It must be 1 or more; use flip(dim) to go backwards.");
    }
    if (self().dim() == 0) {
      throw Errors.invalid("slice", "a scalar [] has no dimension to slice. Use unsqueeze(0) first.");
    }
    int size = self().size(d);
    int from = Math.clamp(start < 0 ? (long) start + size : start, 0, size);
    int to = Math.clamp(end < 0 ? (long) end + size : end, from, size);
    return Views.of(self(), new Op.Slice(d, from, to, step));
  }

  /** The slices from {@code start} to before {@code end} along {@code dim}. */
  default Tensor slice(int dim, int start, int end) {
    return slice(dim, start, end, 1);
  }

  /** {@code length} slices from {@code start} on along {@code dim}. PyTorch: {@code x.narrow(dim, start, length)}. */
  default Tensor narrow(int dim, int start, int length) {
    int d = wrap("narrow", dim);
    int size = self().dim() == 0 ? 0 : self().size(d);
    int from = start < 0 ? start + size : start;
    if (self().dim() == 0 || from < 0 || length < 0 || from + (long) length > size) {
      throw new IndexOutOfBoundsException(
          "narrow: start "
              + start
              + " and length "
              + length
              + " do not lie in dimension "
              + dim
              + " of "
              + self().shape()
              + ".");
    }
    return Views.of(self(), new Op.Slice(d, from, from + length, 1));
  }

  /** The slice at {@code index}, its dimension removed. PyTorch: {@code x.select(dim, index)}, {@code x[i]}. */
  default Tensor select(int dim, int index) {
    int d = wrap("select", dim);
    if (self().dim() == 0) {
      throw Errors.invalid("select", "a scalar [] cannot be indexed. Use item().");
    }
    int size = self().size(d);
    if (index < -size || index >= size) {
      throw Errors.index("select", index, d, self().shape());
    }
    return Views.of(self(), new Op.Select(d, index < 0 ? index + size : index));
  }

  /** Pieces of {@code splitSize} along {@code dim}, the last perhaps smaller. PyTorch: {@code torch.split}. */
  default List<Tensor> split(int splitSize, int dim) {
    int d = wrap("split", dim);
    int size = self().dim() == 0 ? 1 : self().size(d);
    if (splitSize < 0 || (splitSize == 0 && size != 0)) {
      throw Errors.invalid("split", "splitSize is " + splitSize + ". It must be 1 or more.");
    }
    int pieces = size == 0 ? 1 : (size + splitSize - 1) / splitSize;
    int[] sizes = new int[pieces];
    for (int i = 0; i < pieces; i++) {
      sizes[i] = Math.min(splitSize, size - i * splitSize);
    }
    return split(sizes, d);
  }

  /** Pieces of the given sizes along {@code dim}; they must add up. PyTorch: {@code torch.split}. */
  default List<Tensor> split(int[] splitSizes, int dim) {
    int d = wrap("split", dim);
    int total = java.util.Arrays.stream(splitSizes).sum();
    if (total != self().size(d)) {
      throw Errors.invalid(
          "split",
          Shapes.text(splitSizes) + " adds up to " + total + " but dimension " + d + " of " + self().shape() + " is "
              + self().size(d) + ".");
    }
    var out = new ArrayList<Tensor>();
    int start = 0;
    for (int size : splitSizes) {
      out.add(narrow(d, start, size).oneOfSeveral());
      start += size;
    }
    return List.copyOf(out);
  }

  /** At most {@code chunks} pieces of equal size along {@code dim}. PyTorch: {@code torch.chunk}. */
  default List<Tensor> chunk(int chunks, int dim) {
    if (chunks < 1) {
      throw Errors.invalid("chunk", "chunks is " + chunks + ". It must be 1 or more.");
    }
    int size = self().size(dim);
    if (size == 0) {
      return java.util.Collections.nCopies(chunks, 0).stream().map(_ -> narrow(dim, 0, 0)).toList();
    }
    return split((size + chunks - 1) / chunks, dim);
  }

  /** The slices along {@code dim}, that dimension removed. PyTorch: {@code torch.unbind}. */
  default List<Tensor> unbind(int dim) {
    int d = wrap("unbind", dim);
    if (self().dim() == 0) {
      throw Errors.invalid("unbind", "a scalar [] has no dimension to take apart.");
    }
    var out = new ArrayList<Tensor>();
    for (int i = 0; i < self().size(d); i++) {
      out.add(select(d, i).oneOfSeveral());
    }
    return List.copyOf(out);
  }

  /** The slices along the first dimension. */
  default List<Tensor> unbind() {
    return unbind(0);
  }

  /** The diagonal from {@code dim1} and {@code dim2} as a new last dimension. PyTorch: {@code torch.diagonal}. */
  default Tensor diagonal(int offset, int dim1, int dim2) {
    int a = wrap("diagonal", dim1);
    int b = wrap("diagonal", dim2);
    if (a == b) {
      throw Errors.invalid("diagonal", "dim1 and dim2 are both " + a + ". A diagonal needs two dimensions.");
    }
    return Views.of(self(), new Op.Diagonal(offset, a, b));
  }

  /** The main diagonal of the first two dimensions. */
  default Tensor diagonal() {
    return diagonal(0, 0, 1);
  }

  /** A vector as a diagonal matrix (a copy), or the diagonal of a matrix. PyTorch: {@code torch.diag}. */
  default Tensor diag(int diagonal) {
    if (self().dim() == 2) {
      return diagonal(diagonal, 0, 1);
    }
    if (self().dim() != 1) {
      throw Errors.invalid("diag", self().shape() + " is neither a vector nor a matrix.");
    }
    int n = self().size(0) + Math.abs(diagonal);
    Op.ViewOp where = new Op.Diagonal(diagonal, 0, 1);
    return TensorInternals.placed(self(), where, Shape.of(n, n));
  }

  /** A vector as a diagonal matrix, or the diagonal of a matrix. */
  default Tensor diag() {
    return diag(0);
  }

  /** Windows of {@code size} every {@code step} along a dimension, as a new last one. PyTorch: {@code x.unfold}. */
  default Tensor unfold(int dimension, int size, int step) {
    int d = wrap("unfold", dimension);
    int length = self().dim() == 0 ? 1 : self().size(d);
    if (size < 0 || size > length || step < 1) {
      throw Errors.invalid(
          "unfold", "size " + size + " and step " + step + " do not fit dimension " + d + " of " + self().shape() + ".");
    }
    return Views.of(self(), new Op.Unfold(d, size, step));
  }

  /** Any look at the memory of this tensor. PyTorch: {@code torch.as_strided}. */
  default Tensor asStrided(int[] size, int[] stride, int storageOffset) {
    long last = storageOffset;
    for (int d = 0; d < size.length; d++) {
      last += (long) (size[d] - 1) * stride[d];
    }
    if (Shape.of(size).numel() > 0 && (last >= self().storage.size() || storageOffset < 0)) {
      throw new IndexOutOfBoundsException(
          "asStrided: " + Shapes.text(size) + " with strides " + Shapes.text(stride) + " reaches element " + last
              + " but the memory has " + self().storage.size() + ".");
    }
    var from = new Op.Layout(Shapes.list(self().strides), self().offset);
    return Views.of(self(), new Op.AsStrided(Shape.of(size), Shapes.list(stride), storageOffset, from));
  }

  /** Any look at the memory of this tensor, from its first element on. */
  default Tensor asStrided(int[] size, int[] stride) {
    return asStrided(size, stride, self().offset);
  }

  // ---------------------------------------------------------------- copies

  /** Repeated so often along each dimension; a copy. PyTorch: {@code x.repeat(…)}. */
  default Tensor repeat(int... repeats) {
    int rank = repeats.length;
    int lead = rank - self().dim();
    if (lead < 0) {
      throw Errors.invalid(
          "repeat", Shapes.text(repeats) + " has fewer numbers than " + self().shape() + " has dimensions.");
    }
    int[] interleaved = new int[2 * rank];
    int[] expanded = new int[2 * rank];
    int[] out = new int[rank];
    for (int d = 0; d < rank; d++) {
      int size = d < lead ? 1 : self().size(d - lead);
      interleaved[2 * d] = 1;
      interleaved[2 * d + 1] = size;
      expanded[2 * d] = repeats[d];
      expanded[2 * d + 1] = size;
      out[d] = repeats[d] * size;
    }
    return reshape(interleaved).expand(expanded).clone().reshape(out);
  }

  /** Repeated so often along each dimension, missing ones counting as 1; a copy. PyTorch: {@code torch.tile}. */
  default Tensor tile(int... dims) {
    int missing = Math.max(0, self().dim() - dims.length);
    int[] all = new int[missing + dims.length];
    java.util.Arrays.fill(all, 1);
    System.arraycopy(dims, 0, all, missing, dims.length);
    return repeat(all);
  }

  /** Elements in reverse order along the given dimensions; a copy. PyTorch: {@code torch.flip}. */
  default Tensor flip(int... dims) {
    List<Integer> at = dims.length == 0 ? List.of() : Shapes.dims("flip", self().shape(), dims);
    return Tensor.record(new Op.Flip(at), Joining.flipped(self(), at), self());
  }

  /** Moved along a dimension, what leaves at one end coming in at the other; a copy. PyTorch: {@code torch.roll}. */
  default Tensor roll(int shifts, int dim) {
    int d = wrap("roll", dim);
    int size = self().dim() == 0 ? 0 : self().size(d);
    int shift = size == 0 ? 0 : Math.floorMod(shifts, size);
    if (shift == 0) {
      return self().clone();
    }
    return Tensor.cat(List.of(narrow(d, size - shift, shift), narrow(d, 0, size - shift)), d);
  }

  /** Moved along several dimensions. */
  default Tensor roll(int[] shifts, int[] dims) {
    if (dims.length == 0 && shifts.length == 1) {
      return flatten().roll(shifts[0], 0).reshapeAs(self());
    }
    if (shifts.length != dims.length || shifts.length == 0) {
      throw Errors.invalid("roll", "shifts " + Shapes.text(shifts) + " and dims " + Shapes.text(dims) + " must pair up.");
    }
    Tensor out = self();
    for (int i = 0; i < dims.length; i++) {
      out = out.roll(shifts[i], dims[i]);
    }
    return out;
  }

  /** Moved in row-major order. */
  default Tensor roll(int shifts) {
    return roll(new int[] {shifts}, new int[0]);
  }

  /** The lower triangle of the last two dimensions, zero above the given diagonal; a copy. PyTorch: {@code torch.tril}. */
  default Tensor tril(int diagonal) {
    return Joining.triangle(self(), false, diagonal);
  }

  /** The lower triangle. */
  default Tensor tril() {
    return tril(0);
  }

  /** The upper triangle of the last two dimensions, zero below the given diagonal; a copy. PyTorch: {@code torch.triu}. */
  default Tensor triu(int diagonal) {
    return Joining.triangle(self(), true, diagonal);
  }

  /** The upper triangle. */
  default Tensor triu() {
    return triu(0);
  }
}
