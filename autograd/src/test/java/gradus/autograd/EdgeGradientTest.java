package gradus.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.DType;
import gradus.tensor.Fused;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Gradients of first and second order where a formula meets 0, ∞ or a corner; what is expected was
 * read off libtorch 2.7.1, or is the limit where that gives NaN.
 */
class EdgeGradientTest {
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
  }

  private static double[] at(double... values) {
    return values;
  }

  /** Checks the gradient of the sum: on the kernels, and as one that is itself recorded. */
  private static void first(Float type, UnaryOperator<Tensor> f, double[] x, double... expected) {
    Tensor in = leaf(type, x);
    f.apply(in).sum().backward();
    close(in.grad(), expected);
    close(recorded(type, f, leaf(type, x)), expected);
  }

  /** Checks the gradient of the sum of gradients. */
  private static void second(Float type, UnaryOperator<Tensor> f, double[] x, double... expected) {
    Tensor in = leaf(type, x);
    close(Autograd.grad(recorded(type, f, in).sum(), in).getFirst(), expected);
  }

  private static Tensor leaf(Float type, double... x) {
    return Tensor.fromArray(x, x.length).to(type.dtype).detach().requiresGrad(true);
  }

  private static Tensor recorded(Float type, UnaryOperator<Tensor> f, Tensor in) {
    return Autograd.grad(f.apply(in).sum(), List.of(in), true).getFirst();
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

  // pytorch #49724 (second problem), #31829
  @ParameterizedTest
  @EnumSource
  void logsumexpWithInfinities(Float type) {
    UnaryOperator<Tensor> f = x -> x.logsumexp(0);
    first(type, f, at(0, INF), 0, NAN);
    first(type, f, at(INF, -INF), NAN, 0);
    first(type, f, at(-INF, 0), 0, 1);
    first(type, f, at(-INF, -INF), 0, 0);
    second(type, f, at(-INF, -INF), 0, 0);
    first(type, x -> x.reshape(2, 2).logsumexp(1, true), at(0, INF, 0, 0), 0, NAN, 0.5, 0.5);
  }

  @ParameterizedTest
  @EnumSource
  void logcumsumexpFromNothing(Float type) {
    UnaryOperator<Tensor> f = x -> x.logcumsumexp(0);
    first(type, f, at(-INF, 0, 1), 0, 1.2689414, 0.7310586);
    second(type, f, at(-INF, 0, 1), 0, 0, 0);
    first(type, f, at(-INF, -INF), 0, 0);
    first(type, f, at(0, INF, 1), 1, NAN, 0);
  }

  @ParameterizedTest
  @EnumSource
  void logaddexpWithInfinities(Float type) {
    for (UnaryOperator<Tensor> f :
        List.<UnaryOperator<Tensor>>of(x -> x.logaddexp(x.flip(0)), x -> x.logaddexp2(x.flip(0)))) {
      first(type, f, at(INF, 0), 2, 0);
      first(type, f, at(-INF, 0), 0, 2);
      second(type, f, at(-INF, 0), 0, 0);
      first(type, f, at(-INF, -INF), 0, 0);
      first(type, f, at(3, 3), 1, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void scansAndProductsWithZeros(Float type) {
    first(type, x -> x.cumprod(0), at(2, 0, 3, 0, 5), 1, 8, 0, 0, 0);
    second(type, x -> x.cumprod(0), at(2, 0, 3, 0, 5), 4, 42, 2, 36, 0);
    first(type, Tensor::prod, at(0, 2, 3), 6, 0, 0);
    second(type, Tensor::prod, at(0, 2, 3), 5, 3, 2);
    first(type, Tensor::prod, at(0, 2, 0), 0, 0, 0);
    first(type, x -> x.reshape(2, 2).prod(1), at(0, 0, 3, 0), 0, 0, 0, 3);
  }

  @ParameterizedTest
  @EnumSource
  void spreadOfFewOrEqualElements(Float type) {
    first(type, Tensor::std, at(3), NAN);
    first(type, Tensor::var, at(3), NAN);
    first(type, Tensor::std, at(3, 3, 3), 0, 0, 0);
    second(type, Tensor::var, at(3, 3), 0, 0);
    first(type, x -> x.var(new int[] {0}, 2, false), at(3), 0);
    first(type, x -> x.var(new int[] {0}, 5, false), at(1, 2), 1 / 3.0, -1 / 3.0);
  }

  @ParameterizedTest
  @EnumSource
  void normsAtZeroAndFarFromOne(Float type) {
    for (double p : at(0.5, 1.5, 2, 2.5, 3)) {
      first(type, x -> x.norm(p), at(0, 0), 0, 0);
      first(type, x -> x.norm(p), at(0, 2), 0, 1);
      second(type, x -> x.norm(p), at(0, 0), 0, 0);
      double share = Math.pow(0.5, 1 - 1 / p);
      first(type, x -> x.norm(p), at(1e-30, 1e-30), share, share);
    }
    for (double p : at(2.5, 3, 4)) {
      second(type, x -> x.norm(p), at(0, 2), 0, 0);
      double share = Math.pow(0.5, 1 - 1 / p);
      first(type, x -> x.norm(p), at(1e30, -1e30), share, -share);
    }
    second(type, x -> x.norm(2), at(0, 2), 0.5, 0);
    first(type, x -> x.norm(-1), at(0, 2), 0, 0);
    first(type, x -> x.norm(-1), at(INF, 1), 0, 1);
  }

  @ParameterizedTest
  @EnumSource
  void aNanIsTheExtreme(Float type) {
    first(type, Tensor::max, at(1, NAN, 2), 0, 1, 0);
    first(type, Tensor::max, at(NAN, NAN), 0.5, 0.5);
    first(type, Tensor::min, at(1, 1, 2), 0.5, 0.5, 0);
  }

  @ParameterizedTest
  @EnumSource
  void aNanLetsTheGradientPass(Float type) {
    first(type, Tensor::relu, at(-1, 0, 1, NAN), 0, 0, 1, 1);
    first(type, Fused.of(x -> x.relu())::apply, at(-1, 0, 1, NAN), 0, 0, 1, 1);
    first(type, x -> x.threshold(0, 2), at(-1, 0, 1, NAN), 0, 0, 1, 1);
  }

  @ParameterizedTest
  @EnumSource
  void theLogitAtItsEnds(Float type) {
    first(type, Tensor::logit, at(0, 0.5, 1), INF, 4, INF);
    first(type, x -> x.logit(0.1), at(0, 0.1, 0.5, 1), 0, 11.111111, 4, 0);
  }

  @ParameterizedTest
  @EnumSource
  void activationsFarOut(Float type) {
    first(type, Tensor::mish, at(-200, -20, 0, 20, 200, 1e6), 0, -3.916192e-8, 0.6, 1, 1, 1);
    second(type, Tensor::mish, at(0, 20, 1e6), 0.64, 0, 0);
    first(type, Tensor::logNdtr, at(-50, 0, 1, 50), 50.019985, 0.7978846, 0.2876, 0);
    second(type, Tensor::logNdtr, at(-1, 0, 1, 50), -0.8009023, -0.6366198, -0.3703137, 0);
    first(type, x -> x.softplus(2, 1), at(0.5, NAN), 0.7310586, NAN);
  }

  @ParameterizedTest
  @EnumSource
  void theSlopeOfTheSlopeIsZeroAtACorner(Float type) {
    second(type, x -> x.elu(1), at(-1, 0, 1), 0.36787945, 0, 0);
    second(type, x -> x.celu(0.5), at(-1, 0, 1), 0.27067056, 0, 0);
    second(type, Tensor::selu, at(-1, 0, 1), 0.6467686, 0, 0);
    second(type, Tensor::hardswish, at(-3, 0, 3), 0, 1 / 3.0, 0);
    second(type, x -> x.softplus(2, 1), at(0, 0.5), 0.5, 0);
  }

  @ParameterizedTest
  @EnumSource
  void powersRootsAndLogarithmsAtZero(Float type) {
    first(type, x -> x.pow(0.5), at(0, 1), INF, 0.5);
    first(type, x -> x.pow(0), at(0, 1), 0, 0);
    first(type, x -> x.pow(1), at(0, INF), 1, 1);
    second(type, x -> x.pow(2), at(0, 1), 2, 2);
    first(type, x -> x.pow(Tensor.zerosLike(x.detach())), at(0, -2, NAN), 0, 0, 0);
    first(type, x -> Tensor.zerosLike(x.detach()).pow(x), at(0, 1, -2), 0, 0, -INF);
    first(type, Tensor::sqrt, at(0, 4), INF, 0.25);
    first(type, x -> x.xlogy(x), at(0, 1), NAN, 1);
    first(type, x -> x.hypot(x.mul(2)), at(1), Math.sqrt(5));
  }
}
