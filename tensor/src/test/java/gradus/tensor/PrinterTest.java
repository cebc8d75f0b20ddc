package gradus.tensor;

import static gradus.tensor.Check.counted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensors print as PyTorch prints them, character for character. */
class PrinterTest {
  private static final double NAN = Double.NaN;

  static Stream<Arguments> floats() {
    return Stream.of(
        Arguments.of("[1., 2., 3.]", new double[] {1, 2, 3}),
        Arguments.of("[   1.5000,   -2.0000, 1000.0000]", new double[] {1.5, -2, 1000}),
        Arguments.of("[1.0000e-05, 1.0000e+00]", new double[] {1e-5, 1}),
        Arguments.of("[1.0000e+09, 1.0000e+00]", new double[] {1e9, 1}),
        Arguments.of(
            "[    nan,     inf, -1.5000]", new double[] {NAN, Double.POSITIVE_INFINITY, -1.5}),
        Arguments.of("[nan, 2.]", new double[] {NAN, 2}),
        Arguments.of("[nan]", new double[] {NAN}),
        Arguments.of("[-0., 0.]", new double[] {-0.0, 0}),
        Arguments.of("[-0.0000, 0.5000]", new double[] {-0.0, 0.5}),
        Arguments.of("[1.0000e-04, 1.0000e-01]", new double[] {1e-4, 0.1}),
        Arguments.of("[9.9990e-05]", new double[] {0.00009999}),
        Arguments.of("[100000000.]", new double[] {1e8}),
        Arguments.of("[1.0000e+08]", new double[] {1e8 + 8}),
        Arguments.of("[123456.7891]", new double[] {123456.789}),
        Arguments.of("[2.0001e+00, 1.5000e-04]", new double[] {2.00005, 0.00015}));
  }

  @ParameterizedTest
  @MethodSource("floats")
  void numbersAreFixedWholeOrScientific(String expected, double[] values) {
    assertThat(Tensor.of(values)).hasToString("tensor(" + expected + ")");
  }

  @Test
  void otherTypes() {
    assertThat(Tensor.of(1000, -5)).hasToString("tensor([1000,   -5])");
    assertThat(Tensor.of(true, false)).hasToString("tensor([ True, False])");
    assertThat(Tensor.of(new int[][] {{1, 20}, {300, 4}}).toInt())
        .hasToString("tensor([[  1,  20],\n        [300,   4]], dtype=torch.int32)");
    assertThat(Tensor.of(1.0, 2.0).toDouble()).hasToString("tensor([1., 2.], dtype=torch.float64)");
    assertThat(Tensor.scalar(3.14159)).hasToString("tensor(3.1416)");
    assertThat(Tensor.scalar(7)).hasToString("tensor(7)");
    assertThat(Tensor.of(true).squeeze()).hasToString("tensor(True)");
  }

  @Test
  void emptyOnes() {
    assertThat(Tensor.zeros(0)).hasToString("tensor([])");
    assertThat(Tensor.zeros(0, 3)).hasToString("tensor([], size=(0, 3))");
    assertThat(Tensor.zeros(DType.INT64, 0)).hasToString("tensor([], dtype=torch.int64)");
    assertThat(Tensor.zeros(DType.INT32, 2, 0))
        .hasToString("tensor([], size=(2, 0), dtype=torch.int32)");
  }

  @Test
  void blocksAreSetApart() {
    assertThat(counted(2, 3, 4))
        .hasToString(
            """
            tensor([[[ 0.,  1.,  2.,  3.],
                     [ 4.,  5.,  6.,  7.],
                     [ 8.,  9., 10., 11.]],

                    [[12., 13., 14., 15.],
                     [16., 17., 18., 19.],
                     [20., 21., 22., 23.]]])\
            """);
    assertThat(counted(2, 2, 1, 2).toLong())
        .hasToString(
            """
            tensor([[[[0, 1]],

                     [[2, 3]]],


                    [[[4, 5]],

                     [[6, 7]]]])\
            """);
    assertThat(counted(3, 2).t()).hasToString("tensor([[0., 2., 4.],\n        [1., 3., 5.]])");
  }

  @Test
  void linesBreakBeforeColumn80() {
    assertThat(Tensor.arange(30))
        .hasToString(
            """
            tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,
                    18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29])\
            """);
  }

  @Test
  void moreThanAThousandElementsAreSummarised() {
    assertThat(Tensor.arange(1000).toString()).doesNotContain("...");
    assertThat(Tensor.arange(2000))
        .hasToString("tensor([   0,    1,    2,  ..., 1997, 1998, 1999])");
    assertThat(counted(40, 100))
        .hasToString(
            """
            tensor([[0.0000e+00, 1.0000e+00, 2.0000e+00,  ..., 9.7000e+01, 9.8000e+01,
                     9.9000e+01],
                    [1.0000e+02, 1.0100e+02, 1.0200e+02,  ..., 1.9700e+02, 1.9800e+02,
                     1.9900e+02],
                    [2.0000e+02, 2.0100e+02, 2.0200e+02,  ..., 2.9700e+02, 2.9800e+02,
                     2.9900e+02],
                    ...,
                    [3.7000e+03, 3.7010e+03, 3.7020e+03,  ..., 3.7970e+03, 3.7980e+03,
                     3.7990e+03],
                    [3.8000e+03, 3.8010e+03, 3.8020e+03,  ..., 3.8970e+03, 3.8980e+03,
                     3.8990e+03],
                    [3.9000e+03, 3.9010e+03, 3.9020e+03,  ..., 3.9970e+03, 3.9980e+03,
                     3.9990e+03]])\
            """);
    assertThat(Tensor.arange(7 * 8 * 20).reshape(7, 8, 20).toString())
        .startsWith(
            """
            tensor([[[   0,    1,    2,  ...,   17,   18,   19],
                     [  20,   21,   22,  ...,   37,   38,   39],
                     [  40,   41,   42,  ...,   57,   58,   59],
                     ...,
            """)
        .contains(
            "459],\n"
                + "         [ 460,  461,  462,  ...,  477,  478,  479]],\n\n"
                + "        ...,\n\n"
                + "        [[ 640,")
        .endsWith("[1100, 1101, 1102,  ..., 1117, 1118, 1119]]])");
  }

