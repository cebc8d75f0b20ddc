package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.GradCheck;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.kernel.Parallel;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kernels that slide, against plain loops, forwards and back. */
class ConvolutionTest {
  @BeforeEach
  void seed() {
    Tensor.manualSeed(21);
  }

  private static double at(Tensor x, int n, int c, int i, int j) {
    boolean inside = i >= 0 && i < x.size(2) && j >= 0 && j < x.size(3);
    return inside ? x.get(n, c, i, j) : 0;
  }

  /** Sizes beyond a block and a panel, and odd ones; dense and strided kernels. */
  @ParameterizedTest
  @CsvSource({
    "3, 5, 3, 1, 1, 1, 1",
    "4, 6, 3, 2, 1, 1, 2",
    "70, 66, 3, 1, 1, 1, 1",
    "4, 4, 3, 1, 2, 2, 4",
    "2, 3, 2, 3, 0, 2, 1",
    "8, 70, 1, 1, 0, 1, 1",
    "3, 4, 3, 1, 4, 1, 1",
    "3, 4, 5, 1, 0, 1, 1"
  })
  void byLoops(int in, int out, int kernel, int stride, int padding, int dilation, int groups) {
    Tensor x = Tensor.randn(3, in, 17, 12).requiresGrad(true);
    Tensor w = Tensor.randn(out, in / groups, kernel, kernel).requiresGrad(true);
    Tensor b = Tensor.randn(out).requiresGrad(true);
    Tensor y =
        F.conv2d(x, w, b, o -> o.stride(stride).padding(padding).dilation(dilation).groups(groups));
    int o = out - 1;
    int first = (out - 1) / (out / groups) * (in / groups);
    for (int i = 0; i < y.size(2); i++) {
      for (int j = 0; j < y.size(3); j++) {
        double sum = b.get(o);
        for (int c = 0; c < in / groups; c++) {
          for (int a = 0; a < kernel; a++) {
            for (int d = 0; d < kernel; d++) {
              int row = i * stride - padding + a * dilation;
              int column = j * stride - padding + d * dilation;
              sum += w.get(o, c, a, d) * at(x, 2, first + c, row, column);
            }
          }
        }
        assertThat(y.get(2, o, i, j)).isCloseTo(sum, within(1e-3));
      }
    }
    Tensor up = Tensor.randn(y.shape().toArray());
    y.backward(up);
    List<Tensor> exact =
        List.of(x, w, b).stream().map(t -> t.detach().toDouble().requiresGrad(true)).toList();
    F.conv2d(
            exact.get(0),
            exact.get(1),
            exact.get(2),
            op -> op.stride(stride).padding(padding).dilation(dilation).groups(groups))
        .backward(up.toDouble());
    assertThat(x.grad().toDouble().allclose(exact.get(0).grad(), 1e-4, 1e-3)).isTrue();
    assertThat(w.grad().toDouble().allclose(exact.get(1).grad(), 1e-4, 2e-3)).isTrue();
    assertThat(b.grad().toDouble().allclose(exact.get(2).grad(), 1e-4, 1e-3)).isTrue();
  }

  @Test
  void sequencesAndVolumesAreImagesOfFewerOrMoreDimensions() {
    Tensor x = Tensor.randn(2, 3, 9);
    Tensor w = Tensor.randn(4, 3, 3);
    Tensor flat = F.conv2d(x.unsqueeze(2), w.unsqueeze(2), null, o -> o.padding(0, 1).stride(1, 2));
    assertThat(F.conv1d(x, w, null, 2, 1).allclose(flat.squeeze(2), 1e-5, 1e-5)).isTrue();
    Tensor v = Tensor.randn(2, 3, 4, 5, 6);
    Tensor k = Tensor.randn(4, 3, 1, 3, 3);
    Tensor slices = F.conv3d(v, k, null, o -> o.padding(0, 1, 1));
    for (int z = 0; z < 4; z++) {
      Tensor one = F.conv2d(v.select(2, z), k.squeeze(2), null, 1, 1);
      assertThat(slices.select(2, z).allclose(one, 1e-5, 1e-5)).isTrue();
    }
  }

