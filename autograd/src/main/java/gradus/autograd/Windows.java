package gradus.autograd;

import gradus.tensor.Op;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.List;

/** The derivatives of views, and of writing through them. */
final class Windows {
  private static final Internals INTERNALS = Internals.get();

  private Windows() {}

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
    try (var _ = gradus.tensor.GradMode.noGrad()) {
      inside(seen, views).fill_(1);
    }
    return g.maskedFill(seen.ne(0), 0);
  }
}
