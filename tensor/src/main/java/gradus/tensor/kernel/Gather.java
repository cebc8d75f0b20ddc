package gradus.tensor.kernel;

/**
 * Brings strided elements together, so that a kernel finds them contiguous in the nearest cache.
 */
final class Gather {

  private static final boolean VECTORS = Lanes.COUNT > 0;

  private Gather() {}

  /** {@code out[j] = x[at + j·stride]} for the first n of out. */
  static void row(float[] x, int at, int stride, int n, float[] out) {
    int from = VECTORS && stride == 2 ? VectorGather.everySecond(x, at, n, out) : 0;
    for (int j = from; j < n; j++) {
      out[j] = x[at + j * stride];
    }
  }
}
