package gradus.text.glove;

import gradus.text.training.Crew;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/**
 * Sorts pairs into tiles as they come, ordered by the more frequent of their words: once that one
 * is past a block, all tiles of this block with itself and those behind it are complete.
 */
final class TileWriter implements Cooccurrences.Pairs {

  /** Counts of so few units, which are most, have their logarithm and weight at hand. */
  private static final int AT_HAND = 1 << 16;

  private final Crew crew;
  private final PairTiles tiles;
  private final int[] blockOf;
  private final int[] starts;
  private final double one;
  private final double xMax;
  private final double power;
  private final long seed;
  private final float[] logsAtHand = new float[AT_HAND];
  private final float[] weightsAtHand = new float[AT_HAND];

  /** The pairs of the block under way, and the tile of each: twice its other block, 1 if turned. */
  private int block;

  private int count;
  private int[] tileOf = new int[1 << 12];
  private int[] rows = new int[1 << 12];
  private float[] logs = new float[1 << 12];
  private float[] weights = new float[1 << 12];
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

  /**
   * Writes into tiles.
   *
   * @param crew whose thread writes; when it is stopped, writing ends with an exception
   * @param one how many units a count of one is
   * @param xMax the count from which on the weight is 1
   * @param power of a smaller count in its weight
   * @param seed of the order within a tile
   */
  TileWriter(Crew crew, PairTiles tiles, long one, double xMax, double power, long seed) {
    this.crew = crew;
    this.tiles = tiles;
    this.blockOf = tiles.blocks().ofWords();
    this.starts = tiles.blocks().starts();
    this.one = one;
    this.xMax = xMax;
    this.power = power;
    this.seed = seed;
    for (int units = 1; units < AT_HAND; units++) {
      logsAtHand[units] = log(units);
      weightsAtHand[units] = weight(units);
    }
  }

  private float log(long units) {
    return (float) Math.log(units / one);
  }

  private float weight(long units) {
    double count = units / one;
    return count >= xMax ? 1 : (float) Math.pow(count / xMax, power);
  }

  @Override
  public void pair(int word, int context, long units) {
    int wordBlock = blockOf[word];
    int contextBlock = blockOf[context];
    int here = Math.min(wordBlock, contextBlock);
    if (here != block) {
      finishBlock();
      block = here;
    }
    if (count == rows.length) {
      grow();
    }
    boolean atHand = units < AT_HAND;
    tileOf[count] = wordBlock == here ? 2 * contextBlock : 2 * wordBlock + 1;
    rows[count] = word - starts[wordBlock] << 16 | context - starts[contextBlock];
    logs[count] = atHand ? logsAtHand[(int) units] : log(units);
    weights[count] = atHand ? weightsAtHand[(int) units] : weight(units);
    count++;
  }

  private void grow() {
    int more = Math.addExact(count, count >> 1);
    tileOf = Arrays.copyOf(tileOf, more);
    rows = Arrays.copyOf(rows, more);
    logs = Arrays.copyOf(logs, more);
    weights = Arrays.copyOf(weights, more);
  }

  /** Writes what has come of the last block. */
  void finish() {
    finishBlock();
  }

  private void finishBlock() {
    if (crew.stopped()) {
      throw new CancellationException(
          "glove: the thread was interrupted while pairs were put into tiles. Go on with resume.");
    }
    int blocks = tiles.blocks().count();
    int[] ends = new int[2 * blocks + 1];
    for (int i = 0; i < count; i++) {
      ends[tileOf[i] + 1]++;
    }
    for (int tile = 0; tile < 2 * blocks; tile++) {
      ends[tile + 1] += ends[tile];
    }
    int[] order = new int[count];
    int[] places = ends.clone();
    for (int i = 0; i < count; i++) {
      order[places[tileOf[i]]++] = i;
    }
    for (int tile = 0; tile < 2 * blocks; tile++) {
      if (ends[tile + 1] > ends[tile]) {
        boolean turned = tile % 2 == 1;
        int other = tile / 2;
        write(turned ? other : block, turned ? block : other, order, ends[tile], ends[tile + 1]);
      }
    }
    count = 0;
  }

  private void write(int wordBlock, int contextBlock, int[] order, int from, int to) {
    shuffle(order, from, to, (long) wordBlock * tiles.blocks().count() + contextBlock);
    int size = (to - from) * PairTiles.BYTES;
    if (bytes.capacity() < size) {
      bytes = ByteBuffer.allocateDirect(size + (size >> 1)).order(ByteOrder.nativeOrder());
    }
    bytes.clear();
    for (int i = from; i < to; i++) {
      bytes.putInt(rows[order[i]]);
    }
    for (int i = from; i < to; i++) {
      bytes.putFloat(logs[order[i]]);
    }
    for (int i = from; i < to; i++) {
      bytes.putFloat(weights[order[i]]);
    }
    tiles.put(wordBlock, contextBlock, to - from, bytes.flip());
  }

  private void shuffle(int[] order, int from, int to, long tile) {
    var random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + tile);
    for (int i = to - 1; i > from; i--) {
      int j = from + random.nextInt(i - from + 1);
      int other = order[i];
      order[i] = order[j];
      order[j] = other;
    }
  }
}
