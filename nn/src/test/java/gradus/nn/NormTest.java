package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.GradCheck;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Normalising by channels, groups and sizes, against plain loops and by what PyTorch does. */
class NormTest {
  @BeforeEach
  void seed() {
    Tensor.manualSeed(5);
  }

  /** Mean and biased variance of the elements of one channel, over all samples or of one. */
  private static double[] statistics(Tensor x, int sample, int channel) {
    Tensor part = sample < 0 ? x.select(1, channel) : x.select(0, sample).select(0, channel);
    double[] values = part.toDouble().contiguous().flatten().toDoubleArray();
    double mean = 0;
    for (double v : values) {
      mean += v / values.length;
    }
    double variance = 0;
    for (double v : values) {
      variance += (v - mean) * (v - mean) / values.length;
    }
    return new double[] {mean, variance, values.length};
  }

  private static void isNormal(Tensor x, Tensor y, boolean perSample, double eps) {
    for (int n = 0; n < x.size(0); n++) {
      for (int c = 0; c < x.size(1); c++) {
        double[] s = statistics(x, perSample ? n : -1, c);
        Tensor wanted = x.select(0, n).select(0, c).toDouble().sub(s[0]).div(Math.sqrt(s[1] + eps));
        assertThat(y.select(0, n).select(0, c).toDouble().allclose(wanted, 1e-4, 1e-5)).isTrue();
      }
    }
  }

  @Test
  void batchNormByTheBatchOrByWhatWasSeen() {
    var layer = new BatchNorm2d(3);
    Tensor x = Tensor.randn(4, 3, 5, 2).mul(3).add(2);
    isNormal(x, layer.forward(x), false, 1e-5);
    for (int c = 0; c < 3; c++) {
      double[] s = statistics(x, -1, c);
      assertThat(layer.runningMean.get().get(c)).isCloseTo(0.1 * s[0], within(1e-5));
      double unbiased = s[1] * s[2] / (s[2] - 1);
      assertThat(layer.runningVar.get().get(c)).isCloseTo(0.9 + 0.1 * unbiased, within(1e-4));
    }
    assertThat(layer.numBatchesTracked.get().itemLong()).isEqualTo(1);
    layer.eval();
    Tensor mean = layer.runningMean.get().reshape(3, 1, 1);
    Tensor wanted = x.sub(mean).div(layer.runningVar.get().reshape(3, 1, 1).add(1e-5).sqrt());
    assertThat(layer.forward(x).allclose(wanted, 1e-4, 1e-5)).isTrue();
    assertThat(layer.numBatchesTracked.get().itemLong()).isEqualTo(1);
  }

  @Test
  void momentumNullIsTheMeanOverAllBatches() {
    var layer = new BatchNorm1d(2, o -> o.momentum(null).affine(false));
    Tensor a = Tensor.randn(8, 2);
    Tensor b = Tensor.randn(8, 2);
    layer.forward(a);
    layer.forward(b);
    Tensor mean = a.mean(0).add(b.mean(0)).div(2);
    assertThat(layer.runningMean.get().allclose(mean, 1e-5, 1e-6)).isTrue();
    assertThat(layer.parameters()).isEmpty();
  }

  @Test
  void withoutRunningStatisticsEvaluationTakesTheBatch() {
    var layer = new BatchNorm1d(2, o -> o.trackRunningStats(false));
    layer.eval();
    Tensor x = Tensor.randn(6, 2, 3);
    isNormal(x, layer.forward(x), false, 1e-5);
    assertThat(layer.buffers()).isEmpty();
  }

  @Test
  void stateGoesToAnotherLayer() {
    var layer = new BatchNorm2d(3);
    assertThat(layer.stateDict().keySet())
        .containsExactly("weight", "bias", "running_mean", "running_var", "num_batches_tracked");
    layer.forward(Tensor.randn(4, 3, 2, 2));
    var other = new BatchNorm2d(3);
    other.loadStateDict(layer.stateDict());
    layer.eval();
    other.eval();
    Tensor x = Tensor.randn(2, 3, 4, 4);
    assertThat(other.forward(x).equal(layer.forward(x))).isTrue();
    assertThat(layer.copy().forward(x).equal(layer.forward(x))).isTrue();
    assertThat(layer.copy().training()).isFalse();
  }

  @Test
  void instanceNormOfEachSample() {
    var layer = new InstanceNorm2d(3);
    Tensor x = Tensor.randn(2, 3, 4, 5).mul(2).add(1);
    isNormal(x, layer.forward(x), true, 1e-5);
    Tensor one = x.select(0, 1);
    assertThat(layer.forward(one).allclose(layer.forward(x).select(0, 1), 1e-5, 1e-6)).isTrue();
    assertThat(layer.stateDict()).isEmpty();
  }

  @Test
  void groupNormOfEachGroup() {
    var layer = new GroupNorm(2, 4);
    Tensor x = Tensor.randn(3, 4, 5).mul(2).add(1);
    Tensor grouped = x.reshape(3, 2, 10);
    isNormal(grouped, layer.forward(x).reshape(3, 2, 10), true, 1e-5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupNorm(3, 4))
        .withMessageContaining("divisible");
  }

