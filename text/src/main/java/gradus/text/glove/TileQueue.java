package gradus.text.glove;

import gradus.text.training.Crew;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Hands out the tiles of a pass in an order that only the seed decides. Two that share a block of
 * words or of contexts are never under way at once, and the earlier one is done first: so the
 * result is that of one thread, bit for bit, however many there are.
 *
 * <p>The tiles come in rounds that touch each block once, the largest of a round first (Gemulla et
 * al., "Large-Scale Matrix Factorization with Distributed Stochastic Gradient Descent", 2011).
 */
final class TileQueue {

  /** How long a thread waits before it looks up to see whether all are to stop. */
  private static final long WAIT_MILLIS = 20;

  private final int blocks;
  private final int[] order;
  private final boolean[] busyWords;
  private final boolean[] busyContexts;
  private int next;

  /**
   * The tiles of a pass.
   *
   * @param seed decides the order
   * @param first the place of the first one that is not done yet
   */
  TileQueue(PairTiles tiles, long seed, int first) {
    this.next = first;
    this.blocks = tiles.blocks().count();
    this.busyWords = new boolean[blocks];
    this.busyContexts = new boolean[blocks];
    this.order = order(tiles, new SplittableRandom(seed));
  }

  private int[] order(PairTiles tiles, SplittableRandom random) {
    int[] shifts = new int[blocks];
    for (int i = 0; i < blocks; i++) {
      int j = random.nextInt(i + 1);
      shifts[i] = shifts[j];
      shifts[j] = i;
    }
    int[] order = new int[blocks * blocks];
    long[] round = new long[blocks];
    int count = 0;
    for (int shift : shifts) {
      int filled = 0;
      for (int word = 0; word < blocks; word++) {
        int context = (word + shift) % blocks;
        int pairs = tiles.count(word, context);
        if (pairs > 0) {
          round[filled++] = (long) -pairs << 32 | word * blocks + context;
        }
      }
      Arrays.sort(round, 0, filled);
      for (int i = 0; i < filled; i++) {
        order[count++] = (int) round[i];
      }
    }
    return Arrays.copyOf(order, count);
  }

  /** How many pairs the tiles before a place have. */
  long pairsBefore(PairTiles tiles, int place) {
    long pairs = 0;
    for (int i = 0; i < Math.min(place, order.length); i++) {
      pairs += tiles.count(wordBlock(i), contextBlock(i));
    }
    return pairs;
  }

  /** How many tiles have been taken; when no thread works any more, they are done. */
  synchronized int taken() {
    return next;
  }

  /** How many tiles there are. */
  int size() {
    return order.length;
  }

  /**
   * The place in the order of the next tile, once it may begin; -1 if none is left or all are to
   * stop.
   */
  synchronized int take(Crew crew) {
    while (next < order.length) {
      int tile = order[next];
      if (crew.stopped()) {
        return -1;
      }
      if (!busyWords[tile / blocks] && !busyContexts[tile % blocks]) {
        busyWords[tile / blocks] = true;
        busyContexts[tile % blocks] = true;
        return next++;
      }
      try {
        wait(WAIT_MILLIS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e); // nobody knows the threads of a crew
      }
    }
    return -1;
  }

  int wordBlock(int place) {
    return order[place] / blocks;
  }

  int contextBlock(int place) {
    return order[place] % blocks;
  }

  synchronized void done(int place) {
    busyWords[wordBlock(place)] = false;
    busyContexts[contextBlock(place)] = false;
    notifyAll();
  }
}
