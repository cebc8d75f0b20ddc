package gradus.tensor.kernel;

/** One of two elements, by a mask. */
public final class Choose {

  /** Elements that are done at a time before the vector form is compiled. */
  private static final int PIECE = 1024;

  private static final Warmth WARMTH = new Warmth();

  private Choose() {}

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
    Parallel.rows(
        n,
        1,
        (from, to) -> {
          for (int i = from, count; i < to; i += count) {
            long turn = Lanes.COUNT > 0 ? WARMTH.turn() : Warmth.PLAIN;
            count = WARMTH.compiled() ? to - i : Math.min(PIECE, to - i);
            int p = aAt + i * aStep;
            int q = bAt + i * bStep;
            if (turn != Warmth.PLAIN) {
              VectorChoose.run(mask, maskAt + i, a, p, aStep, b, q, bStep, out, i, count);
              WARMTH.done(turn, count);
            } else {
              scalar(mask, maskAt + i, a, p, aStep, b, q, bStep, out, i, count);
            }
          }
        });
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
