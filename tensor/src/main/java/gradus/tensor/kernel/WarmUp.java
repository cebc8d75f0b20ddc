package gradus.tensor.kernel;

/**
 * Finds out whether the vector form of a kernel is compiled, by the time it takes. Until then it
 * gets a piece now and then, so that it will be, and a plain form with the same bits does the
 * others: vector code that is interpreted takes a thousand times as long.
 *
 * <pre>{@code
 * long turn = WARM_UP.turn();
 * if (turn != WarmUp.PLAIN) {
 *   vectors(...);
 *   WARM_UP.done(turn, n);
 * } else {
 *   plain(...);
 * }
 * }</pre>
 */
public final class WarmUp {

  /** The plain form's turn. */
  public static final long PLAIN = 0;

  /** The vectors' turn for good. */
  public static final long COMPILED = 1;

  /** Floats in one piece that say enough. */
  private static final int EVIDENCE = 256;

  /** What shorter pieces take says nothing. */
  private static final int LEAST_EVIDENCE = 64;

  /** What a piece between the two may take, and how many floats in a row then say enough. */
  private static final int NANOS_PER_SHORT_PIECE = 600;

  private static final int SHORT_EVIDENCE = 2048;

  /** A compiled kernel takes less for a float, even from memory, and any other one more. */
  private static final int NANOS_PER_FLOAT = 2;

  /** What any piece may take besides, from memory that is not at hand. */
  private static final int NANOS_PER_PIECE = 2500;

  /**
   * Calls and floats after which the compiler has taken note of a kernel, which then only waits to
   * be compiled. It counts calls and turns of loops, and many turns in few calls count for less.
   */
  private static final int KNOWN_CALLS = 1200;

  private static final int KNOWN_FLOATS = 300_000;
  private static final int KNOWN_FLOATS_IN_FEW_CALLS = 2_000_000;

  private static final int PATIENCE = 10;

  /** Elements that are done at a time until the vector form is compiled. */
  private static final int ELEMENTS = 1024;

  /** Once true, it stays so; whether a thread sees it a little later does not matter. */
  private boolean compiled;

  /** What the vector form was given; what threads lose when they count at once is little. */
  private int calls;

  private int given;

  /** Floats in a row that took little enough. */
  private int quick;

  /** When the vector form has its next turn; a thread that sees it late is early, no more. */
  private long next = System.nanoTime();

  public boolean compiled() {
    return compiled;
  }

  /** Whose turn it is: {@link #PLAIN}, or what {@link #done} is to be told. */
  public long turn() {
    if (compiled) {
      return COMPILED;
    }
    long now = System.nanoTime();
    // Never one of the two names above; two nanoseconds do not matter.
    return now - next < 0 ? PLAIN : now | 2;
  }

  /** The same for a piece of so many floats: too few to tell anything are left to the vectors. */
  public long turn(int floats) {
    return floats < LEAST_EVIDENCE ? COMPILED : turn();
  }

  /** Tells that the vector form has done a piece of so many floats, in a turn of its own. */
  public void done(long turn, int floats) {
    if (turn == COMPILED) {
      return;
    }
    long now = System.nanoTime();
    long took = now - turn;
    if (floats < EVIDENCE) {
      boolean little = floats >= LEAST_EVIDENCE && took < NANOS_PER_SHORT_PIECE;
      quick = little ? quick + floats : 0;
    } else if (took < NANOS_PER_PIECE + (long) NANOS_PER_FLOAT * floats) {
      quick = SHORT_EVIDENCE;
    }
    if (quick >= SHORT_EVIDENCE) {
      compiled = true;
    }
    calls = Math.min(KNOWN_CALLS, calls + 1);
    given = Math.min(KNOWN_FLOATS_IN_FEW_CALLS, given + floats);
    boolean known = given >= (calls < KNOWN_CALLS ? KNOWN_FLOATS_IN_FEW_CALLS : KNOWN_FLOATS);
    // Half of the time: with less of it, the vector form would be compiled later than by itself.
    next = now + (known ? PATIENCE * took : took);
  }

  /**
   * Does rows of so many elements, on all threads: by {@link Parallel#rows}, once vectors are
   * compiled, or where there are none.
   */
  public void rows(
      int rows, int cols, long cost, Parallel.RowTask vectors, Parallel.RowTask plain) {
    if (Lanes.COUNT == 0 || compiled || (long) rows * cols < LEAST_EVIDENCE) {
      Parallel.rows(rows, cost, Lanes.COUNT == 0 ? plain : vectors);
      return;
    }
    int some = 1 + EVIDENCE / cols;
    Parallel.rows(
        rows,
        cost,
        (from, to) -> {
          for (int i = from, count; i < to; i += count) {
            long turn = turn();
            count = turn == COMPILED ? to - i : Math.min(some, to - i);
            if (turn == PLAIN) {
              plain.run(i, i + count);
            } else {
              vectors.run(i, i + count);
              done(turn, count * cols);
            }
          }
        });
  }

  /** Does some elements. */
  public interface Piece {
    /** Does {@code count} elements from {@code at} on. */
    public void run(int at, int count);
  }

  /**
   * Does elements by whichever form has its turn; all at once when vectors are compiled. Vectors
   * get whole ones only, and the plain form what is left over.
   */
  public void run(int from, int to, Piece vectors, Piece plain) {
    for (int i = from, count; i < to; i += count) {
      long turn = Lanes.COUNT > 0 ? turn() : PLAIN;
      count = compiled ? to - i : Math.min(ELEMENTS, to - i);
      int whole = turn == PLAIN ? 0 : count - count % Lanes.COUNT;
      if (whole > 0) {
        vectors.run(i, whole);
        done(turn, whole);
      }
      if (whole < count) {
        plain.run(i + whole, count - whole);
      }
    }
  }
}
