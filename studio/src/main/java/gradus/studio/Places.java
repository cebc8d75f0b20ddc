package gradus.studio;

import gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Where elements stand: the row-major number of an index, and back. */
final class Places {
  private Places() {}

  static int flat(Shape shape, List<Integer> index) {
    if (index.size() != shape.rank()) {
      throw outside(shape, index);
    }
    int flat = 0;
    for (int d = 0; d < shape.rank(); d++) {
      int at = index.get(d);
      if (at < 0 || at >= shape.size(d)) {
        throw outside(shape, index);
      }
      flat = flat * shape.size(d) + at;
    }
    return flat;
  }

  private static IllegalArgumentException outside(Shape shape, List<Integer> index) {
    return new IllegalArgumentException(
        "index: %s is no element of %s. Give one number a dimension, from 0 to below its size."
            .formatted(index, shape));
  }

  static List<Integer> index(Shape shape, int flat) {
    var index = new ArrayList<Integer>();
    int rest = flat;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      index.addFirst(rest % shape.size(d));
      rest /= shape.size(d);
    }
    return List.copyOf(index);
  }
}
