package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A packed copy of a weight must never show: neither an old one, nor one of somebody else. */
class PackedWeightTest {
  private static final Random RANDOM = new Random(17);

  private static float[] floats(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) RANDOM.nextGaussian();
    }
    return values;
  }

  /** In memory of our own, as a parameter's is. */
  private static Tensor weight(int n, int k) {
    Tensor weight = Tensor.zeros(n, k);
    weight.copy_(Tensor.fromArray(floats(n * k), n, k));
    return weight;
  }

  private static Tensor input(int m, int k) {
    return Tensor.fromArray(floats(m * k), m, k);
  }

  /** The map where gradients are off, and packed copies allowed. */
  private static Tensor map(Tensor x, Tensor weight, Tensor bias) {
    try (var _ = GradMode.noGrad()) {
      return LinearOps.linear(x, weight, bias);
    }
  }

  /** In FLOAT64, where there is no packing. */
  private static void right(Tensor actual, Tensor x, Tensor weight, Tensor bias) {
    Tensor expected = x.to(DType.FLOAT64).matmul(weight.detach().to(DType.FLOAT64).t());
    double[] want = (bias == null ? expected : expected.add(bias)).toDoubleArray();
    float[] got = actual.toFloatArray();
    assertThat(got).hasSameSizeAs(want);
    for (int i = 0; i < got.length; i++) {
      assertThat((double) got[i]).as("element " + i).isCloseTo(want[i], within(1e-4));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "13, 1", "16, 16", "31, 33", "33, 17", "64, 3", "65, 130", "7, 257"})
  void everyUseGivesTheSameBits(int n, int k) {
    Tensor weight = weight(n, k);
    Tensor bias = weight(1, n).reshape(n);
    for (int m = 1; m <= 70; m++) {
      Tensor x = input(m, k);
      Tensor fresh = weight(n, k);
      fresh.copy_(weight);
      Tensor first = map(x, fresh, bias); // nothing is packed yet
      right(first, x, weight, bias);
      for (int use = 0; use < 3; use++) {
        assertThat(map(x, weight, bias).toFloatArray()).isEqualTo(first.toFloatArray());
      }
      right(map(x, weight, null), x, weight, null);
      right(LinearOps.linear(x, weight, bias), x, weight, bias);
    }
  }

  @Test
  void isPackedAtTheSecondUse() {
    Tensor weight = weight(30, 40);
    Tensor x = input(32, 40);
    for (int use = 0; use < 2; use++) {
      boolean asked = ((Storage.Floats) weight.storage).packed != null;
      assertThat(asked).isEqualTo(use > 0 && Lanes.COUNT > 0);
      map(x, weight, null);
    }
  }

  /** Every way to change a weight in place, and through a view of it. */
  private static Map<String, Consumer<Tensor>> changes() {
    return Map.ofEntries(
        Map.entry("copy_", w -> w.copy_(weight(w.size(0), w.size(1)))),
        Map.entry("add_", w -> w.add_(1)),
        Map.entry("mul_", w -> w.mul_(weight(w.size(0), w.size(1)))),
        Map.entry("zero_", Tensor::zero_),
        Map.entry("fill_", w -> w.fill_(2)),
        Map.entry("a view", w -> w.narrow(0, 1, 2).copy_(weight(2, w.size(1)))),
        Map.entry("a transposed view", w -> w.t().select(0, 2).fill_(3)),
        Map.entry("one element", w -> w.select(0, 0).select(0, 0).fill_(9)),
        Map.entry("detached", w -> w.detach().add_(1)),
        Map.entry("normal_", w -> w.normal_(0, 1)),
        Map.entry("relu", w -> w.copy_(w.relu())),
        Map.entry("other memory", w -> Internals.get().setData(w, weight(w.size(0), w.size(1)))),
        Map.entry(
            "rows of a gradient",
            w -> EmbeddingOps.addRows(w, Tensor.of(0, 2), weight(2, w.size(1)))));
  }

  @Test
  void aChangedWeightCountsAtOnce() {
    try (var _ = GradMode.noGrad()) {
      changes()
          .forEach(
              (name, change) -> {
                Tensor weight = weight(21, 19);
                Tensor x = input(40, 19);
                for (int round = 0; round < 3; round++) {
                  float[] before = null;
                  for (int use = 0; use < 3; use++) {
                    before = map(x, weight, null).toFloatArray();
                  }
                  float[] values = weight.toFloatArray();
                  change.accept(weight);
                  Tensor now = map(x, weight, null);
                  right(now, x, weight, null);
                  if (!java.util.Arrays.equals(values, weight.toFloatArray())) {
                    assertThat(now.toFloatArray()).as(name).isNotEqualTo(before);
                  }
                  right(map(x, weight, null), x, weight, null);
                }
              });
    }
  }

  @Test
  void viewsOfOneWeightAreTold() {
    Tensor both = weight(40, 18);
    Tensor x = input(33, 18);
    for (int round = 0; round < 4; round++) {
      for (int start : new int[] {0, 7, 20}) {
        Tensor part = both.narrow(0, start, 20);
        right(map(x, part, null), x, part, null);
      }
      Tensor columns = both.narrow(1, 3, 9);
      right(map(x.narrow(1, 0, 9), columns, null), x.narrow(1, 0, 9), columns, null);
      Tensor everyOther = both.slice(0, 0, 40, 2);
      right(map(x, everyOther, null), x, everyOther, null);
      Tensor turned = both.t();
      Tensor y = input(6, 40);
      right(map(y, turned, null), y, turned, null);
      Tensor repeated = both.narrow(0, 3, 1).expand(5, 18);
      right(map(x, repeated, null), x, repeated, null);
    }
  }

  @Test
  void anArrayOfTheUserMayChangeBehindOurBack() {
    float[] mine = floats(25 * 30);
    Tensor weight = Tensor.fromArray(mine, 25, 30);
    Tensor x = input(50, 30);
    for (int round = 0; round < 5; round++) {
      for (int use = 0; use < 3; use++) {
        right(map(x, weight, null), x, Tensor.fromArray(mine.clone(), 25, 30), null);
      }
      mine[RANDOM.nextInt(mine.length)] += 10;
      System.arraycopy(floats(30), 0, mine, 30 * round, 30);
    }
  }

  @Test
  void theMemoryOfAClosedScopeMayBecomeAnotherWeight() {
    for (int round = 0; round < 8; round++) {
      try (var _ = Memory.scope();
          var _ = GradMode.noGrad()) {
        Tensor weight = weight(64, 80).mul(round + 1);
        Tensor x = input(30, 80).mul(0.1);
        for (int use = 0; use < 3; use++) {
          right(map(x, weight, null), x, weight, null);
        }
      }
    }
  }

  @Test
  void aScopeDoesNotTakeThePackedCopyBack() {
    Tensor weight = weight(70, 90);
    Tensor x = input(20, 90);
    for (int round = 0; round < 6; round++) {
      try (var _ = Memory.scope()) {
        right(map(x, weight, null), x, weight, null);
        map(x, weight, null).add(1).mul(3);
      }
      try (var _ = Memory.scope()) {
        Tensor.zeros(70 * 96).fill_(7); // would take the memory, were it free
        Tensor.zeros(70 * 90).fill_(8);
      }
    }
  }

  @Test
  void manyThreadsMayAskAtOnce() {
    Tensor weight = weight(50, 60);
    Tensor x = input(48, 60);
    for (int round = 0; round < 20; round++) {
      float[] expected = map(x, weight.clone(), null).toFloatArray();
      List<float[]> together =
          IntStream.range(0, 16)
              .parallel()
              .mapToObj(_ -> map(x, weight, null).toFloatArray())
              .toList();
      together.forEach(one -> assertThat(one).isEqualTo(expected));
      weight.add_(0.5);
    }
  }

  @Test
  void nothingIsPackedWhileGradientsAreRecorded() {
    Tensor weight = weight(30, 40).requiresGrad(true);
    Tensor x = input(32, 40);
    List<float[]> gradients = new ArrayList<>();
    for (int use = 0; use < 3; use++) {
      map(x, weight, null);
      weight.zeroGrad();
      Tensor out = LinearOps.linear(x, weight, null);
      assertThat(out.requiresGrad()).isTrue();
      right(out.detach(), x, weight, null);
      gradients.add(out.detach().toFloatArray());
    }
    assertThat(gradients.get(2)).isEqualTo(gradients.get(0));
  }
}
