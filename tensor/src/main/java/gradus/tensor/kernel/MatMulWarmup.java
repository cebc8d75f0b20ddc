package gradus.tensor.kernel;

/**
 * Decides when the vector kernels of the matrix product take over from the plain loops of {@link
 * MatMulCold}: once a background thread has run each of them long enough to be compiled: the
 * smallest tiles first, which then stand in for the larger ones, whose compilation takes far
 * longer.
 *
 * <p>The thread starts when a program has shown that it multiplies matrices in earnest, so that a
 * short program never pays for it; it is a daemon and ends after about a second. Until the first
 * tiles are there, products leave a core to the compiler: that way they are there sooner.
 */
final class MatMulWarmup {
  private static final long WORTH_IT = 2_000_000;

  /**
   * Few steps of k: what counts for the compiler is the number of calls, and until then each is
   * interpreted.
   */
  private static final int DEPTH = 4;

  private static final int CALLS = 20_000;
  private static final long COMPILED_NANOS = 700;

  private static final int NARROW = 1;
  private static final int TILES = 2;
  private static final int ALL = 3;

  /** What is compiled, from nothing to all. */
  private static volatile int compiled;

  private static volatile boolean started;
  private static long work;

  private MatMulWarmup() {}

  /** Whether the tiles of one vector's width are compiled. */
  static boolean narrowTilesAreWarm() {
    return compiled >= NARROW;
  }

  /** Whether all tiles are compiled. */
  static boolean tilesAreWarm() {
    return compiled >= TILES;
  }

  /** Whether the kernels of single rows and of dot products are compiled too. */
  static boolean isWarm() {
    return compiled >= ALL;
  }

  /** Chooses the vector kernels at once, or the plain loops; for tests. */
  static void force(boolean vector) {
    started = true;
    compiled = vector ? ALL : 0;
  }

  /** Chooses the narrow tiles; for tests. */
  static void forceNarrow() {
    started = true;
    compiled = NARROW;
  }

  /** {@link Parallel#rows}, but on one thread until the first tiles are compiled. */
  static void rows(int rows, long costPerRow, Parallel.RowTask task) {
    if (started && compiled < NARROW) {
      task.run(0, rows);
    } else {
      Parallel.rows(rows, costPerRow, task);
    }
  }

  /** Counts multiply-adds done by plain loops; the warm-up starts when they add up. */
  static synchronized void count(long multiplyAdds) {
    work += multiplyAdds;
    if (work > WORTH_IT && !started) {
      started = true;
      Thread.ofPlatform().name("gradus-warmup").daemon().start(MatMulWarmup::compileAll);
    }
  }

  /** So many rows of B go through both loops of {@link MatMulRow}, the one of eight rows too. */
  private static final int ROWS = 11;

  private interface Kernel {
    void run(boolean add);
  }

  /** Runs each kernel until it is compiled; then all products take them. */
  static void compileAll() {
    int k = 2 * Lanes.COUNT;
    float[] a = new float[8 * k];
    float[] b = new float[64 * Math.max(k, ROWS)];
    float[] c = new float[8 * 64];
    compile(
        add -> MatMulTile1.rows6(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
    compile(
        add -> MatMulTile1.rows4(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
    compile(
        add -> MatMulTile1.rows2(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
    compile(
        add -> MatMulTile1.rows1(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
    compiled = NARROW;
    if (Lanes.COUNT == 16) {
      compile(
          add ->
              MatMulTile4.rows6(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
      compile(
          add ->
              MatMulTile4.rows4(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
      compile(
          add ->
              MatMulTile4.rows2(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
      compile(
          add ->
              MatMulTile4.rows1(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
    }
    compile(
        add -> MatMulTile2.rows6(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
    compile(
        add -> MatMulTile2.rows4(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
    compile(
        add -> MatMulTile2.rows2(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
    compile(
        add -> MatMulTile2.rows1(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
    if (Lanes.COUNT == MatMulTranspose.SIDE) {
      compile(_ -> MatMulTranspose.square(b, 0, 64, b, 0, 64));
    }
    compiled = TILES;
    if (Lanes.COUNT == 16) {
      compile(add -> MatMulDot.rows4(k, a, 0, k, b, 0, k, add ? 4 : 3, c, 0, 64, add));
    }
    compile(add -> MatMulDot.rows2(k, a, 0, k, b, 0, k, add ? 4 : 3, c, 0, 64, add));
    compile(add -> MatMulDot.rows1(k, a, 0, k, b, 0, k, add ? 4 : 3, c, 0, 64, add));
    compile(add -> MatMulRow.run(add ? 64 : 63, ROWS, a, 0, 1, b, 0, 64, c, 0));
    compiled = ALL;
  }

  /**
   * Runs a kernel until it is so fast that it must be compiled; both values of {@code add}, so that
   * both are known.
   */
  private static void compile(Kernel kernel) {
    int fast = 0;
    for (int i = 0; i < CALLS && fast < 20; i++) {
      long start = System.nanoTime();
      kernel.run(i % 2 == 0);
      fast = System.nanoTime() - start < COMPILED_NANOS ? fast + 1 : 0;
    }
  }
}
