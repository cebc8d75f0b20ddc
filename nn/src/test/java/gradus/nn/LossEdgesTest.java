package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.Autograd;
import gradus.nn.optim.SGD;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Losses and their gradients at probabilities of 0 and 1, infinite scores, ties and nothing that
 * counts; what is expected was read off libtorch 2.7.1.
 */
class LossEdgesTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  /** The two types of floating point. */
  enum Float {
    SINGLE(DType.FLOAT32),
    DOUBLE(DType.FLOAT64);

    final DType dtype;

    Float(DType dtype) {
      this.dtype = dtype;
    }

    Tensor of(double... values) {
      return Tensor.fromArray(values, values.length).to(dtype).detach();
    }
  }

  private static double[] at(double... values) {
    return values;
  }

  /** Checks the gradient of the sum: on the kernels, and as one that is itself recorded. */
  private static void first(Float type, UnaryOperator<Tensor> f, double[] x, double... expected) {
    Tensor in = type.of(x).requiresGrad(true);
    f.apply(in).sum().backward();
    close(in.grad(), expected);
    Tensor again = type.of(x).requiresGrad(true);
    close(Autograd.grad(f.apply(again).sum(), List.of(again), true).getFirst(), expected);
  }

  private static void second(Float type, UnaryOperator<Tensor> f, double[] x, double... expected) {
    Tensor in = type.of(x).requiresGrad(true);
    Tensor once = Autograd.grad(f.apply(in).sum(), List.of(in), true).getFirst();
    close(Autograd.grad(once.sum(), in).getFirst(), expected);
  }

  private static void close(Tensor got, double... expected) {
    double[] values = got.detach().toDoubleArray();
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(expected[i])) {
        assertThat(values[i])
            .as("element %d of %s", i, got)
            .isCloseTo(expected[i], within(1e-4 * Math.max(1, Math.abs(expected[i]))));
      } else {
        assertThat(values[i]).as("element %d of %s", i, got).isEqualTo(Double.valueOf(expected[i]));
      }
    }
  }

  // pytorch/xla #2446, mlx PR #1280, pytorch #103316
  @ParameterizedTest
  @EnumSource
  void binaryCrossEntropyAtZeroAndOne(Float type) {
    double[] x = at(0, 1, 0, 1, 0.5, 1e-30);
    Tensor t = type.of(0, 1, 1, 0, 1, 1);
    UnaryOperator<Tensor> sum = p -> F.binaryCrossEntropy(p, t, Reduction.SUM);
    close(F.binaryCrossEntropy(type.of(x), t, Reduction.NONE), 0, 0, 100, 100, 0.6931472, 69.07755);
    first(type, sum, x, 0, 0, -1e12, 1e12, -2, -1e12);
    second(type, sum, x, 0, 0, 1e24, 1e24, 4, 1e24);
    first(type, p -> F.binaryCrossEntropy(p, t), x, 0, 0, -1e12 / 6, 1e12 / 6, -2 / 6.0, -1e12 / 6);
    Tensor weight = type.of(0.5, 1.5, 1.5, 0.5, 1.5, 1.5);
    first(
        type,
        p -> F.binaryCrossEntropy(p, t, weight, Reduction.NONE),
        x,
        at(0, 0, -1.5e12, 0.5e12, -3, -1.5e12));
    first(
        type,
        target -> F.binaryCrossEntropy(type.of(0, 1, 0.25), target, Reduction.SUM),
        at(0, 1, 0.5),
        at(100, -100, Math.log(3)));
  }

  @ParameterizedTest
  @EnumSource
  void aSureAndRightPredictionLeavesTheWeightAlone(Float type) {
    Tensor w = type.of(5).reshape(1, 1).detach().requiresGrad(true);
    var optimizer = new SGD(List.of(w), 1);
    Tensor p = type.of(8).reshape(1, 1).matmul(w).sigmoid();
    F.binaryCrossEntropy(p, type.of(1).reshape(1, 1)).backward();
    optimizer.step();
    assertThat(w.detach().item()).isCloseTo(5, within(1e-9));
  }

  @Test
  void binaryCrossEntropyOfOtherTypes() {
    Tensor p = Tensor.of(0.25f, 0.5f);
    assertThat(F.binaryCrossEntropy(p, Tensor.of(1L, 0L)).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(F.binaryCrossEntropy(p, Tensor.of(1.0, 0.0).to(DType.FLOAT64)).dtype())
        .isEqualTo(DType.FLOAT64);
  }

  // pytorch #75181, #60612: nothing that counts
  @ParameterizedTest
  @EnumSource
  void allIgnoredGivesNoGradient(Float type) {
    Tensor target = Tensor.of(-100L, -100L);
    Tensor weight = type.of(1, 2);
    double[] scores = at(1, -INF, INF, 4);
    for (UnaryOperator<Tensor> f :
        List.<UnaryOperator<Tensor>>of(
            x -> F.crossEntropy(x, target),
            x -> F.crossEntropy(x, target, weight, -100, Reduction.MEAN, 0),
            x -> F.crossEntropy(x, target, null, -100, Reduction.MEAN, 0.1),
            x -> F.crossEntropy(x, target, weight, -100, Reduction.MEAN, 0.1),
            x -> F.nllLoss(x, target),
            x -> F.nllLoss(x, target, weight, -100, Reduction.MEAN))) {
      UnaryOperator<Tensor> loss = x -> f.apply(x.reshape(2, 2));
      assertThat(loss.apply(type.of(1, 2, 3, 4)).item()).isNaN();
      first(type, loss, at(1, 2, 3, 4), 0, 0, 0, 0);
    }
    UnaryOperator<Tensor> plain = x -> F.crossEntropy(x.reshape(2, 2), target);
    first(type, plain, scores, 0, 0, 0, 0);
    second(type, plain, at(1, 2, 3, 4), 0, 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void anIgnoredRowMayHoldAnything(Float type) {
    Tensor target = Tensor.of(-100L, 1L);
    UnaryOperator<Tensor> smooth =
        x -> F.crossEntropy(x.reshape(2, 2), target, null, -100, Reduction.MEAN, 0.1);
    close(smooth.apply(type.of(0, -INF, 0, 1)), 0.3632617);
    UnaryOperator<Tensor> plain = x -> F.crossEntropy(x.reshape(2, 2), target, Reduction.SUM);
    first(type, plain, at(INF, 0, 0, 0), 0, 0, 0.5, -0.5);
    first(type, plain, at(-INF, -INF, 0, 0), 0, 0, 0.5, -0.5);
  }

  @ParameterizedTest
  @EnumSource
  void crossEntropyOfInfiniteScores(Float type) {
    UnaryOperator<Tensor> f =
        x -> F.crossEntropy(x.reshape(2, 2), Tensor.of(0L, 1L), Reduction.NONE);
    close(f.apply(type.of(-INF, 0, INF, 0)), INF, NAN);
    first(type, f, at(-INF, 0, INF, 0), -1, 1, NAN, NAN);
    close(f.apply(type.of(0, -INF, -INF, 0)), 0, 0);
    first(type, f, at(0, -INF, -INF, 0), 0, 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void aMarginJustReachedHasNoSlope(Float type) {
    Tensor target = Tensor.of(0L, 2L);
    UnaryOperator<Tensor> one =
        x -> F.multiMarginLoss(x.reshape(2, 3), target, 1, 1, null, Reduction.SUM);
    first(type, one, at(1, 0, 2, 3, 3, 4), -1 / 3.0, 0, 1 / 3.0, 0, 0, 0);
    UnaryOperator<Tensor> many = x -> F.multilabelMarginLoss(x, Tensor.of(0L, -1L, -1L));
    first(type, many, at(1, 0, 2), -1 / 3.0, 0, 1 / 3.0);
  }

  @ParameterizedTest
  @EnumSource
  void kinkedLossesOfInfiniteDifferences(Float type) {
    Tensor zero = type.of(0, 0, 0, 0);
    double[] x = at(INF, -INF, 0.5, 0.25);
    UnaryOperator<Tensor> smooth = d -> F.smoothL1Loss(d, zero, Reduction.SUM, 0.5);
    first(type, smooth, x, 1, -1, 1, 0.5);
    UnaryOperator<Tensor> huber = d -> F.huberLoss(d, zero, Reduction.SUM, 0.5);
    first(type, huber, x, 0.5, -0.5, 0.5, 0.25);
    second(type, huber, x, 0, 0, 0, 1);
    close(F.huberLoss(type.of(0.5), type.of(0), Reduction.SUM, 0.5), 0.125);
  }

  @ParameterizedTest
  @EnumSource
  void otherLossesAtTheirEnds(Float type) {
    Tensor t = type.of(0, 1, 0.5);
    first(type, x -> F.klDiv(x, t, Reduction.SUM), at(-INF, 0, 1), 0, -1, -0.5);
    first(
        type,
        x -> F.binaryCrossEntropyWithLogits(x, t, Reduction.SUM),
        at(-200, 200, 0),
        at(0, 0, 0));
    first(
        type,
        x -> F.poissonNllLoss(x, t, false, true, 1e-8, Reduction.SUM),
        at(0, 1, 1),
        at(1, 0, 0.5));
    first(
        type,
        x -> F.softMarginLoss(x, type.of(1, -1, 1), Reduction.SUM),
        at(-200, 200, 0),
        -1,
        1,
        -0.5);
    first(type, x -> F.cosineSimilarity(x, type.of(1, 1), 0), at(0, 0), 70710678.1, 70710678.1);
    first(type, x -> F.normalize(x, 2, 0, 1e-12), at(0, 0), 1e12, 1e12);
    first(
        type,
        x -> F.pairwiseDistance(x.reshape(1, 2), type.of(0, 0).reshape(1, 2), 2, 0, false),
        at(0, 0),
        0,
        0);
  }

  @ParameterizedTest
  @EnumSource
  void softshrinkKeepsNan(Float type) {
    close(F.softshrink(type.of(-1, 0.2, NAN)), -0.5, 0, NAN);
    first(type, F::softshrink, at(-1, 0.2, NAN), 1, 0, 1);
  }
}
