package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small arithmetic on lists of dimensions. */
final class Shapes {
  private Shapes() {}

  static String text(int[] sizes) {
    return Arrays.toString(sizes);
  }

  static List<Integer> list(int... values) {
    var list = new ArrayList<Integer>(values.length);
    for (int v : values) {
      list.add(v);
    }
    return List.copyOf(list);
  }

  /** The dimensions made non-negative and sorted; an empty list means all of them. */
  static List<Integer> dims(String op, Shape shape, int... dims) {
    if (given(dims, int[].class).length == 0) {
      int[] all = new int[shape.rank()];
      Arrays.setAll(all, i -> i);
      return list(all);
    }
    int[] out = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      out[i] = shape.dim(op, dims[i]);
    }
    Arrays.sort(out);
    for (int i = 1; i < out.length; i++) {
      if (out[i] == out[i - 1]) {
        throw Errors.invalid(
            op, "dim " + out[i] + " appears more than once in " + text(dims) + ".");
      }
    }
    return shape.rank() == 0 ? List.of() : list(out);
  }

  /** The shape that a reduction over {@code dims} leaves. */
  static Shape reduced(Shape shape, List<Integer> dims, boolean keepdim) {
    int[] out = new int[keepdim ? shape.rank() : shape.rank() - dims.size()];
    int n = 0;
    for (int d = 0; d < shape.rank(); d++) {
      if (!dims.contains(d)) {
        out[n++] = shape.raw()[d];
      } else if (keepdim) {
        out[n++] = 1;
      }
    }
    return Shape.wrap(out);
  }

  /** The dimensions of a tensor of {@code rank} that are not in {@code dims}. */
  static List<Integer> others(int rank, List<Integer> dims) {
    var out = new ArrayList<Integer>();
    for (int d = 0; d < rank; d++) {
      if (!dims.contains(d)) {
        out.add(d);
      }
    }
    return out;
  }

  /** The number of elements that a reduction over {@code dims} folds into one. */
  static int count(Shape shape, List<Integer> dims) {
    int n = 1;
    for (int d : dims) {
      n *= shape.raw()[d];
    }
    return n;
  }

  /** How often dimension {@code dim} occurs: the product of the sizes before it. */
  static int outer(Shape shape, int dim) {
    int n = 1;
    for (int d = 0; d < dim; d++) {
      n *= shape.raw()[d];
    }
    return n;
  }

  /** How far neighbours along {@code dim} are apart in row-major order. */
  static int inner(Shape shape, int dim) {
    int n = 1;
    for (int d = dim + 1; d < shape.rank(); d++) {
      n *= shape.raw()[d];
    }
    return n;
  }
}