  @Test
  void rootMeanSquare() {
    Tensor x = Tensor.randn(3, 4);
    Tensor wanted = x.div(x.square().mean(1, true).sqrt());
    assertThat(new RMSNorm(4).forward(x).allclose(wanted, 1e-5, 1e-6)).isTrue();
    assertThat(new RMSNorm(4).stateDict().keySet()).containsExactly("weight");
  }

  @Test
  void localResponseByLoops() {
    Tensor x = Tensor.randn(2, 5, 3);
    Tensor y = F.localResponseNorm(x, 3, 0.5, 0.75, 2);
    for (int c = 0; c < 5; c++) {
      double sum = 0;
      for (int i = Math.max(0, c - 1); i <= Math.min(4, c + 1); i++) {
        sum += x.get(1, i, 2) * x.get(1, i, 2);
      }
      double wanted = x.get(1, c, 2) / Math.pow(2 + 0.5 * sum / 3, 0.75);
      assertThat(y.get(1, c, 2)).isCloseTo(wanted, within(1e-5));
    }
  }

  @Test
  void stridedInputsGiveTheSame() {
    Tensor x = Tensor.randn(4, 5, 2, 3);
    Tensor channelsLast = x.permute(0, 3, 1, 2);
    Tensor dense = channelsLast.contiguous();
    for (Layer layer :
        List.of(
            new BatchNorm2d(3),
            new InstanceNorm2d(3),
            new GroupNorm(3, 3),
            new RMSNorm(5, 2),
            new LocalResponseNorm(2))) {
      assertThat(layer.forward(channelsLast).allclose(layer.copy().forward(dense), 1e-6, 1e-7))
          .as(layer.toString())
          .isTrue();
    }
  }

  @Test
  void gradientsOfBothOrders() {
    Tensor x = Tensor.randn(DType.FLOAT64, 3, 2, 4).requiresGrad(true);
    Tensor w = Tensor.randn(DType.FLOAT64, 2).requiresGrad(true);
    Tensor b = Tensor.randn(DType.FLOAT64, 2).requiresGrad(true);
    for (int kind = 0; kind < 5; kind++) {
      int k = kind;
      java.util.function.Function<List<Tensor>, Tensor> f =
          in ->
              switch (k) {
                case 0 -> F.batchNorm(in.get(0), null, null, in.get(1), in.get(2), true, 0.1, 1e-3);
                case 1 -> F.groupNorm(in.get(0), 1, in.get(1), in.get(2), 1e-3);
                case 2 ->
                    F.instanceNorm(in.get(0), null, null, in.get(1), in.get(2), true, 0.1, 1e-3);
                case 3 ->
                    F.batchNorm(
                        in.get(0),
                        Tensor.zeros(DType.FLOAT64, 2),
                        Tensor.ones(DType.FLOAT64, 2),
                        in.get(1),
                        in.get(2),
                        false,
                        0.1,
                        1e-3);
                default -> F.rmsNorm(in.get(0).transpose(1, 2), new int[] {2}, in.get(1), null);
              };
      GradCheck.check(f, x, w, b);
      GradCheck.checkSecond(f, x, w, b);
    }
  }

  @Test
  void nothingAndNotANumber() {
    assertThat(new BatchNorm2d(5).forward(Tensor.zeros(0, 5, 2, 2)).shape().toArray())
        .containsExactly(0, 5, 2, 2);
    Tensor x = Tensor.randn(4, 2, 3);
    x.set(Double.NaN, 0, 0, 0);
    Tensor y = F.batchNorm(x, null, null, null, null, true, 0.1, 1e-5);
    assertThat(y.select(1, 0).isnan().all().itemBoolean()).isTrue();
    assertThat(y.select(1, 1).isnan().any().itemBoolean()).isFalse();
  }

  @Test
  void refusals() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchNorm1d(4).forward(Tensor.ones(1, 4)))
        .withMessageContaining("more than 1 value per channel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchNorm1d(4).forward(Tensor.ones(4)))
        .withMessageContaining("expected 2D or 3D input (got 1D input [4])");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchNorm2d(4).forward(Tensor.ones(2, 3, 4, 4)))
        .withMessageContaining("3 channels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.batchNorm(Tensor.ones(2, 3), null, null))
        .withMessageContaining("runningMean");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.instanceNorm(Tensor.ones(2, 3, 1)))
        .withMessageContaining("spatial");
  }

  @Test
  void printsAsPyTorch() {
    assertThat(new BatchNorm2d(64))
        .hasToString(
            "BatchNorm2d(64, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)");
    assertThat(new BatchNorm1d(2, o -> o.eps(0.001).momentum(null).affine(false)))
        .hasToString(
            "BatchNorm1d(2, eps=0.001, momentum=None, affine=False, track_running_stats=True)");
    assertThat(new InstanceNorm1d(3))
        .hasToString(
            "InstanceNorm1d(3, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False)");
    assertThat(new GroupNorm(2, 4)).hasToString("GroupNorm(2, 4, eps=1e-05, affine=True)");
    assertThat(new RMSNorm(4)).hasToString("RMSNorm((4,), eps=None, elementwise_affine=True)");
    assertThat(new LocalResponseNorm(2))
        .hasToString("LocalResponseNorm(2, alpha=0.0001, beta=0.75, k=1.0)");
  }
}
