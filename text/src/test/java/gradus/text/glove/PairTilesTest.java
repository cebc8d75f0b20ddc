package gradus.text.glove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import gradus.text.training.Crew;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PairTilesTest {

  private static final Blocks BLOCKS = new Blocks(new int[] {0, 3, 4, 17, 40});

  private record Pair(int word, int context, float log, float weight) {}

  /** All pairs of some random words, in the order in which they are counted. */
  private static PairTiles tiles(long seed, Map<Long, Long> units) {
    var tiles = new PairTiles(BLOCKS);
    Crew.run(1, (crew, _) -> write(new TileWriter(crew, tiles, 12, 10, 0.75, seed), units));
    return tiles;
  }

  private static void write(TileWriter writer, Map<Long, Long> units) {
    var random = new Random(8);
    for (int smaller = 0; smaller < 40; smaller++) {
      for (int larger = smaller; larger < 40; larger++) {
        if (random.nextInt(3) > 0) {
          long count = random.nextBoolean() ? 1 + random.nextInt(200) : 1 + random.nextInt(500_000);
          writer.pair(smaller, larger, count);
          units.put((long) smaller << 32 | larger, count);
          if (smaller != larger) {
            writer.pair(larger, smaller, count);
            units.put((long) larger << 32 | smaller, count);
          }
        }
      }
    }
    writer.finish();
  }

  @Test
  void aStoppedCrewWritesNoMore() {
    try (var tiles = new PairTiles(BLOCKS)) {
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(
              () ->
                  Crew.run(
                      1,
                      (crew, _) -> {
                        crew.stop();
                        write(new TileWriter(crew, tiles, 12, 10, 0.75, 1), new HashMap<>());
                      }))
          .withMessageContaining("Go on with resume.");
      assertThat(tiles.pairs()).isZero();
    }
  }

  private static List<Pair> read(PairTiles tiles) {
    List<Pair> pairs = new ArrayList<>();
    var reader = tiles.new Reader();
    int[] starts = BLOCKS.starts();
    for (int a = 0; a < BLOCKS.count(); a++) {
      for (int b = 0; b < BLOCKS.count(); b++) {
        int count = reader.read(a, b);
        assertThat(tiles.count(a, b)).isEqualTo(count);
        for (int i = 0; i < count; i++) {
          int word = starts[a] + (reader.rows[i] >>> 16);
          int context = starts[b] + (reader.rows[i] & 0xffff);
          assertThat(word).isBetween(starts[a], starts[a + 1] - 1);
          assertThat(context).isBetween(starts[b], starts[b + 1] - 1);
          pairs.add(new Pair(word, context, reader.logs[i], reader.weights[i]));
        }
      }
    }
    return pairs;
  }

  @Test
  void everyPairIsInItsTileOnce() {
    Map<Long, Long> units = new HashMap<>();
    try (PairTiles tiles = tiles(1, units)) {
      List<Pair> pairs = read(tiles);
      assertThat(tiles.pairs()).isEqualTo(units.size());
      assertThat(pairs).hasSize(units.size());
      Set<Long> seen = new HashSet<>();
      for (Pair pair : pairs) {
        long key = (long) pair.word() << 32 | pair.context();
        assertThat(seen.add(key)).isTrue();
        double count = units.get(key) / 12.0;
        assertThat((double) pair.log()).isCloseTo(Math.log(count), within(1e-6));
        double weight = count < 10 ? Math.pow(count / 10, 0.75) : 1;
        assertThat((double) pair.weight()).isCloseTo(weight, within(1e-6));
      }
    }
  }

  @Test
  void tilesAreShuffledByTheSeed() {
    try (PairTiles first = tiles(1, new HashMap<>());
        PairTiles same = tiles(1, new HashMap<>());
        PairTiles other = tiles(2, new HashMap<>())) {
      List<Pair> pairs = read(first);
      assertThat(read(same)).isEqualTo(pairs);
      assertThat(read(other)).isNotEqualTo(pairs).containsExactlyInAnyOrderElementsOf(pairs);
      // 23 words by 23 contexts in the last tile: in order there would be 22 descents of contexts.
      int descents = 0;
      for (int i = pairs.size() - 200; i < pairs.size(); i++) {
        descents += pairs.get(i).context() < pairs.get(i - 1).context() ? 1 : 0;
      }
      assertThat(descents).isBetween(60, 140);
    }
  }

  @Test
  void blocksHoldFewWordsAndFewPairs() {
    long[] counts = LongStream.range(0, 70_000).map(rank -> 1_000_000 / (rank + 1) + 5).toArray();
    Blocks blocks = Blocks.of(counts, 10, 896);
    assertThat(blocks.words()).isEqualTo(70_000);
    assertThat(blocks.starts()[0]).isZero();
    long all = LongStream.of(counts).map(count -> Math.min(70_000, 20 * count)).sum();
    for (int i = 0; i < blocks.count(); i++) {
      int from = blocks.starts()[i];
      int to = blocks.starts()[i + 1];
      assertThat(to - from).isBetween(1, 731);
      long pairs =
          LongStream.range(from, to).map(w -> Math.min(70_000, 20 * counts[(int) w])).sum();
      assertThat(to - from == 1 || pairs <= all / 64).isTrue();
    }
    long[] many = new long[3_000_000];
    Arrays.fill(many, 5);
    assertThat(Blocks.of(many, 10, 896).count()).isLessThanOrEqualTo(1024);
    assertThat(Blocks.of(new long[] {5}, 10, 896).starts()).containsExactly(0, 1);
  }

  @Test
  void tilesUnderWayShareNoBlock() {
    try (PairTiles tiles = tiles(1, new HashMap<>())) {
      var queue = new TileQueue(tiles, 3, 0);
      Set<Integer> words = new HashSet<>();
      Set<Integer> contexts = new HashSet<>();
      Set<Integer> places = new HashSet<>();
      Crew.run(
          4,
          (crew, _) -> {
            int place;
            while ((place = queue.take(crew)) >= 0) {
              synchronized (places) {
                assertThat(places.add(place)).isTrue();
                assertThat(words.add(queue.wordBlock(place))).isTrue();
                assertThat(contexts.add(queue.contextBlock(place))).isTrue();
              }
              Thread.yield();
              synchronized (places) {
                words.remove(queue.wordBlock(place));
                contexts.remove(queue.contextBlock(place));
              }
              queue.done(place);
            }
          });
      assertThat(places).hasSize(queue.size());
      Set<Integer> tilesSeen = new HashSet<>();
      for (int place = 0; place < queue.size(); place++) {
        tilesSeen.add(queue.wordBlock(place) * BLOCKS.count() + queue.contextBlock(place));
      }
      assertThat(tilesSeen).hasSize(BLOCKS.count() * BLOCKS.count());
    }
  }
}