  @Test
  void transposedIsTheAdjoint() {
    Tensor x = Tensor.randn(DType.FLOAT64, 2, 4, 7, 6).requiresGrad(true);
    Tensor w = Tensor.randn(DType.FLOAT64, 6, 2, 3, 2);
    Tensor y = F.conv2d(x, w, null, o -> o.stride(2, 1).padding(1).groups(2));
    Tensor g = Tensor.randn(DType.FLOAT64, y.shape().toArray());
    y.backward(g);
    Tensor back = F.convTranspose2d(g, w, null, o -> o.stride(2, 1).padding(1).groups(2));
    assertThat(back.allclose(x.grad(), 1e-9, 1e-9)).isTrue();
    Tensor single =
        F.convTranspose2d(g.toFloat(), w.toFloat(), null, o -> o.stride(2, 1).padding(1).groups(2));
    assertThat(single.toDouble().allclose(back, 1e-4, 1e-4)).isTrue();
    var layer = new ConvTranspose2d(3, 2, 3, o -> o.stride(2).padding(1));
    assertThat(layer.forward(Tensor.randn(1, 3, 4, 4), new int[] {8, 7}).shape().toArray())
        .containsExactly(1, 2, 8, 7);
  }

  @Test
  void sameAndPaddingModes() {
    Tensor x = Tensor.randn(2, 3, 6, 7);
    var same = new Conv2d(3, 4, new int[] {2, 3}, o -> o.padding("same").dilation(1, 2));
    assertThat(same.forward(x).shape().toArray()).containsExactly(2, 4, 6, 7);
    for (String mode : List.of("reflect", "replicate", "circular")) {
      var layer = new Conv2d(3, 4, 3, o -> o.padding(2, 1).paddingMode(mode));
      Tensor padded = F.pad(x, new int[] {1, 1, 2, 2}, mode);
      Tensor wanted = F.conv2d(padded, layer.weight, layer.bias.get());
      assertThat(layer.forward(x).allclose(wanted, 1e-5, 1e-5)).isTrue();
    }
  }

  @Test
  void unfoldedAndFolded() {
    Tensor x = Tensor.randn(2, 3, 5, 6);
    Tensor w = Tensor.randn(4, 3, 2, 3);
    Tensor columns = F.unfold(x, new int[] {2, 3}, o -> o.padding(1).stride(2, 1));
    Tensor wanted = F.conv2d(x, w, null, o -> o.padding(1).stride(2, 1));
    Tensor product = w.reshape(4, 18).matmul(columns).reshape(wanted.shape().toArray());
    assertThat(product.allclose(wanted, 1e-4, 1e-4)).isTrue();
    Tensor ones = Tensor.ones(1, 1, 4, 4);
    Tensor counts = new Fold(4, 2).forward(new Unfold(2).forward(ones));
    assertThat(counts.flatten().toFloatArray())
        .containsExactly(1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1);
  }

  @Test
  void gradientsOfBothOrders() {
    Tensor x = Tensor.randn(DType.FLOAT64, 2, 4, 5).requiresGrad(true);
    Tensor w = Tensor.randn(DType.FLOAT64, 2, 2, 3).requiresGrad(true);
    Tensor b = Tensor.randn(DType.FLOAT64, 2).requiresGrad(true);
    GradCheck.check(
        in -> F.conv1d(in.get(0), in.get(1), in.get(2), o -> o.groups(2).padding("same")), x, w, b);
    GradCheck.checkSecond(
        in -> F.conv1d(in.get(0), in.get(1), in.get(2), o -> o.groups(2).stride(2)), x, w, b);
    Tensor image = Tensor.randn(DType.FLOAT64, 1, 2, 4, 4).requiresGrad(true);
    GradCheck.check(in -> F.unfold(in.get(0), 3).square(), image);
    GradCheck.checkSecond(
        in -> F.fold(F.unfold(in.get(0), 2), new int[] {4, 4}, new int[] {2, 2}).square(), image);
  }

  @Test
  void stridesAndThreadsDoNotMatter() {
    Tensor x = Tensor.randn(5, 20, 19, 18).permute(0, 3, 1, 2).requiresGrad(true);
    Tensor w = Tensor.randn(3, 3, 33, 18).permute(2, 3, 0, 1).requiresGrad(true);
    int threads = Parallel.threads();
    try {
      for (int stride = 1; stride < 3; stride++) {
        List<float[]> alone = null;
        for (int t : new int[] {1, 2, 4}) {
          Parallel.threads(t);
          boolean dense = t == 1;
          Tensor in = (dense ? x.detach().contiguous() : x.detach()).requiresGrad(true);
          Tensor by = (dense ? w.detach().contiguous() : w.detach()).requiresGrad(true);
          Tensor y = F.conv2d(in, by, null, stride, 1);
          y.square().sum().backward();
          List<float[]> got =
              List.of(
                  y.detach().contiguous().toFloatArray(),
                  in.grad().contiguous().toFloatArray(),
                  by.grad().contiguous().toFloatArray());
          alone = alone == null ? got : alone;
          for (int i = 0; i < 3; i++) {
            assertThat(got.get(i)).as(t + " threads, result " + i).isEqualTo(alone.get(i));
          }
        }
      }
    } finally {
      Parallel.threads(threads);
    }
  }

