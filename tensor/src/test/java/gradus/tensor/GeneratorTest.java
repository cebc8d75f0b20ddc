package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After a seed, the numbers PyTorch draws on a CPU: FLOAT32 bit for bit. */
class GeneratorTest {
  @BeforeEach
  void seed() {
    Tensor.manualSeed(0);
  }

  private static void draws(Tensor tensor, float... values) {
    assertThat(tensor.toFloatArray()).containsExactly(values);
  }

  /** Logarithm, sine and cosine of doubles may differ from PyTorch's in the last digits. */
  private static void nearly(Tensor tensor, double... values) {
    assertThat(tensor.dtype()).isEqualTo(DType.FLOAT64);
    assertThat(tensor.toDoubleArray()).containsExactly(values, within(2e-15));
  }

  @Test
  void rand() {
    draws(
        Tensor.rand(4),
        0.49625658988952637f,
        0.7682217955589294f,
        0.08847743272781372f,
        0.13203048706054688f);
    Tensor.manualSeed(0);
    assertThat(Tensor.rand(DType.FLOAT64, 2).toDoubleArray())
        .containsExactly(0.9700530018065531, 0.707819864399788);
  }

  /** PyTorch 1.13: {@code zlib.crc32(bytes(g.get_state().numpy()))}. */
  private static void stands(Generator g, long checksum) {
    assertThat(g.getState().dtype()).isEqualTo(DType.INT32);
    var crc = new CRC32();
    for (int b : g.getState().toIntArray()) {
      crc.update(b);
    }
    assertThat(crc.getValue()).isEqualTo(checksum);
  }

  @Test
  void theStateIsPyTorchsByteForByte() {
    var g = new Generator().manualSeed(5);
    stands(g, 3801231057L);
    Tensor.randn(g, 3);
    stands(g, 2422372302L);
    Tensor before = g.getState();
    for (int again = 0; again < 2; again++) {
      draws(Tensor.rand(g, 2), 0.0332646369934082f, 0.9941847324371338f);
      draws(Tensor.randn(g, 1), 0.6675242781639099f); // waited for the next call
      assertThat(g.setState(before)).isSameAs(g);
    }
    Tensor.rand(g.manualSeed(5), 700);
    stands(g, 2314974829L);
    var other = new Generator().setState(g.getState().to(DType.INT64));
    draws(Tensor.rand(other, 2), 0.04259532690048218f, 0.33343422412872314f);
    stands(g.manualSeed(-3), 1154965808L);
    assertThat(g.initialSeed()).isEqualTo(-3);
    assertThat(other.initialSeed()).isEqualTo(5);
  }

  @Test
  void theStateOfAUsedUpTwisterGoesOn() {
    var g = new Generator().manualSeed(5);
    Tensor.rand(g, 624);
    var other = new Generator().setState(g.getState());
    assertThat(Tensor.rand(other, 3).equal(Tensor.rand(g, 3))).isTrue();
  }

  @Test
  void withoutASeedTheStateIsKeptToo() {
    Tensor seeded = Generator.standard().getState();
    Tensor unseeded = UNSEEDED.getState();
    Tensor first = Tensor.rand(UNSEEDED, 40_000);
    assertThat(Tensor.rand(UNSEEDED, 40_000).equal(first)).isFalse();
    UNSEEDED.setState(unseeded);
    assertThat(Tensor.rand(UNSEEDED, 40_000).equal(first)).isTrue();
    UNSEEDED.setState(seeded);
    draws(Tensor.rand(UNSEEDED, 1), 0.49625658988952637f);
    UNSEEDED.setState(unseeded);
    long seed = UNSEEDED.initialSeed();
    Tensor drawn = Tensor.rand(UNSEEDED, 3);
    assertThat(UNSEEDED.initialSeed()).isEqualTo(seed);
    assertThat(Tensor.rand(new Generator().manualSeed(seed), 3).equal(drawn)).isTrue();
    assertThat(UNSEEDED.seed()).isEqualTo(UNSEEDED.initialSeed()).isNotEqualTo(seed);
  }

  private static final Generator UNSEEDED = Generator.unseeded();

