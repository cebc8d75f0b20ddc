package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.WarmUp;
import gradus.tensor.kernel.op.BinaryOps;
import gradus.tensor.kernel.op.UnaryOps;
import java.util.Set;

/**
 * The loop of an op whose scalar form gives the same bits as its vector form: until the vector loop
 * is compiled, the scalar one does most of the work.
 *
 * <p>A vector op that is not compiled yet takes microseconds for what a compiled one does in a
 * nanosecond; a first sum of two arrays of a million elements took 165 ms that way. Scalar code
 * runs at once and is compiled soon. The vector loop gets a little to do now and then, so that it
 * is compiled too; see {@link WarmUp}.
 */
final class WarmUpLoop extends Loop {
  /** Arithmetic. */
  static final Set<Object> ARITHMETIC =
      Set.of(
          UnaryOps.IDENTITY,
          UnaryOps.NEG,
          UnaryOps.ABS,
          UnaryOps.SQUARE,
          UnaryOps.CUBE,
          UnaryOps.RECIPROCAL,
          UnaryOps.INVERSE_SQUARE,
          UnaryOps.RELU,
          BinaryOps.ADD,
          BinaryOps.SUB,
          BinaryOps.MUL,
          BinaryOps.DIV,
          BinaryOps.RELU_GRAD);

  /** The rest; in a class of its own, since to name them loads all their neighbours. */
  static final class Functions {
    static final Set<Object> OPS =
        Set.of(
            UnaryOps.EXP,
            UnaryOps.EXP2,
            UnaryOps.LOG,
            UnaryOps.LOG2,
            UnaryOps.LOG10,
            UnaryOps.SIN,
            UnaryOps.COS,
            UnaryOps.TANH,
            UnaryOps.ERF,
            UnaryOps.SIGMOID,
            UnaryOps.SILU,
            UnaryOps.GELU,
            UnaryOps.GELU_TANH);
  }

  /** Whether this is for an op; all others keep their bits by always taking the same form. */
  static boolean suits(Object op) {
    return ARITHMETIC.contains(op) || Functions.OPS.contains(op);
  }

  /** Vectors that the vector loop gets at a time before it is compiled. */
  private static final int VECTORS = 16;

  /** Elements that the scalar loop gets at a time. */
  private static final int PIECE = 2048;

  /** Short runs that the scalar loop gets: a program of few numbers does without vectors. */
  private static final int SHORT_RUNS = 500;

  private final Loop vector;
  private final Loop scalar;
  private final WarmUp warmUp = new WarmUp();

  /** How many there were so far; a thread that sees fewer does no harm. */
  private int shortRuns;

  WarmUpLoop(Loop vector, Loop scalar) {
    this.vector = vector;
    this.scalar = scalar;
  }

  @Override
  public void run(
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
    if (n <= few && shortRuns < SHORT_RUNS) {
      shortRuns++;
      scalar.run(a, aOff, aStride, b, bOff, bStride, c, cOff, cStride, out, outOff, n);
      return;
    }
    if (warmUp.compiled() || n <= few) {
      vector.run(a, aOff, aStride, b, bOff, bStride, c, cOff, cStride, out, outOff, n);
      return;
    }
    for (int i = 0, count; i < n; i += count) {
      long turn = warmUp.turn();
      boolean plain = turn == WarmUp.PLAIN;
      count = warmUp.compiled() ? n - i : Math.min(plain ? PIECE : few, n - i);
      int aAt = aOff + i * aStride;
      int bAt = bOff + i * bStride;
      int cAt = cOff + i * cStride;
      Loop loop = plain ? scalar : vector;
      loop.run(a, aAt, aStride, b, bAt, bStride, c, cAt, cStride, out, outOff + i, count);
      if (!plain) {
        warmUp.done(turn, count);
      }
    }
  }
}
