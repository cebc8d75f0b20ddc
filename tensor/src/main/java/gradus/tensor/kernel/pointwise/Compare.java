package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.Templates;
import gradus.tensor.kernel.WarmUp;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ConcurrentHashMap;

/** Comparisons of elements; one loop a comparison, from templates (see {@link Templates}). */
public abstract class Compare {

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

  private static final ConcurrentHashMap<Kind, Compare> PLAIN = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<Kind, Compare> VECTORS = new ConcurrentHashMap<>();

  private final WarmUp warmUp = new WarmUp();

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
    Compare plain = plain(kind);
    Compare vectors = Lanes.COUNT > 0 ? of(VECTORS, "VectorCompare", kind) : plain;
    Parallel.rows(
        n,
        1,
        (from, to) ->
            vectors.warmUp.run(
                from,
                to,
                (i, count) ->
                    vectors.loop(
                        a, aAt + i * aStep, aStep, b, bAt + i * bStep, bStep, out, i, count),
                (i, count) ->
                    plain.loop(
                        a, aAt + i * aStep, aStep, b, bAt + i * bStep, bStep, out, i, count)));
  }

  /** The loop of scalars. */
  static Compare plain(Kind kind) {
    return of(PLAIN, "ScalarCompare", kind);
  }

  private static Compare of(ConcurrentHashMap<Kind, Compare> made, String template, Kind kind) {
    return made.computeIfAbsent(
        kind, k -> (Compare) Templates.specialise(MethodHandles.lookup(), template, k));
  }

  /** Compares n elements, for vectors whole ones, and writes from {@code to} on. */
  abstract void loop(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, boolean[] out, int to, int n);
}
