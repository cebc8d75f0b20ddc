package gradus.text.glove;

import gradus.text.training.SpillFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * All pairs to be trained, in tiles: a tile holds the pairs of a block of words and a block of
 * contexts, shuffled. They lie in a temporary file.
 */
final class PairTiles implements AutoCloseable {

  /** What a pair takes: its rows, the logarithm of its count, its weight. */
  static final int BYTES = 3 * Integer.BYTES;

  private final Blocks blocks;
  private final SpillFile file = new SpillFile();
  private final int[] counts;
  private final long[] places;
  private long pairs;
  private int largest;

  PairTiles(Blocks blocks) {
    this.blocks = blocks;
    int tiles = blocks.count() * blocks.count();
    this.counts = new int[tiles];
    this.places = new long[tiles];
  }

  Blocks blocks() {
    return blocks;
  }

  /** How many pairs there are. */
  long pairs() {
    return pairs;
  }

  /** How many pairs a tile has. */
  int count(int wordBlock, int contextBlock) {
    return counts[wordBlock * blocks.count() + contextBlock];
  }

  /** Keeps a tile. */
  void put(int wordBlock, int contextBlock, int count, ByteBuffer bytes) {
    int tile = wordBlock * blocks.count() + contextBlock;
    counts[tile] = count;
    places[tile] = file.write(bytes);
    pairs += count;
    largest = Math.max(largest, count);
  }

  /** The pairs of a tile that one thread reads. */
  final class Reader {
    private final ByteBuffer bytes =
        ByteBuffer.allocateDirect(BYTES * largest).order(ByteOrder.nativeOrder());
    final int[] rows = new int[largest];
    final float[] logs = new float[largest];
    final float[] weights = new float[largest];

    /** Reads a tile and says how many pairs it has. */
    int read(int wordBlock, int contextBlock) {
      int tile = wordBlock * blocks.count() + contextBlock;
      int count = counts[tile];
      file.read(places[tile], bytes.clear().limit(BYTES * count));
      bytes.flip();
      bytes.asIntBuffer().get(rows, 0, count);
      bytes.position(Integer.BYTES * count);
      bytes.asFloatBuffer().get(logs, 0, count).get(weights, 0, count);
      return count;
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
