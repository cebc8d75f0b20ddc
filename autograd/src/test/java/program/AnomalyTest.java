package program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.autograd.Autograd;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** In a package of its own: the lines of Gradus's packages are not those of a program. */
class AnomalyTest {
  @Test
  void forwardNamesOpLinePlaceAndInputs() {
    Tensor x = Tensor.of(4.0, -9.0, 1.0);
    try (var _ = Autograd.detectAnomaly()) {
      assertThatThrownBy(() -> x.mul(2).sqrt())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageMatching(
              "sqrt: the result \\[3\\] of Sqrt at AnomalyTest.java:\\d+ is NaN at \\[1\\]. Input 0 \\[3\\] has"
                  + " -18.0 to 8.0, -18.0 there. No input was NaN. Keep them .*");
    }
    assertThat(x.sqrt().get(1)).isNaN();
  }

  @Test
  void insideOfNoGradToo() {
    try (var _ = Autograd.detectAnomaly();
        var _ = GradMode.noGrad()) {
      assertThatThrownBy(() -> Tensor.of(0.0, 1.0).div(Tensor.of(0.0, 1.0)))
          .hasMessageContaining(
              "is NaN at [0]. Input 0 [2] has 0.0 to 1.0, 0.0 there. Input 1 [2]");
      assertThatThrownBy(() -> Tensor.of(0.0, 1.0).log_().mul_(0))
          .hasMessageStartingWith("mul_: the result [2] of Mul")
          .hasMessageContaining("Input 0 [2] has -Infinity to 0.0, -Infinity there.");
    }
  }

  @Test
  void aComposedOpIsCalledByItsName() {
    Tensor x = Tensor.of(new float[][] {{1, Float.POSITIVE_INFINITY}});
    try (var _ = Autograd.detectAnomaly()) {
      assertThatThrownBy(() -> x.var(1, true, false)).hasMessageStartingWith("var: the result [1");
    }
  }

  @Test
  void whatWasNaNAlreadyIsTold() {
    Tensor x = Tensor.of(1.0, Double.NaN);
    try (var _ = Autograd.detectAnomaly()) {
      assertThatThrownBy(() -> x.exp())
          .hasMessageContaining("Input 0 [2] is NaN already at [1]. It did not arise here.");
      Tensor moved = x.view(1, 2).toDouble().clone().transpose(0, 1);
      assertThat(Tensor.where(moved.isnan(), Tensor.scalar(0), moved).exp().sum().item())
          .isEqualTo(Math.E + 1);
    }
  }

  @Test
  void backwardNamesTheOpAndTheLineThatCalledIt() {
    Tensor x = Tensor.of(0.0, 4.0).requiresGrad(true);
    try (var _ = Autograd.detectAnomaly()) {
      Tensor root = x.sqrt();
      Tensor y = root.mul(Tensor.of(0.0, 1.0)).sum();
      assertThatThrownBy(y::backward)
          .hasMessageMatching(
              "backward: the gradient \\[2\\] of input 0 of Sqrt at AnomalyTest.java:\\d+ is NaN at \\[0\\]. The"
                  + " gradient that came in \\[2\\] has 0.0 to 1.0, 0.0 there. Input 0 \\[2\\] has 0.0 to 4.0, 0.0"
                  + " there. Its result \\[2\\] has 0.0 to 2.0, 0.0 there. The slope is not finite there. .*");
      assertThat(x.hasGrad()).isFalse();
      assertThatThrownBy(() -> x.exp().backward(Tensor.of(1.0, Double.NaN)))
          .hasMessageContaining("The gradient that came in [2] is NaN already at [1].");
    }
  }

  @Test
  void modesEndWhereTheyBegan() {
    assertThat(Autograd.isAnomalyEnabled()).isFalse();
    try (var _ = Autograd.setDetectAnomaly(true)) {
      try (var _ = Autograd.setDetectAnomaly(false)) {
        assertThat(Tensor.of(-1.0).sqrt().item()).isNaN();
      }
      assertThat(Autograd.isAnomalyEnabled()).isTrue();
    }
    assertThat(Autograd.isAnomalyEnabled()).isFalse();
    assertThat(Tensor.of(1.0).requiresGrad(true).exp().node().orElseThrow().source()).isEmpty();
  }
}
