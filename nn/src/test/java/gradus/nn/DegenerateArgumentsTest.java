package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import gradus.nn.optim.Rprop;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves nothing, or asks for more than there can be, is told instead of divided by. */
class DegenerateArgumentsTest {
  @Test
  void circularPaddingOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> F.pad(Tensor.of(1.0, 2.0, 3.0), new int[] {1, -3}, "circular"))
        .withMessage(
            "pad: {1, -3} for dimension 0 of [3]: there is nothing to be continued. Use mode"
                + " constant.");
    assertThat(F.pad(Tensor.of(1.0, 2.0, 3.0), new int[] {1, -1}, "circular").toFloatArray())
        .containsExactly(2, 1, 2);
    assertThat(F.pad(Tensor.of(1.0, 2.0, 3.0), new int[] {0, -3}, "circular").numel()).isZero();
  }

  @Test
  void combinationsOfMoreThanThereAre() {
    Tensor none = Tensor.combinations(Tensor.of(1, 2, 3), Integer.MAX_VALUE, false);
    assertThat(none.shape()).isEqualTo(Shape.of(0, Integer.MAX_VALUE));
    assertThat(Tensor.combinations(Tensor.of(1, 2, 3), 0, false).shape()).isEqualTo(Shape.of(0));
  }

  @Test
  void piecesOfNothing() {
    Tensor empty = Tensor.zeros(0, 3);
    assertThat(empty.chunk(3)).hasSize(3).allMatch(piece -> piece.shape().equals(Shape.of(0, 3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> empty.chunk(Integer.MAX_VALUE))
        .withMessageStartingWith("chunk: 2147483647 pieces of an empty dimension are too many.");
  }

  @Test
  void pairsThatAreNone() {
    List<Tensor> params = List.of(Tensor.ones(2).requiresGrad(true));
    double[] two = {0.5, 1.2};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rprop(params, 0.1, new double[] {0.5}, two, false))
        .withMessage("optimizer: etas has 1 values. It must have two.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rprop(params, 0.1, two, new double[0], false))
        .withMessage("optimizer: stepSizes has 0 values. It must have two.");
  }
}
