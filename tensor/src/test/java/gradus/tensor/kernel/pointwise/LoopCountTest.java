package gradus.tensor.kernel.pointwise;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.Tensor;
import java.lang.reflect.Field;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Loops are kept for good, so there may be one for each op, but never one for each call. */
class LoopCountTest {
  private static int loops() throws ReflectiveOperationException {
    Field made = LoopTemplates.class.getDeclaredField("MADE");
    made.setAccessible(true);
    return ((Map<?, ?>) made.get(null)).size();
  }

  private static void callThemAll(Tensor x) {
    x.mean();
    x.celu(1.5);
    x.round(2);
    x.polygamma(3);
    x.clamp(-1, 1);
    x.pow(1.7);
    x.add(0.5).softplus(2, 20);
  }

  @Test
  void callsDoNotAddLoops() throws ReflectiveOperationException {
    Tensor x = Tensor.rand(3, 4).add(0.5);
    callThemAll(x);
    int before = loops();
    for (int i = 0; i < 50; i++) {
      callThemAll(x);
    }
    assertThat(loops()).isEqualTo(before);
  }
}