  @Test
  void historyFollowsAndMovesToALineOfItsOwn() {
    Tensor x = Tensor.ones(12).requiresGrad(true);
    assertThat(Tensor.ones(2).requiresGrad(true))
        .hasToString("tensor([1., 1.], requires_grad=True)");
    assertThat(x.narrow(0, 0, 10).mul(1))
        .hasToString("tensor([1., 1., 1., 1., 1., 1., 1., 1., 1., 1.], grad_fn=<MulBackward0>)");
    assertThat(x.softmax(0))
        .hasToString(
            """
            tensor([0.0833, 0.0833, 0.0833, 0.0833, 0.0833, 0.0833, 0.0833, 0.0833, 0.0833,
                    0.0833, 0.0833, 0.0833], grad_fn=<SoftmaxBackward0>)\
            """);
    assertThat(x.narrow(0, 0, 9).toDouble().mul(1))
        .hasToString(
            """
            tensor([1., 1., 1., 1., 1., 1., 1., 1., 1.], dtype=torch.float64,
                   grad_fn=<MulBackward0>)\
            """);
    assertThat(Tensor.ones(DType.FLOAT64, 11).requiresGrad(true))
        .hasToString(
            """
            tensor([1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1.], dtype=torch.float64,
                   requires_grad=True)\
            """);
  }

  private static void named(String name, Tensor result) {
    assertThat(result.toString()).endsWith(" grad_fn=<" + name + ">)");
  }

  @Test
  void gradFnHasPyTorchsName() {
    Tensor x = Tensor.rand(3, 4).requiresGrad(true);
    Tensor y = Tensor.rand(2, 3, 4).requiresGrad(true);
    named("PowBackward0", x.square());
    named("PowBackward0", x.pow(3));
    named("PowBackward1", x.pow(x));
    named("RemainderBackward1", x.remainder(x));
    named("DivBackward2", x.floorDivide(x));
    named("ClampBackward1", x.clamp(0, 1));
    named("EluBackward0", x.selu());
    named("DigammaBackward0", x.digamma());
    named("PolygammaBackward0", x.polygamma(1));
    named("Logaddexp2Backward0", x.logaddexp2(x));
    named("I0Backward0", x.i0());
    named("SpecialI1EBackward0", x.i1e());
    named("SpecialXlog1PyBackward0", x.xlog1py(x));
    named("ToCopyBackward0", x.toDouble());
    named("SumBackward0", x.sum());
    named("SumBackward1", x.sum(1));
    named("MeanBackward1", x.mean(0, true));
    named("NormBackward1", x.norm());
    named("LogsumexpBackward0", x.logsumexp(0));
    named("MmBackward0", x.matmul(x.t()));
    named("MvBackward0", x.matmul(Tensor.ones(4)));
    named("BmmBackward0", y.bmm(y.mT()));
    named("UnsafeViewBackward0", y.matmul(x.t()));
    named("TBackward0", x.t());
    named("TransposeBackward0", y.transpose(0, 2));
    named("PermuteBackward0", y.permute(1, 2, 0));
    named("UnsqueezeBackward0", x.unsqueeze(1));
    named("SqueezeBackward1", x.unsqueeze(0).squeeze(0));
    named("SqueezeBackward0", x.view(1, 3, 1, 4).squeeze());
    named("ViewBackward0", x.view(12));
    named("SelectBackward0", x.at(0));
    named("NativeLayerNormBackward0", Tensor.layerNorm(x, new int[] {4}, null, null, 1e-5));
    named("FillBackward2", x.mul(1).fill_(3));
    named("CopyBackwards", x.mul(1).copy_(x));
    Tensor changed = x.mul(1);
    changed.select(0, 0).mul_(2);
    named("CopySlices", changed);
  }

  /** Doubles its input. */
  private static final class Twice extends Op.Custom {
    @Override
    public Tensor forward(Tensor... inputs) {
      return inputs[0].mul(2);
    }

    @Override
    public List<Tensor> backward(Tensor gradient, List<Tensor> inputs, Tensor output) {
      return List.of(gradient.mul(2));
    }
  }

  @Test
  void anOpOfYourOwnIsNamedByItsClass() {
    named("TwiceBackward", new Twice().apply(Tensor.ones(2).requiresGrad(true)));
  }

  @Test
  void rowSparseGradientsShowRowsAndValues() {
    Tensor sparse = Tensor.sparse(Shape.of(5, 2), Tensor.of(2, 0), counted(2, 2));
    assertThat(sparse)
        .hasToString(
            """
            tensor(indices=tensor([2, 0]),
                   values=tensor([[0., 1.],
                                  [2., 3.]]),
                   size=(5, 2), nnz=2, layout=row_sparse)\
            """);
  }
}
