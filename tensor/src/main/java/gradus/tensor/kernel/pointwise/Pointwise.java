package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.StrideWalk;
import gradus.tensor.kernel.op.Binary;
import gradus.tensor.kernel.op.Ternary;
import gradus.tensor.kernel.op.Unary;
import gradus.tensor.kernel.op.UnaryOps;

/**
 * Elementwise loops over strided arrays: {@code out[i] = f(a[i], ...)} for every index of a shape.
 *
 * <p>Contiguous arrays and single repeated elements go straight to the loop of the op, without an
 * allocation; everything else through a {@link StridedLoop}. An input may be read through stride 0
 * (broadcasting) and the output may be one of the inputs, if it has the same strides.
 */
public final class Pointwise {

  /** Elements a task should at least have: below, handing it over costs more than doing it. */
  private static final int GRAIN = 8192;

  private Pointwise() {}

  /** {@code out = f(x)}. */
  public static void unary(
      Unary f,
      float[] x,
      int xOff,
      int[] xStrides,
      float[] out,
      int outOff,
      int[] outStrides,
      int[] shape) {
    int n = StrideWalk.count(shape);
    int xs = flat(xStrides, shape);
    if (xs >= 0 && flat(outStrides, shape) == 1 || n <= 1) {
      flat(LoopTemplates.of(f), x, xOff, xs & 1, null, 0, 0, null, 0, 0, out, outOff, n);
    } else {
      new StridedLoop(LoopTemplates.of(f), shape, out, outOff, outStrides)
          .input(x, xOff, xStrides)
          .run();
    }
  }

  /** {@code out = f(a, b)}. */
  public static void binary(
      Binary f,
      float[] a,
      int aOff,
      int[] aStrides,
      float[] b,
      int bOff,
      int[] bStrides,
      float[] out,
      int outOff,
      int[] outStrides,
      int[] shape) {
    int n = StrideWalk.count(shape);
    int as = flat(aStrides, shape);
    int bs = flat(bStrides, shape);
    if (as >= 0 && bs >= 0 && flat(outStrides, shape) == 1 || n <= 1) {
      flat(LoopTemplates.of(f), a, aOff, as & 1, b, bOff, bs & 1, null, 0, 0, out, outOff, n);
    } else {
      new StridedLoop(LoopTemplates.of(f), shape, out, outOff, outStrides)
          .input(a, aOff, aStrides)
          .input(b, bOff, bStrides)
          .run();
    }
  }

  /** {@code out = f(a, b, c)}. */
  public static void ternary(
      Ternary f,
      float[] a,
      int aOff,
      int[] aStrides,
      float[] b,
      int bOff,
      int[] bStrides,
      float[] c,
      int cOff,
      int[] cStrides,
      float[] out,
      int outOff,
      int[] outStrides,
      int[] shape) {
    int n = StrideWalk.count(shape);
    int as = flat(aStrides, shape);
    int bs = flat(bStrides, shape);
    int cs = flat(cStrides, shape);
    if (as >= 0 && bs >= 0 && cs >= 0 && flat(outStrides, shape) == 1 || n <= 1) {
      flat(LoopTemplates.of(f), a, aOff, as & 1, b, bOff, bs & 1, c, cOff, cs & 1, out, outOff, n);
    } else {
      new StridedLoop(LoopTemplates.of(f), shape, out, outOff, outStrides)
          .input(a, aOff, aStrides)
          .input(b, bOff, bStrides)
          .input(c, cOff, cStrides)
          .run();
    }
  }

  /** {@code out = x}, between any two layouts. The two must not overlap. */
  public static void copy(
      float[] x, int xOff, int[] xStrides, float[] out, int outOff, int[] outStrides, int[] shape) {
    int n = StrideWalk.count(shape);
    if (n < GRAIN && flat(xStrides, shape) == 1 && flat(outStrides, shape) == 1) {
      System.arraycopy(x, xOff, out, outOff, n);
    } else {
      unary(UnaryOps.IDENTITY, x, xOff, xStrides, out, outOff, outStrides, shape);
    }
  }

  private static void flat(
      Loop loop,
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
    if (n < 2 * GRAIN) {
      if (n > 0) {
        loop.run(a, aOff, aStride, b, bOff, bStride, c, cOff, cStride, out, outOff, n);
      }
      return;
    }
    Parallel.rows(
        Math.ceilDiv(n, GRAIN),
        GRAIN,
        (first, last) -> {
          int from = first * GRAIN;
          int to = (int) Math.min((long) last * GRAIN, n);
          loop.run(
              a,
              aOff + from * aStride,
              aStride,
              b,
              bOff + from * bStride,
              bStride,
              c,
              cOff + from * cStride,
              cStride,
              out,
              outOff + from,
              to - from);
        });
  }

  /** 1 if the layout is contiguous, 0 if all strides are 0 (one repeated element), else −2. */
  static int flat(int[] strides, int[] shape) {
    int expected = 1;
    boolean contiguous = true;
    boolean repeated = true;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] != 1) {
        contiguous &= strides[d] == expected;
        repeated &= strides[d] == 0;
        expected *= shape[d];
      }
    }
    return contiguous ? 1 : repeated ? 0 : -2;
  }
}
