package gradus.tensor.kernel;

/**
 * Finds out whether the vector form of a kernel is compiled, by the time it takes. Until then it
 * gets a few pieces of each call, so that it will be, and a plain form with the same bits does the
 * others: vector code that is interpreted takes a thousand times as long.
 */
final class Warmth {

  /** Pieces of a call that the vector form gets before it is compiled. */
  private static final int COLD_PIECES = 2;

  /** A compiled kernel takes less for a float, even from memory, and any other one more. */
  private static final int NANOS_PER_FLOAT = 2;

  /** What a short piece may take besides, from memory that is not at hand. */
  private static final int NANOS_PER_PIECE = 2500;

  /** Once true, it stays so; whether a thread sees it a little later does not matter. */
  private boolean compiled;

  boolean compiled() {
    return compiled;
  }

  /** Whether the vector form is to do a call's piece of that number. */
  boolean takes(int piece) {
    return compiled || piece < COLD_PIECES;
  }

  /** The time, if it matters. */
  long start() {
    return compiled ? 0 : System.nanoTime();
  }

  /** Tells that the vector form has done a piece of so many floats. */
  void done(long start, int floats) {
    if (!compiled
        && System.nanoTime() - start < NANOS_PER_PIECE + (long) NANOS_PER_FLOAT * floats) {
      compiled = true;
    }
  }
}
