package gradus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gradus.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only what PyTorch itself answers otherwise by now may differ from the samples. */
class NewerTest {
  private static final double NAN = Double.NaN;

  private static boolean passes(String op, double[] expected, double... got) {
    var mismatch =
        catchThrowableOfType(
            Compare.Mismatch.class,
            () -> Compare.check("result", Tensor.of(expected), Tensor.of(got), 0, false));
    return Newer.answer(Map.of("op", op), mismatch).isPresent();
  }

  @Test
  void aRowThatMaySeeNothing() {
    String op = "nn.functional.scaled_dot_product_attention";
    assertThat(passes(op, new double[] {NAN, NAN, 1}, 0, 0, 1)).isTrue();
    assertThat(passes(op, new double[] {NAN, NAN, 1}, 0, 0, 2)).isFalse();
    assertThat(passes(op, new double[] {1, 1, 1}, NAN, 1, 1)).isFalse();
    assertThat(passes("nn.MultiheadAttention", new double[] {NAN, 1}, 0.5, 1)).isTrue();
    assertThat(passes("softmax", new double[] {NAN, 1}, 0.5, 1)).isFalse();
  }

  @Test
  void softshrinkOfNan() {
    String op = "nn.functional.softshrink";
    assertThat(passes(op, new double[] {0, 1}, NAN, 1)).isTrue();
    assertThat(passes(op, new double[] {1, 1}, NAN, 1)).isFalse();
  }
}