  @Test
  void notANumberStaysWhereTheKernelMeetsIt() {
    Tensor x = Tensor.zeros(1, 1, 5, 5);
    x.set(Double.NaN, 0, 0, 0, 0);
    x.set(Double.POSITIVE_INFINITY, 0, 0, 4, 4);
    Tensor y = F.conv2d(x, Tensor.ones(1, 1, 3, 3), null, 1, 1);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        double wanted = i < 2 && j < 2 ? Double.NaN : i > 2 && j > 2 ? 1 / 0.0 : 0;
        assertThat(Double.compare(y.get(0, 0, i, j), wanted)).isZero();
      }
    }
  }

  @Test
  void emptyBatchesAndSingleSamples() {
    var layer = new Conv2d(3, 4, 3);
    Tensor none = Tensor.zeros(0, 3, 5, 5).requiresGrad(true);
    Tensor y = layer.forward(none);
    assertThat(y.shape().toArray()).containsExactly(0, 4, 3, 3);
    y.sum().backward();
    assertThat(layer.weight.grad().abs().max().item()).isZero();
    Tensor one = Tensor.randn(3, 5, 5);
    assertThat(layer.forward(one).allclose(layer.forward(one.unsqueeze(0)).squeeze(0))).isTrue();
  }

  @Test
  void drawsAsPyTorchAndLoads() {
    Tensor.manualSeed(0);
    var layer = new Conv1d(1, 1, 2);
    // torch.manual_seed(0); nn.Conv1d(1, 1, 2): the weight first, both uniform in ±1/√2
    Tensor.manualSeed(0);
    Tensor weight = Tensor.empty(1, 1, 2);
    double bound = Math.sqrt(0.5);
    Init.uniform_(weight, -bound, bound);
    assertThat(layer.weight.detach().allclose(weight, 1e-6, 1e-7)).isTrue();
    assertThat(layer.stateDict().keySet()).containsExactly("weight", "bias");
    var other = new Conv1d(1, 1, 2);
    other.loadStateDict(layer.stateDict());
    Tensor x = Tensor.randn(1, 1, 4);
    assertThat(other.forward(x).equal(layer.copy().forward(x))).isTrue();
  }

  @Test
  void refusals() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv2d(4, 5, 3).forward(Tensor.ones(1, 3, 8, 8)))
        .withMessageContaining("expected input [1, 3, 8, 8] to have 4 channels, but got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.conv2d(Tensor.ones(1, 3, 2, 2), Tensor.ones(1, 3, 3, 3)))
        .withMessageStartingWith("conv2d: kernel size can't be greater");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv2d(4, 6, 3, o -> o.groups(3)))
        .withMessageContaining("divisible by groups");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv2d(4, 6, 3, o -> o.padding("same").stride(2)))
        .withMessageContaining("not supported for strided");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.conv1d(Tensor.ones(1, 3, 8), Tensor.ones(2, 3, 3), Tensor.ones(3)))
        .withMessageContaining("The bias must be [2]");
  }

  @Test
  void printsAsPyTorch() {
    assertThat(new Conv2d(3, 8, 3)).hasToString("Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))");
    assertThat(
            new Conv2d(4, 8, new int[] {3, 2}, o -> o.stride(2).padding(1).groups(4).bias(false)))
        .hasToString(
            "Conv2d(4, 8, kernel_size=(3, 2), stride=(2, 2), padding=(1, 1), groups=4, bias=False)");
    assertThat(new Conv1d(3, 8, 3, o -> o.padding("same").paddingMode("circular")))
        .hasToString(
            "Conv1d(3, 8, kernel_size=(3,), stride=(1,), padding=same, padding_mode=circular)");
    assertThat(new ConvTranspose1d(3, 8, 3, o -> o.stride(2).outputPadding(1)))
        .hasToString("ConvTranspose1d(3, 8, kernel_size=(3,), stride=(2,), output_padding=(1,))");
    assertThat(new Unfold(3)).hasToString("Unfold(kernel_size=3, dilation=1, padding=0, stride=1)");
  }
}
