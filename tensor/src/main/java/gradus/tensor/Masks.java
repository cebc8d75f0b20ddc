package gradus.tensor;

import gradus.tensor.kernel.Choose;
import gradus.tensor.kernel.Parallel;

/** Loops that write or read truth values: comparisons of FLOAT32, and choosing by a mask. */
final class Masks {
  private Masks() {}

  /**
   * Elements in row-major order: {@code array[offset + i · step]}, where a step of 0 repeats a
   * single number.
   */
  private record Run(float[] array, int offset, int step) {
    static Run of(Tensor x) {
      if (x.isContiguous()) {
        return new Run(Dense.array(x), x.offset, 1);
      }
      boolean repeated = true;
      for (int d = 0; d < x.dim(); d++) {
        repeated &= x.strides[d] == 0 || x.size(d) == 1;
      }
      return repeated ? new Run(Dense.array(x), x.offset, 0) : new Run(Dense.floats(x), 0, 1);
    }
  }

  /** Which of the six comparisons. */
  enum Kind {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE
  }

  /** Both FLOAT32 and of one shape. */
  static Tensor compare(Kind kind, Tensor a, Tensor b) {
    boolean[] out = new boolean[a.numel()];
    Run x = Run.of(a);
    Run y = Run.of(b);
    // One loop a comparison: a loop that is handed the comparison would call it for every element.
    Parallel.rows(
        out.length,
        1,
        (from, to) -> {
          switch (kind) {
            case EQ -> eq(x, y, out, from, to);
            case NE -> ne(x, y, out, from, to);
            case LT -> lt(x, y, out, from, to);
            case LE -> le(x, y, out, from, to);
            case GT -> lt(y, x, out, from, to);
            case GE -> le(y, x, out, from, to);
          }
        });
    return Dense.of(out, a.shape());
  }

  private static void eq(Run x, Run y, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x.array[x.offset + i * x.step] == y.array[y.offset + i * y.step];
    }
  }

  private static void ne(Run x, Run y, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x.array[x.offset + i * x.step] != y.array[y.offset + i * y.step];
    }
  }

  private static void lt(Run x, Run y, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x.array[x.offset + i * x.step] < y.array[y.offset + i * y.step];
    }
  }

  private static void le(Run x, Run y, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x.array[x.offset + i * x.step] <= y.array[y.offset + i * y.step];
    }
  }

  /**
   * The elements of {@code a} where the mask is true, else of {@code b}; all of one shape, a and b
   * of one dtype.
   */
  static Tensor choose(Tensor mask, Tensor a, Tensor b) {
    boolean[] flags = ((Storage.Booleans) mask.storage).array;
    boolean[] m = mask.isContiguous() ? flags : ((Storage.Booleans) Dense.copy(mask).storage).array;
    int at = mask.isContiguous() ? mask.offset : 0;
    if (a.dtype() == DType.FLOAT32) {
      float[] out = Memory.floats(a.numel());
      Run x = Run.of(a);
      Run y = Run.of(b);
      Choose.run(m, at, x.array, x.offset, x.step, y.array, y.offset, y.step, out, a.numel());
      return Dense.of(out, a.shape());
    }
    Tensor out = Dense.copy(b);
    boolean floating = a.dtype().isFloatingPoint();
    Dense.forEach(
        a,
        (i, place) -> {
          if (m[at + i] && floating) {
            out.storage.setDouble(i, a.storage.getDouble(place));
          } else if (m[at + i]) {
            out.storage.setLong(i, a.storage.getLong(place));
          }
        });
    return out;
  }

  /** The mask inverted. */
  static Tensor not(Tensor mask) {
    boolean[] out = new boolean[mask.numel()];
    Dense.forEach(mask, (i, at) -> out[i] = mask.storage.getLong(at) == 0);
    return Dense.of(out, mask.shape());
  }
}
