package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Brings strided elements together, so that a kernel finds them contiguous in the nearest cache.
 */
final class Gather {

  private static final boolean VECTORS = Lanes.COUNT > 0;

  private Gather() {}

  /** {@code out[j] = x[at + j·stride]} for the first n of out. */
  static void row(float[] x, int at, int stride, int n, float[] out) {
    int from = VECTORS && stride == 2 ? Vectors.everySecond(x, at, n, out) : 0;
    for (int j = from; j < n; j++) {
      out[j] = x[at + j * stride];
    }
  }

  /**
   * For a stride of 2, where the scalar loop would lag memory; touched only where there are
   * vectors.
   */
  private static final class Vectors {
    private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
    private static final int LENGTH = SPECIES.length();
    private static final VectorShuffle<Float> EVEN = VectorShuffle.iota(SPECIES, 0, 2, true);
    private static final VectorMask<Float> UPPER =
        VectorMask.fromLong(SPECIES, -1L << LENGTH / 2 & (1L << LENGTH) - 1);

    /** Returns how many elements it has brought: whole vectors of them. */
    static int everySecond(float[] x, int at, int n, float[] out) {
      // The second vector of a pair reaches one element beyond the last that is wanted.
      int i = 0;
      for (; i < n - LENGTH; i += LENGTH) {
        FloatVector low = FloatVector.fromArray(SPECIES, x, at + 2 * i);
        FloatVector high = FloatVector.fromArray(SPECIES, x, at + 2 * i + LENGTH);
        low.rearrange(EVEN).blend(high.rearrange(EVEN), UPPER).intoArray(out, i);
      }
      return i;
    }
  }
}
