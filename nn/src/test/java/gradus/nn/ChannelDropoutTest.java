package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Channels and elements that are dropped, with the numbers PyTorch draws. */
class ChannelDropoutTest {
  /** PyTorch fills a tensor of one number a channel by {@code bernoulli_(1 - p)}. */
  private static Tensor drawn(double p, int... shape) {
    Tensor.manualSeed(4);
    return Tensor.empty(shape).bernoulli_(1 - p);
  }

  @Test
  void wholeChannelsByOneNumberEach() {
    Tensor x = Tensor.randn(3, 5, 4, 2);
    Tensor noise = drawn(0.3, 3, 5, 1, 1);
    Tensor.manualSeed(4);
    assertThat(F.dropout2d(x, 0.3, true).allclose(x.mul(noise.div(0.7)), 1e-6, 1e-7)).isTrue();
    Tensor.manualSeed(4);
    Tensor sequence = x.select(3, 0);
    assertThat(
            new Dropout1d(0.3)
                .forward(sequence)
                .allclose(sequence.mul(noise.squeeze(3).div(0.7)), 1e-6, 1e-7))
        .isTrue();
    Tensor one = Tensor.randn(15, 2, 2, 2);
    Tensor.manualSeed(4);
    Tensor wanted = one.mul(noise.reshape(15, 1, 1, 1).div(0.7));
    assertThat(new Dropout3d(0.3).forward(one).allclose(wanted, 1e-6, 1e-7)).isTrue();
  }

  @Test
  void alphaKeepsMeanAndVariance() {
    Tensor x = Tensor.randn(200, 500);
    Tensor y = F.alphaDropout(x, 0.2, true);
    assertThat(y.mean().item()).isCloseTo(0, within(0.02));
    assertThat(y.var().item()).isCloseTo(1, within(0.03));
    Tensor few = Tensor.randn(4, 6);
    Tensor noise = drawn(0.2, 4, 6);
    double alpha = 1.7580993408473766;
    double a = 1 / Math.sqrt((alpha * alpha * 0.2 + 1) * 0.8);
    Tensor lowest = noise.sub(1).mul(alpha * a).add(alpha * a * 0.2);
    Tensor.manualSeed(4);
    assertThat(
            F.alphaDropout(few, 0.2, true).allclose(few.mul(noise.mul(a)).add(lowest), 1e-6, 1e-6))
        .isTrue();
    Tensor channels = new FeatureAlphaDropout().forward(Tensor.zeros(2, 3, 4));
    assertThat(channels.amax(2).equal(channels.amin(2))).isTrue();
  }

  @Test
  void evaluationAndTheEnds() {
    Tensor x = Tensor.randn(2, 3, 4);
    assertThat(F.dropout1d(x, 0.5, false)).isSameAs(x);
    assertThat(new AlphaDropout().eval().forward(x)).isSameAs(x);
    assertThat(F.dropout1d(x, 0, true)).isSameAs(x);
    assertThat(F.dropout1d(x, 1, true).abs().max().item()).isZero();
    assertThat(F.featureAlphaDropout(x, 1, true).abs().max().item()).isZero();
    assertThat(F.dropout2d(Tensor.zeros(0, 3, 4, 4)).shape().toArray()).containsExactly(0, 3, 4, 4);
    Tensor in = Tensor.ones(1, 64, 2, 2);
    assertThat(new Dropout2d(0.5, true).forward(in)).isSameAs(in);
  }

  @Test
  void gradientsPassWhereNothingWasDropped() {
    Tensor x = Tensor.randn(DType.FLOAT64, 2, 8, 3).requiresGrad(true);
    Tensor y = F.dropout1d(x, 0.5, true);
    y.sum().backward();
    assertThat(x.grad().allclose(y.detach().div(x.detach()), 1e-9, 1e-9)).isTrue();
  }

  @Test
  void refusalsAndText() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.dropout1d(Tensor.ones(4), 0.5, true))
        .withMessageStartingWith("dropout1d: expected 2D or 3D input");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.featureAlphaDropout(Tensor.ones(4), 0.5, true))
        .withMessageContaining("at least 2 dimensions");
    assertThatIllegalArgumentException().isThrownBy(() -> new Dropout2d(1.5));
    assertThat(new Dropout2d(0.2)).hasToString("Dropout2d(p=0.2, inplace=False)");
    assertThat(new AlphaDropout()).hasToString("AlphaDropout(p=0.5, inplace=False)");
  }
}
