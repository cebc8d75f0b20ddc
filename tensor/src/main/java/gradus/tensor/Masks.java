package gradus.tensor;

import gradus.tensor.kernel.pointwise.Compare;
import gradus.tensor.kernel.pointwise.Where;

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

  /** Both FLOAT32 and of one shape. */
  static Tensor compare(Compare.Kind kind, Tensor a, Tensor b) {
    boolean[] out = ArrayPool.room(a.shape(), 1, boolean[]::new);
    Run x = Run.of(a);
    Run y = Run.of(b);
    Compare.run(kind, x.array, x.offset, x.step, y.array, y.offset, y.step, out, out.length);
    return Dense.of(out, a.shape());
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
      float[] out = ArrayPool.floats(a.numel());
      Run x = Run.of(a);
      Run y = Run.of(b);
      Where.run(m, at, x.array, x.offset, x.step, y.array, y.offset, y.step, out, a.numel());
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
    Tensor out = Dense.copy(mask);
    boolean[] flags = ((Storage.Booleans) out.storage).array;
    for (int i = 0; i < flags.length; i++) {
      flags[i] = !flags[i];
    }
    return out;
  }
}
