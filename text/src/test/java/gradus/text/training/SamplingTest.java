package gradus.text.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn while word vectors are trained, against its exact distribution. */
class SamplingTest {

  private static final int DRAWS = 400_000;
  private static final long[] COUNTS = {5000, 1200, 1200, 300, 80, 20, 7, 5};

  /** Each share may be five deviations of its binomial off; 1e-6 of right samplers are further. */
  private static void assertDrawn(double[] expected, IntSupplier draw) {
    int[] seen = new int[expected.length];
    for (int i = 0; i < DRAWS; i++) {
      seen[draw.getAsInt()]++;
    }
    for (int i = 0; i < expected.length; i++) {
      double p = expected[i];
      assertThat((double) seen[i] / DRAWS)
          .as("share of %d", i)
          .isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / DRAWS) + 1e-12));
    }
  }

  private static double[] shares(double exponent) {
    double[] powers = LongStream.of(COUNTS).mapToDouble(c -> Math.pow(c, exponent)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / sum).toArray();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.75, 1, 0, -0.5})
  void negativesByAPowerOfTheirCounts(double exponent) {
    var table = AliasTable.ofCounts(COUNTS, exponent);
    double[] shares = shares(exponent);
    for (int word = 0; word < COUNTS.length; word++) {
      assertThat(table.probability(word)).isCloseTo(shares[word], within(1e-9));
    }
    var random = new SamplingRandom(1);
    assertDrawn(shares, () -> table.draw(random.next()));
  }

  @Test
  void aNegativeIsNeverTheWordItself() {
    var sampler = new WindowSampler(COUNTS, 0, AliasTable.NS_EXPONENT, 5, true);
    double[] expected = shares(0.75);
    double others = 1 - expected[1];
    expected[1] = 0;
    var random = new SamplingRandom(2);
    assertDrawn(
        Arrays.stream(expected).map(p -> p / others).toArray(), () -> sampler.negative(1, random));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.05, 1})
  void frequentWordsAreThinnedOut(double sample) {
    double total = LongStream.of(COUNTS).sum();
    var subsampling = new Subsampling(COUNTS, total, sample);
    var random = new SamplingRandom(3);
    for (int word = 0; word < COUNTS.length; word++) {
      double share = COUNTS[word] / total;
      double kept = Math.min(1, Math.sqrt(sample / share) + sample / share);
      assertThat(Subsampling.probability(share, sample)).isEqualTo(kept);
      int id = word;
      assertDrawn(new double[] {1 - kept, kept}, () -> subsampling.keeps(id, random) ? 1 : 0);
    }
  }

  @Test
  void nothingIsThinnedOutWithoutSample() {
    var sampler = new WindowSampler(COUNTS, 0, AliasTable.NS_EXPONENT, 5, true);
    int[] words = {7, 0, 0, 0, 3, 1};
    int[] kept = new int[4];
    assertThat(sampler.thin(words, 1, 5, new SamplingRandom(4), kept)).isEqualTo(4);
    assertThat(kept).containsExactly(0, 0, 0, 3);
  }

  @Test
  void theReachIsEvenlyFromOneToTheWindow() {
    var sampler = new WindowSampler(COUNTS, 0, AliasTable.NS_EXPONENT, 5, true);
    var random = new SamplingRandom(5);
    assertDrawn(new double[] {0, 0.2, 0.2, 0.2, 0.2, 0.2}, () -> sampler.reach(random));
    var whole = new WindowSampler(COUNTS, 0, AliasTable.NS_EXPONENT, 5, false);
    assertThat(whole.reach(random)).isEqualTo(5);
  }

  @Test
  void eachJobOfEachPassDrawsItsOwn() {
    Set<Long> seen = new HashSet<>();
    for (int pass = -1; pass < 30; pass++) {
      for (int job = 0; job < 100; job++) {
        assertThat(seen.add(new SamplingRandom(1, pass, job).next())).isTrue();
      }
    }
    assertThat(new SamplingRandom(9, 2, 3).next()).isEqualTo(new SamplingRandom(9, 2, 3).next());
  }

  @Test
  void aHuffmanTreeHasShortWaysToFrequentLeaves() {
    var tree = new HuffmanTree(COUNTS);
    int[][] turns = tree.turns();
    int[][] paths = tree.paths();
    double kraft = 0;
    Set<String> codes = new HashSet<>();
    long bits = 0;
    for (int leaf = 0; leaf < COUNTS.length; leaf++) {
      kraft += Math.pow(2, -turns[leaf].length);
      codes.add(Arrays.toString(turns[leaf]));
      assertThat(paths[leaf]).hasSameSizeAs(turns[leaf]);
      assertThat(paths[leaf][0]).isEqualTo(COUNTS.length - 2);
      bits += COUNTS[leaf] * turns[leaf].length;
    }
    assertThat(kraft).isEqualTo(1);
    assertThat(codes).hasSize(COUNTS.length);
    // What Huffman's own procedure gives: the sum of all inner nodes' weights.
    assertThat(bits).isEqualTo(12 + 32 + 112 + 412 + 1612 + 2812 + 7812);
  }
}
