package gradus.tensor.kernel;

import java.util.Set;

/**
 * The loop of an op whose scalar form gives the same bits as its vector form: until the vector loop
 * is compiled, the scalar one does most of the work.
 *
 * <p>A vector op that is not compiled yet takes microseconds for what a compiled one does in a
 * nanosecond; a first sum of two arrays of a million elements took 165 ms that way. Scalar code
 * runs at once and is compiled soon. Each call gives the vector loop a little to do, so that it is
 * compiled too; see {@link Warmth}.
 */
final class WarmingLoop extends Loop {
  /**
   * The ops this is for, all of them as quick as memory. All others keep their bits by always
   * taking the same form.
   */
  static final Set<Object> OPS =
      Set.of(
          UnaryOps.IDENTITY,
          UnaryOps.NEG,
          UnaryOps.ABS,
          UnaryOps.SQUARE,
          UnaryOps.RELU,
          BinaryOps.ADD,
          BinaryOps.SUB,
          BinaryOps.MUL,
          BinaryOps.DIV,
          BinaryOps.RELU_GRAD);

  /** Vectors that a call gives the vector loop before it is compiled. */
  private static final int VECTORS = 16;

  private final Loop vector;
  private final Loop scalar;
  private final Warmth warmth = new Warmth();

  WarmingLoop(Loop vector, Loop scalar) {
    this.vector = vector;
    this.scalar = scalar;
  }

  @Override
  void run(
      float[] a,
      int aOff,
      int aStride,
      float[] b,
      int bOff,
      int bStride,
      float[] c,
      int cOff,
      int cStride,
      float[] out,
      int outOff,
      int n) {
    int few = VECTORS * Lanes.COUNT;
    if (warmth.compiled() || n <= few) {
      vector.run(a, aOff, aStride, b, bOff, bStride, c, cOff, cStride, out, outOff, n);
      return;
    }
    long start = warmth.start();
    vector.run(a, aOff, aStride, b, bOff, bStride, c, cOff, cStride, out, outOff, few);
    warmth.done(start, few);
    scalar.run(
        a,
        aOff + few * aStride,
        aStride,
        b,
        bOff + few * bStride,
        bStride,
        c,
        cOff + few * cStride,
        cStride,
        out,
        outOff + few,
        n - few);
  }
}
