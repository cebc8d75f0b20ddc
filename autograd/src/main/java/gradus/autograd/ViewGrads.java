package gradus.autograd;

import gradus.tensor.GradMode;
import gradus.tensor.Op;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.List;

/** The derivatives of views, and of writing through them. */
final class ViewGrads {
  private static final Internals INTERNALS = Internals.get();

  private ViewGrads() {}

  static int[] inverse(List<Integer> dims) {
    int[] out = new int[dims.size()];
    for (int i = 0; i < out.length; i++) {
      out[dims.get(i)] = i;
    }
    return out;
  }

  /** Summed over the dimensions that an expand to g's shape has added or stretched. */
  static Tensor sumTo(Tensor g, Shape shape) {
    int lead = g.dim() - shape.rank();
    var dims = new ArrayList<Integer>();
    for (int d = 0; d < g.dim(); d++) {
      if (d < lead || (shape.size(d - lead) == 1 && g.size(d) != 1)) {
        dims.add(d);
      }
    }
    Tensor sum =
        dims.isEmpty() ? g : g.sum(dims.stream().mapToInt(Integer::intValue).toArray(), true);
    return sum.reshape(shape.toArray());
  }

  /** What a chain of views sees of {@code g}. */
  static Tensor inside(Tensor g, List<Op.ViewOp> views) {
    Tensor window = g;
    for (Op.ViewOp view : views) {
      window = INTERNALS.view(window, view);
    }
    return window;
  }

  /** {@code g} with zeros where a chain of views looks. */
  static Tensor outside(Tensor g, List<Op.ViewOp> views) {
    Tensor seen = Tensor.zerosLike(g);
    try (var _ = GradMode.noGrad()) {
      inside(seen, views).fill_(1);
    }
    return g.maskedFill(seen.ne(0), 0);
  }

  /**
   * Places {@code g} in a memory like the input's, and sees it as the input does; elements there
   * share their place.
   */
  static Tensor strided(Tensor g, Op.AsStrided op, Shape shape) {
    int[] strides = op.from().strides().stream().mapToInt(Integer::intValue).toArray();
    if (op.from().offset() == 0 && rowMajor(shape, strides)) {
      return INTERNALS.place(g, op, shape);
    }
    int start = Math.min(op.offset(), op.from().offset());
    int size =
        Math.max(
                end(op.shape(), op.strides(), op.offset()),
                end(shape, op.from().strides(), op.from().offset()))
            - start;
    var moved =
        new Op.AsStrided(
            op.shape(), op.strides(), op.offset() - start, new Op.Layout(List.of(1), 0));
    var input =
        new Op.AsStrided(
            shape, op.from().strides(), op.from().offset() - start, new Op.Layout(List.of(1), 0));
    Shape memory = Shape.of(size);
    Tensor placed = INTERNALS.place(g, moved, memory);
    Tensor shared =
        INTERNALS.place(Tensor.ones(g.dtype(), shape.toArray()), input, memory).clampMin(1);
    return INTERNALS.view(placed.div(shared), input);
  }

  private static boolean rowMajor(Shape shape, int[] strides) {
    int step = 1;
    for (int d = strides.length - 1; d >= 0; d--) {
      if (strides[d] != step && shape.size(d) != 1) {
        return false;
      }
      step *= shape.size(d);
    }
    return true;
  }

  private static int end(Shape shape, List<Integer> strides, int offset) {
    int last = offset;
    for (int d = 0; d < shape.rank(); d++) {
      last += Math.max(0, shape.size(d) - 1) * strides.get(d);
    }
    return last + 1;
  }
}
