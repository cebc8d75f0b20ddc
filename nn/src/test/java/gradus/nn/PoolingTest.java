package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.GradCheck;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import gradus.tensor.kernel.Parallel;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows over images, against plain loops, and at the borders. */
class PoolingTest {
  @BeforeEach
  void seed() {
    Tensor.manualSeed(11);
  }

  @ParameterizedTest
  @CsvSource({"2,2,0,1,false", "3,2,1,1,false", "3,2,1,1,true", "3,1,1,2,false", "2,3,0,2,true"})
  void maximaByLoops(int kernel, int stride, int padding, int dilation, boolean ceil) {
    Tensor x = Tensor.randn(2, 3, 7, 8);
    ValuesIndices got =
        F.maxPool2dWithIndices(
            x,
            new int[] {kernel},
            o -> o.stride(stride).padding(padding).dilation(dilation).ceilMode(ceil));
    Tensor y = got.values();
    for (int i = 0; i < y.size(2); i++) {
      for (int j = 0; j < y.size(3); j++) {
        double most = Double.NEGATIVE_INFINITY;
        int place = -1;
        for (int a = 0; a < kernel; a++) {
          for (int b = 0; b < kernel; b++) {
            int r = i * stride - padding + a * dilation;
            int c = j * stride - padding + b * dilation;
            if (r >= 0 && r < 7 && c >= 0 && c < 8 && x.get(1, 2, r, c) > most) {
              most = x.get(1, 2, r, c);
              place = r * 8 + c;
            }
          }
        }
        assertThat(y.get(1, 2, i, j)).isEqualTo(most);
        assertThat(got.indices().get(1, 2, i, j)).isEqualTo(place);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2,2,0,false,true", "3,2,1,true,true", "3,2,1,true,false", "4,1,2,false,false"})
  void meansByLoops(int kernel, int stride, int padding, boolean ceil, boolean counted) {
    Tensor x = Tensor.randn(2, 3, 7, 8);
    Tensor y =
        F.avgPool2d(
            x,
            kernel,
            o -> o.stride(stride).padding(padding).ceilMode(ceil).countIncludePad(counted));
    for (int i = 0; i < y.size(2); i++) {
      for (int j = 0; j < y.size(3); j++) {
        double sum = 0;
        int inside = 0;
        int all = 0;
        for (int r = i * stride - padding; r < i * stride - padding + kernel; r++) {
          for (int c = j * stride - padding; c < j * stride - padding + kernel; c++) {
            boolean in = r >= 0 && r < 7 && c >= 0 && c < 8;
            sum += in ? x.get(1, 2, r, c) : 0;
            inside += in ? 1 : 0;
            all += r < 7 + padding && c < 8 + padding ? 1 : 0;
          }
        }
        assertThat(y.get(1, 2, i, j)).isCloseTo(sum / (counted ? all : inside), within(1e-5));
      }
    }
  }

  @Test
  void evenlyDivided() {
    Tensor x = Tensor.arange(10).toFloat().reshape(1, 1, 10);
    assertThat(F.adaptiveAvgPool1d(x, 3).flatten().toFloatArray())
        .containsExactly(1.5f, 4.5f, 7.5f);
    assertThat(F.adaptiveMaxPool1d(x, 4).flatten().toFloatArray()).containsExactly(2, 4, 7, 9);
    Tensor image = Tensor.randn(2, 3, 5, 6);
    assertThat(
            new AdaptiveAvgPool2d(1)
                .forward(image)
                .flatten(1, -1)
                .allclose(image.mean(new int[] {2, 3}, false), 1e-5, 1e-6))
        .isTrue();
    assertThat(new AdaptiveMaxPool2d(2, null).forward(image).shape().toArray())
        .containsExactly(2, 3, 2, 6);
  }

  @Test
  void unpooledWhereItStood() {
    Tensor x = Tensor.arange(16).toFloat().reshape(1, 1, 4, 4);
    ValuesIndices pooled = new MaxPool2d(2).forwardWithIndices(x);
    Tensor back = new MaxUnpool2d(2).forward(pooled.values(), pooled.indices());
    assertThat(back.flatten().toFloatArray())
        .containsExactly(0, 0, 0, 0, 0, 5, 0, 7, 0, 0, 0, 0, 0, 13, 0, 15);
  }

  @Test
  void gradientsOfBothOrders() {
    Tensor x = Tensor.randn(DType.FLOAT64, 2, 2, 5, 6).requiresGrad(true);
    List<Function<Tensor, Tensor>> pools =
        List.of(
            t -> F.maxPool2d(t, 3, o -> o.stride(2).padding(1)),
            t -> F.avgPool2d(t, 3, o -> o.stride(2).padding(1).countIncludePad(false)),
            t -> F.adaptiveAvgPool2d(t, 2, 4),
            t -> F.adaptiveMaxPool2d(t, 2, 4),
            t -> F.lpPool2d(t.abs().add(0.1), 3, 2),
            t -> F.avgPool3d(t.unsqueeze(0), 2));
    for (var pool : pools) {
      GradCheck.check(in -> pool.apply(in.get(0)), x);
      GradCheck.checkSecond(in -> pool.apply(in.get(0)).square(), x);
    }
  }

  @Test
  void notANumberIsTheLargest() {
    Tensor x = Tensor.zeros(1, 1, 6);
    x.set(Double.NaN, 0, 0, 1);
    x.set(Double.NEGATIVE_INFINITY, 0, 0, 2);
    x.set(Double.NEGATIVE_INFINITY, 0, 0, 3);
    ValuesIndices y = F.maxPool1dWithIndices(x, new int[] {2}, _ -> {});
    assertThat(y.values().flatten().toFloatArray())
        .containsExactly(Float.NaN, Float.NEGATIVE_INFINITY, 0);
    assertThat(y.indices().flatten().toLongArray()).containsExactly(1, 2, 4);
    assertThat(F.avgPool1d(x, 2).flatten().toFloatArray())
        .containsExactly(Float.NaN, Float.NEGATIVE_INFINITY, 0);
  }

  @Test
  void stridesAndThreadsDoNotMatter() {
    Tensor x = Tensor.randn(8, 33, 34, 16).permute(0, 3, 1, 2);
    int threads = Parallel.threads();
    try {
      for (Function<Tensor, Tensor> pool :
          List.<Function<Tensor, Tensor>>of(
              t -> F.maxPool2d(t, 3, 2),
              t -> F.avgPool2d(t, 3, 2),
              t -> F.adaptiveAvgPool2d(t, 5))) {
        Parallel.threads(1);
        Tensor alone = pool.apply(x.contiguous());
        Parallel.threads(3);
        assertThat(pool.apply(x).equal(alone)).isTrue();
      }
    } finally {
      Parallel.threads(threads);
    }
  }

  @Test
  void anEmptyBatchAndRefusals() {
    assertThat(F.maxPool2d(Tensor.zeros(0, 3, 4, 4), 2).shape().toArray())
        .containsExactly(0, 3, 2, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.maxPool2d(Tensor.zeros(2, 3), 2))
        .withMessageContaining("expected 3D or 4D");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.maxPool1d(Tensor.zeros(2, 2, 2), 5))
        .withMessageContaining("too small");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.avgPool2d(Tensor.zeros(1, 3, 4, 4), 2, o -> o.padding(2)))
        .withMessageContaining("at most half");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.avgPool2d(Tensor.zeros(3, 4, 4), 2, o -> o.divisorOverride(0)))
        .withMessageContaining("not zero");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.maxPool2d(Tensor.zeros(3, 4, 4), 2, 0))
        .withMessageContaining("greater than zero");
  }

  @Test
  void printsAsPyTorch() {
    assertThat(new MaxPool2d(3, 2, 1))
        .hasToString("MaxPool2d(kernel_size=3, stride=2, padding=1, dilation=1, ceil_mode=False)");
    assertThat(new MaxPool2d(new int[] {3, 2}, _ -> {}))
        .hasToString(
            "MaxPool2d(kernel_size=(3, 2), stride=(3, 2), padding=0, dilation=1, ceil_mode=False)");
    assertThat(new AvgPool1d(2))
        .hasToString("AvgPool1d(kernel_size=(2,), stride=(2,), padding=(0,))");
    assertThat(new AvgPool2d(2)).hasToString("AvgPool2d(kernel_size=2, stride=2, padding=0)");
    assertThat(new AdaptiveAvgPool2d(3, null))
        .hasToString("AdaptiveAvgPool2d(output_size=(3, None))");
    assertThat(new LPPool2d(2, 3))
        .hasToString("LPPool2d(norm_type=2, kernel_size=3, stride=None, ceil_mode=False)");
    assertThat(new MaxUnpool2d(2))
        .hasToString("MaxUnpool2d(kernel_size=(2, 2), stride=(2, 2), padding=(0, 0))");
  }
}
