package gradus.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CastTest {
  @Test
  void gradientReturnsInTheDtypeItCameFrom() {
    Tensor x = Tensor.of(1.0, 2.0).requiresGrad(true);
    x.to(DType.FLOAT64).square().sum().backward();
    assertThat(x.grad().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(x.grad().toDoubleArray()).containsExactly(2, 4);
  }

  @Test
  void promotionIsACastThatGradientsPass() {
    Tensor x = Tensor.of(1.0, 2.0).requiresGrad(true);
    Tensor y = Tensor.of(3.0, 4.0).to(DType.FLOAT64).requiresGrad(true);
    x.mul(y).sum().backward();
    assertThat(x.grad().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(y.grad().dtype()).isEqualTo(DType.FLOAT64);
    assertThat(y.grad().toDoubleArray()).containsExactly(1, 2);
  }
}
