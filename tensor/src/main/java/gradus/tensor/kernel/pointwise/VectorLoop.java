package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.Lanes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * The vector loops of one op, from a template such as {@link VectorBinaryLoop}: one for each mix of
 * contiguous and repeated inputs, and one for the last few elements.
 *
 * <p>They are called through method handles that the compiler does not take for constants, so each
 * loop is compiled by itself. Inlined into a caller, a loop that ran rarely while it was watched,
 * or that came late in a long method, would not get its op inlined; each vector would then travel
 * through the heap for good, 20 times slower.
 */
final class VectorLoop extends Loop {
  private static final MethodType TYPE =
      MethodType.methodType(
          void.class,
          float[].class,
          int.class,
          int.class,
          float[].class,
          int.class,
          int.class,
          float[].class,
          int.class,
          int.class,
          float[].class,
          int.class,
          int.class);

  /** By the strides of a, b and c as the bits 1, 2 and 4. */
  private final MethodHandle[] main = new MethodHandle[8];

  private final MethodHandle tail;

  /**
   * The loops of a template that was defined for an op.
   *
   * @param template the hidden class
   * @param names of its method for each mix of strides
   */
  VectorLoop(MethodHandles.Lookup template, String... names) {
    for (int strides = 1; strides < names.length; strides++) {
      main[strides] = find(template, names[strides]);
    }
    tail = find(template, "tail");
  }

  private static MethodHandle find(MethodHandles.Lookup template, String name) {
    try {
      return template.findStatic(template.lookupClass(), name, TYPE);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
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
    int strides = aStride | bStride << 1 | cStride << 2;
    try {
      if (strides == 0) {
        tail.invokeExact(a, aOff, 0, b, bOff, 0, c, cOff, 0, out, outOff, 1);
        Arrays.fill(out, outOff + 1, outOff + n, out[outOff]);
        return;
      }
      int bound = n - n % Lanes.COUNT;
      if (bound > 0) {
        main[strides].invokeExact(
            a, aOff, aStride, b, bOff, bStride, c, cOff, cStride, out, outOff, bound);
      }
      if (bound < n) {
        tail.invokeExact(
            a,
            aOff + bound * aStride,
            aStride,
            b,
            bOff + bound * bStride,
            bStride,
            c,
            cOff + bound * cStride,
            cStride,
            out,
            outOff + bound,
            n - bound);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