  @Test
  void onlyAStateIsAState() {
    var g = new Generator().manualSeed(5);
    Tensor.rand(g, 3);
    Tensor state = g.getState();
    refused(g, Tensor.zeros(DType.INT32, 3), "the state is INT32[3]");
    refused(g, Tensor.zeros(5056), "the state is FLOAT32[5056]");
    Tensor large = state.clone();
    large.set(256, 7);
    refused(g, large, "number 7 is 256, no byte");
    for (int at : new int[] {8, 17, 23}) {
      Tensor damaged = state.clone();
      damaged.set(3, at);
      refused(g, damaged, "how far the sequence is does not fit together");
    }
    assertThat(g.getState().equal(state)).isTrue();
  }

  private static void refused(Generator g, Tensor state, String fact) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> g.setState(state))
        .withMessage(
            "setState: %s. It must be 5056 bytes as whole numbers. Use what getState() gives.",
            fact);
  }

  @Test
  void fewNormalNumbersComeInPairs() {
    draws(Tensor.randn(3), 1.5409960746765137f, -0.293428897857666f, -2.1787893772125244f);
    draws(Tensor.rand(1), 0.455627977848053f);
    draws(Tensor.randn(1), 0.5684312582015991f);
    Tensor.manualSeed(0);
    nearly(
        Tensor.randn(DType.FLOAT64, 5),
        1.5409961082440433,
        -0.2934289057609464,
        -2.1787893820745574,
        0.5684312772806678,
        -1.084522342424021);
  }

  @Test
  void manyNormalNumbersComeBySixteenAndTheRestIsDrawnAnew() {
    draws(
        Tensor.randn(17),
        -1.1258398294448853f,
        -1.6959311962127686f,
        0.5666506290435791f,
        0.7935083508491516f,
        0.5988394618034363f,
        -1.5550950765609741f,
        -0.3413603901863098f,
        1.85300612449646f,
        0.46809640526771545f,
        -0.5854975581169128f,
        -0.1733967512845993f,
        0.18347793817520142f,
        1.3893661499023438f,
        1.586334228515625f,
        0.946298360824585f,
        -0.843676745891571f,
        0.9318265914916992f);
    Tensor.manualSeed(0);
    draws(Tensor.randn(1000).narrow(0, 998, 2), 0.12641814351081848f, -0.5861721038818359f);
    Tensor.manualSeed(0);
    draws(
        Tensor.randn(10_003).narrow(0, 5000, 3),
        -0.6717838048934937f,
        1.037115216255188f,
        0.9951797723770142f);
    Tensor.manualSeed(0);
    nearly(
        Tensor.randn(DType.FLOAT64, 16).narrow(0, 0, 2), -2.310411800234176, -0.3732508612577643);
  }

  @Test
  void negativeSeeds() {
    Tensor.manualSeed(-7);
    draws(Tensor.randn(2), 0.23313075304031372f, 0.03948327526450157f);
  }

  @Test
  void wholeNumbers() {
    assertThat(Tensor.randint(-5, 17, 8).toLongArray()).containsExactly(5, 2, -4, 9, 14, -2, 10, 6);
    Tensor.manualSeed(0);
    assertThat(Tensor.randint(0, 1L << 40, 3).toLongArray())
        .containsExactly(741280623151L, 506137267392L, 291447657211L);
    Tensor.manualSeed(0);
    assertThat(Tensor.randperm(10).toLongArray()).containsExactly(4, 1, 7, 5, 3, 9, 0, 8, 6, 2);
  }

  @Test
  void coinsCompareAsManyBitsAsTheirDtypeHas() {
    Check.is(
        Tensor.bernoulli(Tensor.full(Shape.of(12), 0.4)),
        "[12]",
        0,
        0,
        1,
        1,
        1,
        0,
        0,
        0,
        0,
        0,
        1,
        0);
    double[] wide = {0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1};
    Tensor.manualSeed(0);
    Check.is(Tensor.bernoulli(Tensor.full(Shape.of(12), 0.4, DType.FLOAT64)), "[12]", wide);
    Tensor.manualSeed(0);
    Check.is(Tensor.zeros(12).bernoulli_(0.4), "[12]", wide);
  }

  @Test
  void manyCoinsAreThoseOfSingleNumbers() {
    for (double p : new double[] {0, 0x1p-53, 0.1, 0.5, 0.7, 1 - 0x1p-53, 1}) {
      for (int n : new int[] {0, 1, 2, 7, 311, 312, 313, 1021, 5000}) {
        Generator many = new Generator().manualSeed(n);
        Generator single = new Generator().manualSeed(n);
        many.nextInt32();
        single.nextInt32();
        boolean[] coins = many.below(p, n);
        for (int i = 0; i < n; i++) {
          assertThat(coins[i]).as(p + " at " + i).isEqualTo(single.nextDouble() < p);
        }
        assertThat(many.nextInt32()).isEqualTo(single.nextInt32());
      }
    }
  }

  @Test
  void unseededCoinsFallAsOftenAsTheyShould() {
    int heads = 0;
    for (boolean coin : new Generator().below(0.3, 200_000)) {
      heads += coin ? 1 : 0;
    }
    assertThat(heads).isBetween(58_000, 62_000);
  }

  @Test
  void weightedIndices() {
    Tensor weights = Tensor.of(0.1, 0.5, 2.0, 0.0, 3.3, 1.7, 0.25, 9.0);
    assertThat(Tensor.multinomial(weights, 5, false).toLongArray()).containsExactly(7, 2, 4, 6, 5);
    assertThat(Tensor.multinomial(weights, 5, new Generator().manualSeed(0)).toLongArray())
        .containsExactly(7, 2, 4, 6, 5);
    Tensor.manualSeed(0);
    assertThat(Tensor.multinomial(weights, 8, true).toLongArray())
        .containsExactly(7, 7, 6, 7, 7, 7, 4, 5);
    Tensor.manualSeed(0);
    Check.is(Tensor.multinomial(weights.reshape(2, 4), 3, false), "[2, 3]", 2, 1, 0, 3, 0, 2);
    Check.invalid(
        () -> Tensor.multinomial(Tensor.of(0.0, 1.0), 2, false),
        "multinomial: row 0 of [2] offers 1 indices of positive weight for 2 samples. Without"
            + " replacement each index is drawn once: enough weights must be positive. Draw fewer,"
            + " or with replacement.");
    Check.invalid(
        () -> Tensor.multinomial(Tensor.of(new double[][] {{1, 2}, {1, -1}}), 1, true),
        "multinomial: weight 1 of row 1 of [2, 2] is -1.0. Weights are 0 or more, and finite. Use"
            + " logits.softmax(-1) for logits.");
  }

  @Test
  void inPlaceFillsAsTheTensorLiesInMemory() {
    draws(
        Tensor.zeros(3).uniform_(-1, 2),
        0.4887697696685791f,
        1.3046653270721436f,
        -0.7345677018165588f);
    Tensor.manualSeed(0);
    draws(
        Tensor.zeros(2, 3).t().uniform_(-1, 2),
        0.4887697696685791f,
        -0.6039085388183594f,
        1.3046653270721436f,
        -0.07773154973983765f,
        -0.7345677018165588f,
        0.9022360444068909f);
    Tensor.manualSeed(0);
    draws(
        Tensor.zeros(2, 9).t().normal_(1, 2).narrow(0, 0, 3),
        4.081992149353027f,
        0.19331294298171997f,
        0.4131421744823456f,
        -0.1932707279920578f,
        -3.357578754425049f,
        1.3640729188919067f);
  }

  @Test
  void inPlaceFillsItsOwnPartOfTheMemoryAndTakesNoOther() {
    for (int n : new int[] {3, 16, 35, 50_000}) {
      Tensor whole = Tensor.full(Shape.of(n + 2), 7.0);
      Tensor part = whole.narrow(0, 1, n);
      Tensor.manualSeed(1);
      Tensor normal = Tensor.randn(n);
      Tensor uniform = Tensor.rand(n);
      Memory.Stats before = Memory.stats();
      Tensor.manualSeed(1);
      part.normal_(0, 1);
      assertThat(part.equal(normal)).isTrue();
      part.uniform_(0, 1);
      assertThat(part.equal(uniform)).isTrue();
      part.fill_(3);
      assertThat(part.equal(Tensor.full(Shape.of(n), 3.0))).isTrue();
      assertThat(whole.get(0)).isEqualTo(7);
      assertThat(whole.get(n + 1)).isEqualTo(7);
      new Generator().normal(Dense.array(part), 1, n, 100, 1);
      assertThat(part.min().item()).isGreaterThan(90);
      assertThat(whole.get(n + 1)).isEqualTo(7);
      // Besides the 3 to compare with.
      int compared = n > 2048 ? 1 : 0;
      Memory.Stats after = Memory.stats();
      assertThat(after.fresh() + after.recycled() - before.fresh() - before.recycled())
          .isEqualTo(compared);
    }
  }

  @Test
  void unseededNumbersHaveTheirDistribution() {
    var generator = new Generator();
    Shape shape = Shape.of(100_003);
    Tensor uniform = generator.uniform(DType.FLOAT32, shape, 2, 4);
    assertThat(uniform.min().item()).isBetween(2.0, 2.001);
    assertThat(uniform.max().item()).isBetween(3.999, 4.0);
    assertThat(uniform.mean().item()).isCloseTo(3, within(0.02));
    Tensor normal = generator.normal(DType.FLOAT32, shape, 1, 3);
    assertThat(normal.mean().item()).isCloseTo(1, within(0.06));
    assertThat(normal.std().item()).isCloseTo(3, within(0.05));
    assertThat(generator.uniform(DType.FLOAT32, shape, 2, 4).equal(uniform)).isFalse();
  }

  @Test
  void onlyFloatingTypesAreDrawn() {
    Check.invalid(
        () -> Tensor.rand(DType.INT64, 2),
        "rand: dtype must be FLOAT32 or FLOAT64 but is INT64. Use randint(...) for whole"
            + " numbers.");
    Check.invalid(() -> Tensor.randint(3, 3, 2), "randint: low 3 is not below high 3.");
  }

  @Test
  void aGeneratorOfOnesOwnDrawsWhatTheStandardOneWould() {
    Tensor p = Tensor.of(0.1, 0.6, 0.3);
    Map<String, Function<Generator, Tensor>> draws = new TreeMap<>();
    draws.put("rand", g -> g == null ? Tensor.rand(5) : Tensor.rand(g, 5));
    draws.put("randn", g -> g == null ? Tensor.randn(20) : Tensor.randn(g, 20));
    draws.put("randint", g -> g == null ? Tensor.randint(2, 9, 6) : Tensor.randint(g, 2, 9, 6));
    draws.put("randperm", g -> g == null ? Tensor.randperm(9) : Tensor.randperm(g, 9));
    draws.put("bernoulli", g -> g == null ? Tensor.bernoulli(p) : Tensor.bernoulli(p, g));
    draws.put(
        "multinomial",
        g -> g == null ? Tensor.multinomial(p, 2) : Tensor.multinomial(p, 2, false, g));
    Tensor x = Tensor.zeros(7);
    draws.put("uniform_", g -> g == null ? x.uniform_(1, 2) : x.uniform_(1, 2, g));
    draws.put("normal_", g -> g == null ? x.normal_(1, 2) : x.normal_(1, 2, g));
    draws.put("bernoulli_", g -> g == null ? x.bernoulli_(0.5) : x.bernoulli_(0.5, g));
    draws.forEach(
        (name, draw) -> {
          Tensor.manualSeed(42);
          Tensor standard = draw.apply(null).clone();
          Tensor before = Tensor.rand(1);
          Tensor own = draw.apply(new Generator().manualSeed(42)).clone();
          assertThat(own.equal(standard)).as(name).isTrue();
          Tensor.manualSeed(42);
          draw.apply(new Generator());
          assertThat(draw.apply(null).equal(standard)).as(name + " leaves the other").isTrue();
          assertThat(Tensor.rand(1).equal(before)).as(name).isTrue();
        });
    // torch.Generator() begins with a seed of its own, always the same.
    assertThat(Tensor.rand(new Generator(), 3).equal(Tensor.rand(new Generator(), 3))).isTrue();
    assertThat(new Generator().manualSeed(67280421310721L).nextInt32())
        .isEqualTo(new Generator().nextInt32());
    assertThat(Tensor.randint(5, new int[] {100}).max().item()).isLessThan(5);
  }
}
