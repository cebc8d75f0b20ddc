package gradus.tensor.kernel;

/**
 * A buffer for each thread, kept from call to call: for packed panels and blocks of scores, which
 * are dead when the kernel returns.
 *
 * <p>There is one buffer a thread, so whoever holds it must not call another kernel that asks for
 * it.
 */
public final class Scratch {

  /** A larger buffer than this (16 MiB) is not kept. */
  private static final int KEPT = 1 << 22;

  private static final ThreadLocal<float[]> BUFFER = ThreadLocal.withInitial(() -> new float[0]);
  private static final ThreadLocal<float[]> EDGE = ThreadLocal.withInitial(() -> new float[0]);

  private static final ThreadLocal<float[]> SHARED = ThreadLocal.withInitial(() -> new float[0]);

  private Scratch() {}

  /** At least {@code n} floats; what stands in them is undefined. */
  public static float[] floats(int n) {
    return of(BUFFER, n);
  }

  /** The same, but another buffer, which only {@code MatMulTiles} takes. */
  public static float[] edge(int n) {
    return of(EDGE, n);
  }

  /** The same, but a third one, for what is packed once and read by several calls. */
  public static float[] shared(int n) {
    return of(SHARED, n);
  }

  private static float[] of(ThreadLocal<float[]> kept, int n) {
    float[] buffer = kept.get();
    if (buffer.length >= n) {
      return buffer;
    }
    if (n > KEPT) {
      return new float[n];
    }
    // The next power of two, so that a few growing calls do not each leave an array behind.
    buffer = new float[Math.max(1024, Integer.highestOneBit(n - 1) << 1)];
    kept.set(buffer);
    return buffer;
  }
}
