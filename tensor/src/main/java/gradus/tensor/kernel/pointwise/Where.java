package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.WarmUp;

/** One of two elements, by a mask. */
public final class Where {

  private static final WarmUp WARM_UP = new WarmUp();

  private Where() {}

  /**
   * {@code out[i] = mask[i] ? a[i] : b[i]}, bit for bit, for n elements from the given places on.
   *
   * @param aStep 1, or 0 to repeat one element; so bStep
   */
  public static void run(
      boolean[] mask,
      int maskAt,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] out,
      int n) {
    WarmUp.Piece vectors =
        (i, count) -> {
          int p = aAt + i * aStep;
          int q = bAt + i * bStep;
          VectorWhere.run(mask, maskAt + i, a, p, aStep, b, q, bStep, out, i, count);
        };
    WarmUp.Piece plain =
        (i, count) -> {
          int p = aAt + i * aStep;
          int q = bAt + i * bStep;
          scalar(mask, maskAt + i, a, p, aStep, b, q, bStep, out, i, count);
        };
    Parallel.rows(n, 1, (from, to) -> WARM_UP.run(from, to, vectors, plain));
  }

  static void scalar(
      boolean[] mask,
      int maskAt,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] out,
      int outAt,
      int n) {
    for (int i = 0; i < n; i++) {
      // Chosen by bits: a branch on a random mask is mispredicted half of the time.
      int take = -(mask[maskAt + i] ? 1 : 0);
      int p = Float.floatToRawIntBits(a[aAt + i * aStep]);
      int q = Float.floatToRawIntBits(b[bAt + i * bStep]);
      out[outAt + i] = Float.intBitsToFloat(q ^ ((p ^ q) & take));
    }
  }
}
