package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.Templates;

/**
 * One row of an elementwise op: up to three inputs, each contiguous (stride 1) or one repeated
 * element (stride 0), and a contiguous output. Unused inputs are null.
 *
 * <p>The scalar subclasses and what {@link VectorLoop} calls are templates: {@link Templates}
 * defines each of them anew for every op, so that the op is a constant of the class and is inlined
 * into its loop.
 */
public abstract class Loop {

  public abstract void run(
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
      int n);
}
