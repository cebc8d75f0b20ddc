package gradus.tensor.kernel;

/** Comparisons of elements. */
public final class Compare {

  /** Which of the six. */
  public enum Kind {
    /** Equal. */
    EQ,
    /** Not equal. */
    NE,
    /** Less. */
    LT,
    /** Less or equal. */
    LE,
    /** Greater. */
    GT,
    /** Greater or equal. */
    GE
  }

  /** Elements that are done at a time before the vector form is compiled. */
  private static final int PIECE = 1024;

  private static final Warmth[] WARMTH = {new Warmth(), new Warmth(), new Warmth(), new Warmth()};

  private Compare() {}

  /**
   * {@code out[i] = a[i] ⋛ b[i]} for n elements from the given places on.
   *
   * @param aStep 1, or 0 to repeat one element; so bStep
   */
  public static void run(
      Kind kind,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      boolean[] out,
      int n) {
    switch (kind) {
      case GT -> run(Kind.LT, b, bAt, bStep, a, aAt, aStep, out, n);
      case GE -> run(Kind.LE, b, bAt, bStep, a, aAt, aStep, out, n);
      default ->
          Parallel.rows(
              n,
              1,
              (from, to) -> {
                int p = aAt + from * aStep;
                int q = bAt + from * bStep;
                range(kind, a, p, aStep, b, q, bStep, out, from, to);
              });
    }
  }

  private static void range(
      Kind kind,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      boolean[] out,
      int from,
      int to) {
    Warmth warmth = WARMTH[kind.ordinal()];
    int n = to - from;
    for (int i = 0, count; i < n; i += count) {
      long turn = Lanes.COUNT > 0 ? warmth.turn() : Warmth.PLAIN;
      count = warmth.compiled() ? n - i : Math.min(PIECE, n - i);
      int p = aAt + i * aStep;
      int q = bAt + i * bStep;
      if (turn != Warmth.PLAIN) {
        VectorCompare.run(kind, a, p, aStep, b, q, bStep, out, from + i, count);
        warmth.done(turn, count);
      } else {
        scalar(kind, a, p, aStep, b, q, bStep, out, from + i, count);
      }
    }
  }

  /** One loop a comparison: one that is handed the comparison would ask for each element. */
  static void scalar(
      Kind kind,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      boolean[] out,
      int to,
      int n) {
    switch (kind) {
      case EQ -> eq(a, aAt, aStep, b, bAt, bStep, out, to, n);
      case NE -> ne(a, aAt, aStep, b, bAt, bStep, out, to, n);
      case LT -> lt(a, aAt, aStep, b, bAt, bStep, out, to, n);
      case LE -> le(a, aAt, aStep, b, bAt, bStep, out, to, n);
      case GT, GE -> throw new IllegalArgumentException(kind + " is the other way round");
    }
  }

  private static void eq(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i] = a[aAt + i * aStep] == b[bAt + i * bStep];
    }
  }

  private static void ne(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i] = a[aAt + i * aStep] != b[bAt + i * bStep];
    }
  }

  private static void lt(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i] = a[aAt + i * aStep] < b[bAt + i * bStep];
    }
  }

  private static void le(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      out[to + i] = a[aAt + i * aStep] <= b[bAt + i * bStep];
    }
  }
}
