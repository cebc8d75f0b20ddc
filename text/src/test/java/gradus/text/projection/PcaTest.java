package gradus.text.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcaTest {

  @Test
  void findsTheDirectionsOfSpread() {
    var random = new Random(1);
    float[] points = new float[500 * 3];
    for (int i = 0; i < 500; i++) {
      double along = random.nextGaussian() * 5;
      double across = random.nextGaussian();
      points[3 * i] = (float) (along * 0.6 + 7);
      points[3 * i + 1] = (float) (along * 0.8);
      points[3 * i + 2] = (float) across;
    }
    Pca pca = Pca.of(Tensor.fromArray(points, 500, 3), 2);
    assertThat(Math.abs(pca.axes().get(0, 0))).isCloseTo(0.6, within(0.02));
    assertThat(Math.abs(pca.axes().get(0, 1))).isCloseTo(0.8, within(0.02));
    assertThat(Math.abs(pca.axes().get(1, 2))).isCloseTo(1, within(0.02));
    assertThat(pca.explained()[0]).isCloseTo(25.0 / 26, within(0.01));
    assertThat(pca.project(Tensor.fromArray(points, 500, 3)).mean(0).abs().max().item())
        .isLessThan(1e-3);
  }

  @Test
  void axesAreAtRightAnglesAndTheSharesAreAllThereIs() {
    Tensor.manualSeed(3);
    Tensor points = Tensor.randn(200, 12).matmul(Tensor.randn(12, 12)).add(5);
    Pca pca = Pca.of(points, 12);
    Tensor products = pca.axes().matmul(pca.axes().transpose(0, 1));
    assertThat(products.sub(Tensor.eye(12)).abs().max().item()).isLessThan(1e-5);
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += pca.explained()[i];
      assertThat(pca.explained()[i])
          .isLessThanOrEqualTo(i == 0 ? 1 : pca.explained()[i - 1] + 1e-6);
    }
    assertThat(sum).isCloseTo(1, within(1e-4));
    Tensor distances = pca.project(points).select(0, 7).sub(pca.project(points).select(0, 9));
    double expected = points.select(0, 7).sub(points.select(0, 9)).norm().item();
    assertThat(distances.norm().item()).isCloseTo(expected, within(1e-3));
  }

  @Test
  void largeMatricesHaveTheSameAxes() {
    Tensor.manualSeed(4);
    Tensor few = Tensor.randn(500, 12).mul(Tensor.linspace(6, 1, 12)).add(3);
    Tensor turn = Pca.of(Tensor.randn(300, 700), 12).axes(); // [12, 700], at right angles
    assertThat(turn.matmul(turn.transpose(0, 1)).sub(Tensor.eye(12)).abs().max().item())
        .isLessThan(1e-5);
    Pca small = Pca.of(few, 6);
    Pca large = Pca.of(few.matmul(turn), 6);
    for (int i = 0; i < 6; i++) {
      assertThat(large.explained()[i]).isCloseTo(small.explained()[i], within(1e-4));
      double cosine = large.axes().select(0, i).dot(small.axes().select(0, i).matmul(turn)).item();
      assertThat(Math.abs(cosine)).isCloseTo(1, within(1e-3));
    }
  }

  @Test
  void fewerDirectionsThanAxesAreNoTrouble() {
    Tensor line =
        Tensor.arange(0, 10).toFloat().unsqueeze(1).matmul(Tensor.of(new float[][] {{3, 4, 0}}));
    Pca pca = Pca.of(line, 3);
    assertThat(pca.explained()[0]).isCloseTo(1, within(1e-5));
    assertThat(pca.explained()[1]).isCloseTo(0, within(1e-5));
    Tensor products = pca.axes().matmul(pca.axes().transpose(0, 1));
    assertThat(products.sub(Tensor.eye(3)).abs().max().item()).isLessThan(1e-5);
    Pca none = Pca.of(Tensor.ones(5, 4), 2);
    assertThat(none.explained()).containsExactly(0, 0);
    assertThat(none.project(Tensor.ones(5, 4)).abs().max().item()).isZero();
  }

  @Test
  void refusesWhatHasNoAxes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pca.of(Tensor.ones(5, 4), 5))
        .withMessage(
            "Pca: count is 5 and the points are [5, 4]. Points of 4 numbers have 1..4 axes.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pca.of(Tensor.ones(4), 1))
        .withMessageContaining("projection: the points are FLOAT32[4].");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pca.of(null, 1))
        .withMessage("projection: points is null. Give one.");
  }
}
