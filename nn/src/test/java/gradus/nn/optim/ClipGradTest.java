package gradus.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The norm of all gradients, whatever it is; as PyTorch does where it is not finite. */
class ClipGradTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private static List<Tensor> gradients(double[]... gradients) {
    return Arrays.stream(gradients)
        .map(
            values -> {
              Tensor g = Tensor.of(values);
              Tensor parameter = Tensor.zerosLike(g).requiresGrad(true);
              parameter.setGrad(g);
              return parameter;
            })
        .toList();
  }

  private static double[] first(List<Tensor> parameters) {
    return parameters.getFirst().grad().toDoubleArray();
  }

  @Test
  void aNormThatIsNotANumberLeavesNothingUnclipped() {
    var parameters = gradients(new double[] {3, 4}, new double[] {NAN});
    assertThat(ClipGrad.clipGradNorm(parameters, 1)).isNaN();
    assertThat(first(parameters)).containsExactly(NAN, NAN);
  }

  @Test
  void anInfiniteNormLeavesZeros() {
    var parameters = gradients(new double[] {3, 4}, new double[] {INF, 1});
    assertThat(ClipGrad.clipGradNorm(parameters, 1)).isEqualTo(INF);
    assertThat(first(parameters)).containsExactly(0, 0);
    assertThat(parameters.get(1).grad().toDoubleArray()).containsExactly(NAN, 0);
  }

  @Test
  void aNormThatIsNotFiniteMayBeAnError() {
    for (double wrong : new double[] {NAN, INF}) {
      var parameters = gradients(new double[] {3, 4}, new double[] {wrong});
      assertThatThrownBy(() -> ClipGrad.clipGradNorm(parameters, 1, 2, true))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("clipGradNorm: the total norm of order 2.0 is " + wrong);
      assertThat(first(parameters)).containsExactly(3, 4);
    }
    assertThat(ClipGrad.clipGradNorm(gradients(new double[] {3, 4}), 1, 2, true))
        .isCloseTo(5, within(1e-6));
  }

  @Test
  void aNormIsZeroOrMore() {
    for (double wrong : new double[] {-1, NAN}) {
      assertThatThrownBy(() -> ClipGrad.clipGradNorm(gradients(new double[] {3}), wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("clipGradNorm: maxNorm is " + wrong + ". A norm is 0 or more.");
    }
    assertThatThrownBy(() -> ClipGrad.clipGradNorm(gradients(new double[] {3}), 1, NAN))
        .hasMessageStartingWith("clipGradNorm: normType is NaN.");
    var parameters = gradients(new double[] {3, 4});
    ClipGrad.clipGradNorm(parameters, 0);
    assertThat(first(parameters)).containsExactly(0, 0);
  }

  @Test
  void everyExponentIsThatOfAllElementsTogether() {
    double[] a = {3, 0, -4};
    double[] b = {0, 5};
    Tensor all = Tensor.of(new double[] {3, 0, -4, 0, 5});
    for (double p : new double[] {0, 0.5, 1, 2, 3, INF, -INF}) {
      assertThat(ClipGrad.clipGradNorm(gradients(a, b), 1e9, p))
          .as("p %s", p)
          .isCloseTo(all.norm(p).item(), within(1e-5));
    }
    assertThat(ClipGrad.clipGradNorm(List.of(), 1)).isZero();
    assertThat(ClipGrad.clipGradNorm(List.of(), 1, -INF)).isZero();
  }
}
