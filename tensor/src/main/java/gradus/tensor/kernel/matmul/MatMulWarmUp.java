package gradus.tensor.kernel.matmul;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Parallel;
import java.util.concurrent.locks.LockSupport;

/**
 * Decides when the vector kernels of the matrix product take over from the plain loops of {@link
 * PlainMatMul}: once a background thread has run them long enough to be compiled. First come the
 * smallest tiles, which stand in for the larger ones, whose compilation takes far longer; of all
 * others only those that a program asks for.
 *
 * <p>The thread starts when a program has shown that it multiplies matrices in earnest, so that a
 * short program never pays for it; it is a daemon, and sleeps when there is nothing to compile.
 * Until the first tiles are there, products leave a core to the compiler: that way they are there
 * sooner.
 */
public final class MatMulWarmUp {
  /** Tiles of one vector's width. */
  static final int NARROW = 1;

  /** Tiles of four vectors' width. */
  static final int WIDE = 2;

  /** Tiles of two vectors' width. */
  static final int MEDIUM = 4;

  /** Transposed squares, for packing. */
  static final int SQUARES = 8;

  /** Dot products. */
  static final int DOTS = 16;

  /** Single rows. */
  static final int ROWS = 32;

  public static final int ALL = 63;

  private static final long WORTH_IT = 2_000_000;

  /**
   * Few steps of k: what counts for the compiler is the number of calls, and until then each is
   * interpreted.
   */
  private static final int DEPTH = 4;

  private static final int CALLS = 20_000;
  private static final long COMPILED_NANOS = 700;

  /** By now the compiler knows: from here on the thread leaves it the time. */
  private static final int KNOWN = 3000;

  private static final int CALLS_AT_A_TIME = 50;

  /** Which kernels are compiled. */
  private static volatile int compiled;

  private static volatile int wanted;

  private static volatile boolean started;
  private static volatile Thread thread;
  private static long work;

  private MatMulWarmUp() {}

  /** Whether kernels are compiled; if not, they will be. */
  static boolean has(int kernels) {
    if ((compiled & kernels) != 0) {
      return true;
    }
    if ((wanted & kernels) == 0) {
      want(kernels);
    }
    return false;
  }

  private static synchronized void want(int kernels) {
    wanted |= kernels;
    LockSupport.unpark(thread);
  }

  /** Chooses some kernels at once, {@link #ALL} or none; for tests. */
  public static void force(int kernels) {
    started = true;
    compiled = kernels;
  }

  /** Begins anew; for tests. */
  static synchronized void forget() {
    compiled = 0;
    wanted = 0;
    work = 0;
    started = false;
  }

  /** {@link Parallel#rows}, but on one thread until the first tiles are compiled. */
  static void rows(int rows, long costPerRow, Parallel.RowTask task) {
    if (started && (compiled & NARROW) == 0) {
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
      thread =
          Thread.ofPlatform().name("gradus-warmup").daemon().start(MatMulWarmUp::compileWanted);
    }
  }

  /** So many rows of B go through both loops of {@link MatMulRow}, the one of eight rows too. */
  private static final int ROWS_OF_B = 11;

  private interface Kernel {
    void run(boolean add);
  }

  private interface Tile {
    void run(
        int depth,
        float[] a,
        int aAt,
        int aRow,
        int aCol,
        float[] b,
        int bAt,
        int bRow,
        float[] c,
        int cAt,
        int cRow,
        float[] d,
        int dAt,
        int dRow);
  }

  /** Runs each kernel that is wanted until it is compiled; then all products take it. */
  private static void compileWanted() {
    while (compiled != ALL) {
      int next = Integer.lowestOneBit(wanted & ~compiled);
      if (next == 0) {
        LockSupport.park();
      } else {
        compile(next);
      }
    }
  }

  static void compile(int kernels) {
    int k = 2 * Lanes.COUNT;
    float[] a = new float[8 * k];
    float[] b = new float[64 * Math.max(k, ROWS_OF_B)];
    float[] c = new float[8 * 64];
    Tile[] tiles =
        switch (kernels) {
          case NARROW ->
              new Tile[] {
                MatMulTile1::rows6, MatMulTile1::rows4, MatMulTile1::rows2, MatMulTile1::rows1
              };
          case MEDIUM ->
              new Tile[] {
                MatMulTile2::rows6, MatMulTile2::rows4, MatMulTile2::rows2, MatMulTile2::rows1
              };
          case WIDE ->
              new Tile[] {
                MatMulWarmUp::packing, MatMulTile4::rows4, MatMulTile4::rows2, MatMulTile4::rows1
              };
          default -> new Tile[0];
        };
    for (Tile tile : tiles) {
      until(add -> tile.run(DEPTH, a, 0, DEPTH, 1, b, 0, 64, c, 0, 64, add ? c : null, 0, 64));
    }
    switch (kernels) {
      case SQUARES -> until(_ -> MatMulTranspose.square(b, 0, 64, b, 0, 64));
      case DOTS -> {
        if (Lanes.COUNT == 16) {
          until(add -> MatMulDot.rows4(k, a, 0, k, b, 0, k, add ? 4 : 3, c, 0, 64, add));
        }
        until(add -> MatMulDot.rows2(k, a, 0, k, b, 0, k, add ? 4 : 3, c, 0, 64, add));
        until(add -> MatMulDot.rows1(k, a, 0, k, b, 0, k, add ? 4 : 3, c, 0, 64, add));
      }
      case ROWS -> until(add -> MatMulRow.run(add ? 64 : 63, ROWS_OF_B, a, 0, 1, b, 0, 64, c, 0));
      default -> {}
    }
    done(kernels);
  }

  /** A tile that packs and one that does not: both must be known. */
  private static void packing(
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow,
      float[] d,
      int dAt,
      int dRow) {
    float[] packed = d == null ? null : b;
    MatMulTile4.rows6(
        depth, a, aAt, aRow, aCol, b, bAt, bRow, c, cAt, cRow, d, dAt, dRow, packed, 0);
  }

  private static synchronized void done(int kernels) {
    compiled |= kernels;
  }

  /**
   * Runs a kernel until it is so fast that it must be compiled; both values of {@code add}, so that
   * both are known.
   */
  private static void until(Kernel kernel) {
    int fast = 0;
    for (int i = 0; i < CALLS && fast < 20; i++) {
      if (fast == 0 && i >= KNOWN && i % CALLS_AT_A_TIME == 0) {
        LockSupport.parkNanos(1_000_000);
      }
      long start = System.nanoTime();
      kernel.run(i % 2 == 0);
      fast = System.nanoTime() - start < COMPILED_NANOS ? fast + 1 : 0;
    }
  }
}
