package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.Arrays;
import java.util.List;

/**
 * The geometry of views: from the strides of one tensor to those of another look at the same
 * memory.
 */
final class Views {
  private Views() {}

  /** The view that {@code op} describes, with history. */
  static Tensor of(Tensor x, Op.ViewOp op) {
    Tensor view =
        switch (op) {
          case Op.View(Shape shape) -> {
            int[] strides = viewStrides(x, shape);
            if (strides == null) {
              throw Errors.view(x.shape(), x.strides, shape.raw());
            }
            yield look(x, op, shape, strides, x.offset);
          }
          case Op.Permute(List<Integer> dims) -> permute(x, op, dims);
          case Op.Expand(Shape shape) -> look(x, op, shape, expandStrides(x, shape), x.offset);
          case Op.Slice(int dim, int start, int end, int step) ->
              slice(x, op, dim, start, end, step);
          case Op.Select(int dim, int index) -> select(x, op, dim, index);
          case Op.Diagonal(int offset, int dim1, int dim2) -> diagonal(x, op, offset, dim1, dim2);
          case Op.Unfold(int dim, int size, int step) -> unfold(x, op, dim, size, step);
          case Op.AsStrided(Shape shape, List<Integer> strides, int offset, var _) ->
              look(x, op, shape, ints(strides), offset);
        };
    return Tensor.record(op, view, x);
  }

  private static Tensor look(Tensor x, Op.ViewOp op, Shape shape, int[] strides, int offset) {
    if (x.isSparse()) {
      throw Errors.sparse();
    }
    return new Tensor(x.storage, x.dtype(), shape, strides, offset, x, op, x.wrappedNumber);
  }

  private static Tensor permute(Tensor x, Op.ViewOp op, List<Integer> dims) {
    int[] sizes = new int[dims.size()];
    int[] strides = new int[dims.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = x.shape().raw()[dims.get(i)];
      strides[i] = x.strides[dims.get(i)];
    }
    return look(x, op, Shape.wrap(sizes), strides, x.offset);
  }

  static int[] expandStrides(Tensor x, Shape shape) {
    int[] strides = new int[shape.rank()];
    int lead = shape.rank() - x.dim();
    for (int d = lead; d < strides.length; d++) {
      strides[d] = x.shape().raw()[d - lead] == 1 && shape.raw()[d] != 1 ? 0 : x.strides[d - lead];
    }
    return strides;
  }

  private static Tensor slice(Tensor x, Op.ViewOp op, int dim, int start, int end, int step) {
    int[] sizes = x.shape().toArray();
    int[] strides = x.strides.clone();
    sizes[dim] = Math.max(0, Math.ceilDiv(end - start, step));
    strides[dim] *= sizes[dim] > 1 ? step : 1;
    return look(x, op, Shape.wrap(sizes), strides, x.offset + start * x.strides[dim]);
  }

  private static Tensor select(Tensor x, Op.ViewOp op, int dim, int index) {
    int offset = x.offset + index * x.strides[dim];
    return look(x, op, Shape.wrap(without(x.shape().raw(), dim)), without(x.strides, dim), offset);
  }

  private static Tensor diagonal(Tensor x, Op.ViewOp op, int offset, int dim1, int dim2) {
    int rows = x.shape().raw()[dim1];
    int cols = x.shape().raw()[dim2];
    int length =
        Math.max(0, offset >= 0 ? Math.min(rows, cols - offset) : Math.min(rows + offset, cols));
    int start =
        length == 0 ? 0 : offset >= 0 ? offset * x.strides[dim2] : -offset * x.strides[dim1];
    int high = Math.max(dim1, dim2);
    int low = Math.min(dim1, dim2);
    int[] sizes = append(without(without(x.shape().raw(), high), low), length);
    int[] strides =
        append(without(without(x.strides, high), low), x.strides[dim1] + x.strides[dim2]);
    return look(x, op, Shape.wrap(sizes), strides, x.offset + start);
  }

  private static Tensor unfold(Tensor x, Op.ViewOp op, int dim, int size, int step) {
    if (x.dim() == 0) {
      return look(x, op, Shape.of(size), new int[] {1}, x.offset);
    }
    int[] sizes = append(x.shape().raw(), size);
    int[] strides = append(x.strides, x.strides[dim]);
    sizes[dim] = (x.shape().raw()[dim] - size) / step + 1;
    strides[dim] *= step;
    return look(x, op, Shape.wrap(sizes), strides, x.offset);
  }

  /**
   * The strides that let {@code x} be seen in another shape without copying, or null if there are
   * none.
   */
  static int[] viewStrides(Tensor x, Shape to) {
    if (x.isContiguous() || x.numel() == 0) {
      return to.strides();
    }
    int[] sizes = x.shape().raw();
    int[] strides = new int[to.rank()];
    int target = to.rank() - 1;
    int chunk = 1;
    int chunkStride = x.strides.length == 0 ? 1 : x.strides[x.strides.length - 1];
    for (int d = sizes.length - 1; d >= 0; d--) {
      chunk *= sizes[d];
      boolean ends = d == 0 || (sizes[d - 1] != 1 && x.strides[d - 1] != chunk * chunkStride);
      if (!ends) {
        continue;
      }
      int filled = 1;
      while (target >= 0 && (filled < chunk || to.raw()[target] == 1)) {
        strides[target] = filled * chunkStride;
        filled *= to.raw()[target];
        target--;
      }
      if (filled != chunk) {
        return null;
      }
      if (d > 0) {
        chunk = 1;
        chunkStride = x.strides[d - 1];
      }
    }
    return target == -1 ? strides : null;
  }

  /** The sizes with one −1 replaced by what the element count leaves. */
  static Shape inferShape(String op, Shape from, int[] sizes) {
    int[] out = given(sizes, int[].class).clone();
    int unknown = -1;
    long known = 1;
    for (int i = 0; i < out.length; i++) {
      if (out[i] == -1) {
        if (unknown >= 0) {
          throw Errors.invalid(
              op, "only one size can be -1 (inferred), but got " + Shapes.text(sizes) + ".");
        }
        unknown = i;
      } else if (out[i] < 0) {
        throw Errors.invalid(
            op,
            "size " + out[i] + " in " + Shapes.text(sizes) + " is negative. Sizes are 0 or more.");
      } else {
        known *= out[i];
      }
    }
    if (unknown >= 0) {
      if (known == 0 || from.numel() % known != 0) {
        throw Errors.reshape(op, from, sizes);
      }
      out[unknown] = (int) (from.numel() / known);
    } else if (known != from.numel()) {
      throw Errors.reshape(op, from, sizes);
    }
    return Shape.wrap(out);
  }

  static int[] without(int[] a, int index) {
    int[] out = new int[a.length - 1];
    System.arraycopy(a, 0, out, 0, index);
    System.arraycopy(a, index + 1, out, index, a.length - 1 - index);
    return out;
  }

  private static int[] append(int[] a, int value) {
    int[] out = Arrays.copyOf(a, a.length + 1);
    out[a.length] = value;
    return out;
  }

  static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
