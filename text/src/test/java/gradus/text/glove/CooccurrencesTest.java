package gradus.text.glove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.text.corpus.Corpus;
import gradus.text.training.WordCounts;
import gradus.text.training.WordTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CooccurrencesTest {

  private static final long PLENTY = 64L << 20;

  /** A pair that stands in a text: the word, then its context. */
  private record Pair(String word, String context) {}

  /** Sentences of few frequent and many rare words, empty ones among them. */
  static List<List<String>> sentences(int count, int words, long seed) {
    var random = new Random(seed);
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sentences.add(
          IntStream.range(0, random.nextInt(30))
              .mapToObj(_ -> "w" + (int) (words * Math.pow(random.nextDouble(), 3)))
              .toList());
    }
    return sentences;
  }

  private static WordTable vocabulary(Corpus corpus, int minCount) {
    WordCounts counts = WordCounts.of(corpus, 1, 0);
    return counts.table().select(counts.byFrequency(minCount));
  }

  /** What is counted, in units; each pair comes once and by the rising smaller id. */
  private static Map<Pair, Long> counted(
      Corpus corpus, WordTable vocabulary, Cooccurrences.Settings settings, int leastRuns) {
    List<String> words = WordCounts.spelt(vocabulary);
    Map<Pair, Long> counted = new HashMap<>();
    try (var pairs = Cooccurrences.of(corpus, vocabulary, settings)) {
      assertThat(pairs.runs()).isGreaterThanOrEqualTo(leastRuns);
      int[] last = {0};
      pairs.forEach(
          (word, context, units) -> {
            int smaller = Math.min(word, context);
            assertThat(smaller).isGreaterThanOrEqualTo(last[0]);
            last[0] = smaller;
            assertThat(counted.put(new Pair(words.get(word), words.get(context)), units)).isNull();
          });
    }
    return counted;
  }

  /** How often each pair stands at each distance, by looking at all of them. */
  private static Map<Pair, Map<Integer, Integer>> distances(
      List<List<String>> sentences, List<String> words, int window, boolean symmetric) {
    Map<Pair, Map<Integer, Integer>> result = new HashMap<>();
    for (List<String> sentence : sentences) {
      List<String> known = sentence.stream().filter(words::contains).toList();
      for (int i = 0; i < known.size(); i++) {
        for (int j = 0; j < known.size(); j++) {
          boolean near = Math.abs(i - j) <= window && i != j;
          if (near && (symmetric || i < j)) {
            result
                .computeIfAbsent(new Pair(known.get(i), known.get(j)), _ -> new TreeMap<>())
                .merge(Math.abs(i - j), 1, Integer::sum);
          }
        }
      }
    }
    return result;
  }

  @ParameterizedTest
  @CsvSource({
    "1, true, 1, 64",
    "3, true, 1, 0",
    "10, true, 2, 0",
    "10, false, 3, 0",
    "4, false, 1, 64",
    "22, true, 2, 0",
    "10, true, 3, 64"
  })
  void countsAreExact(int window, boolean symmetric, int workers, int megabytes) {
    List<List<String>> sentences = sentences(800, 250, window);
    Corpus corpus = Corpus.of(sentences);
    WordTable vocabulary = vocabulary(corpus, 2);
    long memory = megabytes == 0 ? 4000 : (long) megabytes << 20;
    var settings = new Cooccurrences.Settings(window, symmetric, memory, workers);
    Map<Pair, Long> counted = counted(corpus, vocabulary, settings, megabytes == 0 ? 20 : 0);
    var distances = distances(sentences, WordCounts.spelt(vocabulary), window, symmetric);
    long one = Cooccurrences.one(window);
    Map<Pair, Long> expected = new HashMap<>();
    distances.forEach(
        (pair, times) ->
            times.forEach(
                (distance, often) -> {
                  assertThat(one % distance).isZero();
                  expected.merge(pair, often * (one / distance), Long::sum);
                }));
    assertThat(counted).isEqualTo(expected);
  }

  @Test
  void inAWideWindowDistancesAreRounded() {
    List<List<String>> sentences = sentences(300, 100, 4);
    Corpus corpus = Corpus.of(sentences);
    WordTable vocabulary = vocabulary(corpus, 1);
    var settings = new Cooccurrences.Settings(29, true, 4000, 2);
    Map<Pair, Long> counted = counted(corpus, vocabulary, settings, 20);
    var distances = distances(sentences, WordCounts.spelt(vocabulary), 29, true);
    assertThat(counted.keySet()).isEqualTo(distances.keySet());
    distances.forEach(
        (pair, times) -> {
          double sum = 0;
          for (var entry : times.entrySet()) {
            sum += (double) entry.getValue() / entry.getKey();
          }
          double count = (double) counted.get(pair) / Cooccurrences.one(29);
          assertThat(count).isCloseTo(sum, within(1e-9 * (1 + sum)));
        });
  }

  @Test
  void theUnitIsTheLeastThatAllDistancesDivide() {
    assertThat(Cooccurrences.one(1)).isEqualTo(1);
    assertThat(Cooccurrences.one(4)).isEqualTo(12);
    assertThat(Cooccurrences.one(10)).isEqualTo(2520);
    assertThat(Cooccurrences.one(22)).isEqualTo(232_792_560);
    assertThat(Cooccurrences.one(23)).isEqualTo(1L << 32);
  }

  @Test
  void threadsAndMemoryChangeNothing() {
    Corpus corpus = Corpus.of(sentences(1500, 2000, 9));
    WordTable vocabulary = vocabulary(corpus, 1);
    var one = new Cooccurrences.Settings(10, true, PLENTY, 1);
    Map<Pair, Long> expected = counted(corpus, vocabulary, one, 0);
    for (int workers = 1; workers <= 3; workers++) {
      var little = new Cooccurrences.Settings(10, true, 20_000, workers);
      assertThat(counted(corpus, vocabulary, little, 50)).isEqualTo(expected);
    }
  }

  @Test
  void pairsThatHaveNoRoomInANumber() {
    assertThat(PairKeys.of(70_000, 10).keyBits()).isEqualTo(35);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairKeys.of(50_000_000, 5000))
        .withMessage(
            "glove: a pair of 50,000,000 words within a window of 5,000 takes 66 bits; there are 63. Raise minCount or lower window.");
  }

  @Test
  void keysGiveBackWhatTheyAreMadeOf() {
    var random = new Random(1);
    for (int words : new int[] {1, 2, 3, 1000, 1024, 1025, 1 << 26}) {
      PairKeys keys = PairKeys.of(words, 15);
      for (int i = 0; i < 100; i++) {
        int a = random.nextInt(words);
        int b = random.nextInt(words);
        int distance = 1 + random.nextInt(15);
        long event = keys.event(Math.min(a, b), Math.max(a, b), i % 2, distance);
        long key = keys.key(event);
        assertThat(event).isNotNegative();
        assertThat(keys.distance(event)).isEqualTo(distance);
        assertThat(keys.smaller(key)).isEqualTo(Math.min(a, b));
        assertThat(keys.larger(key)).isEqualTo(Math.max(a, b));
        assertThat(keys.turned(key)).isEqualTo(i % 2 == 1);
      }
    }
  }

  @Test
  void sortsBySomeBits() {
    var random = new Random(5);
    for (int bits : new int[] {1, 9, 10, 11, 35, 59}) {
      for (int count : new int[] {0, 1, 2, 5000}) {
        long[] values =
            random
                .longs(count)
                .map(value -> value >>> 64 - bits - 4 & (1L << bits + 4) - 1)
                .toArray();
        long[] expected =
            Arrays.stream(values)
                .boxed()
                .sorted(Comparator.comparingLong(value -> value >>> 4))
                .mapToLong(Long::longValue)
                .toArray();
        long[] sorted = RadixSort.sort(values, new long[count], count, 4, bits);
        assertThat(sorted).isEqualTo(expected);
      }
    }
  }
}
