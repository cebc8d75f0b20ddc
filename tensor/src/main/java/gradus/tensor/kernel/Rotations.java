package gradus.tensor.kernel;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * The rotations by which a kernel sums the lanes of a vector: by a half of them, then by a quarter,
 * and so on. {@code reduceLanes(ADD)} may add in another order once it is compiled, and the same
 * program would give other bits when warm.
 *
 * <p>Why the kernels on rows write these sums out, and call nothing that takes or returns a vector
 * but the vectors' own methods: a helper is only inlined as long as the compiler's budgets last. It
 * stays a call where it ran rarely while the profile was taken (many short rows, then long ones),
 * where the method around it has grown large, or where the helper is larger than 35 bytecodes and
 * was compiled by itself. Then each vector goes through the heap, ten times slower. The vectors'
 * own methods are always inlined.
 */
public final class Rotations {

  public static final VectorShuffle<Float> HALF = rotation(2);
  public static final VectorShuffle<Float> QUARTER = rotation(4);

  /** Only for more than 4 lanes. */
  public static final VectorShuffle<Float> EIGHTH = rotation(8);

  /** Only for more than 8 lanes. */
  public static final VectorShuffle<Float> SIXTEENTH = rotation(16);

  private Rotations() {}

  /** The lanes 0, stride, 2 stride, … */
  public static VectorMask<Float> every(int stride) {
    long lanes = 0;
    for (int i = 0; i < FloatLanes.SPECIES.length(); i += stride) {
      lanes |= 1L << i;
    }
    return VectorMask.fromLong(FloatLanes.SPECIES, lanes);
  }

  private static VectorShuffle<Float> rotation(int part) {
    int lanes = FloatLanes.SPECIES.length();
    return VectorShuffle.iota(FloatLanes.SPECIES, Math.max(1, lanes / part), 1, true);
  }
}
