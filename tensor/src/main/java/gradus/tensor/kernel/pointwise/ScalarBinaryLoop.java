package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.Templates;
import gradus.tensor.kernel.op.Binary;
import java.lang.invoke.MethodHandles;

/** Template of the scalar loop of one {@code Binary}; see {@link Templates}. */
final class ScalarBinaryLoop extends Loop {

  private static final Binary OP = Templates.constant(MethodHandles.lookup(), Binary.class);

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
    if (aStride == 1 && bStride == 1) {
      // On its own, since only unit strides let the compiler vectorise the loop.
      for (int i = 0; i < n; i++) {
        out[outOff + i] = OP.apply(a[aOff + i], b[bOff + i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[outOff + i] = OP.apply(a[aOff + i * aStride], b[bOff + i * bStride]);
      }
    }
  }
}
