package gradus.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.GradMode;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private Tensor x;
  private Tensor weight;
  private int runs;

  @BeforeEach
  void leaves() {
    Tensor.manualSeed(3);
    x = Tensor.randn(40, 30).requiresGrad(true);
    weight = Tensor.randn(30, 30).requiresGrad(true);
  }

  @AfterEach
  void seed() {
    Tensor.manualSeed(0);
  }

  private Tensor block(Tensor in) {
    runs++;
    Tensor h = in.matmul(weight).tanh().mul(Tensor.rand(in.shape().toArray()).gt(0.3).toFloat());
    h.add_(1);
    return h.softmax(1).mul(h).log();
  }

  private List<float[]> gradients(UnaryOperator<Tensor> f) {
    x.zeroGrad();
    weight.zeroGrad();
    Tensor.manualSeed(7);
    Tensor y = f.apply(x);
    float[] next = Tensor.rand(3).toFloatArray();
    y.mul(y).sum().backward();
    float[] after = Tensor.rand(3).toFloatArray();
    return List.of(
        y.detach().toFloatArray(),
        next,
        after,
        x.grad().toFloatArray(),
        weight.grad().toFloatArray());
  }

  private void same(List<float[]> actual, List<float[]> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as("number " + i).containsExactly(expected.get(i));
    }
  }

  @Test
  void everythingIsTheSameBitForBit() {
    List<float[]> plain = gradients(this::block);
    runs = 0;
    same(gradients(in -> Checkpoint.checkpoint(this::block, in)), plain);
    assertThat(runs).isEqualTo(2);
  }

  @Test
  void nestedAndOneAfterAnother() {
    UnaryOperator<Tensor> twice = in -> block(block(in));
    List<float[]> plain = gradients(twice);
    same(gradients(in -> Checkpoint.checkpoint(twice, in)), plain);
    UnaryOperator<Tensor> nested =
        in -> Checkpoint.checkpoint(outer -> block(Checkpoint.checkpoint(this::block, outer)), in);
    same(gradients(nested), plain);
    same(
        gradients(in -> Checkpoint.checkpointSequential(List.of(this::block, this::block), 2, in)),
        plain);
  }

  @Test
  void insideOfAMemoryScope() {
    List<float[]> plain = gradients(this::block);
    for (int step = 0; step < 3; step++) {
      try (var _ = Memory.scope()) {
        same(gradients(in -> Checkpoint.checkpoint(this::block, in)), plain);
      }
    }
  }

  @Test
  void withoutSeedTheSameIsDroppedAgain() {
    Tensor ones = Tensor.ones(1000).requiresGrad(true);
    Tensor y = Checkpoint.checkpoint(t -> t.mul(Tensor.rand(1000).gt(0.5).toFloat()), ones);
    y.sum().backward();
    assertThat(ones.grad().toFloatArray()).containsExactly(y.detach().toFloatArray());
  }

  @Test
  void gradientsOfSecondOrder() {
    Tensor p = Tensor.of(2.0, 3.0).requiresGrad(true);
    Tensor y = Checkpoint.checkpoint(t -> t.pow(3).exp().log(), p).sum();
    Tensor slope = Autograd.grad(y, List.of(p), true).getFirst();
    assertThat(Autograd.grad(slope.sum(), p).getFirst().toFloatArray())
        .usingComparatorWithPrecision(1e-3f)
        .containsExactly(12, 18);
  }

  @Test
  void severalInputsAndOutputs() {
    Tensor a = Tensor.of(2.0).requiresGrad(true);
    Tensor b = Tensor.of(5.0).requiresGrad(true);
    List<Tensor> out =
        Checkpoint.checkpoint(
            in -> List.of(in.get(0).mul(in.get(1)), in.get(0).square()), List.of(a, b));
    out.get(0).add(out.get(1)).backward();
    assertThat(a.grad().item()).isEqualTo(9);
    assertThat(b.grad().item()).isEqualTo(2);
  }

  @Test
  void whatIsInsideIsDropped() {
    var inside = new ArrayList<WeakReference<Tensor>>();
    Tensor y =
        Checkpoint.checkpoint(
            t -> {
              Tensor h = t.exp();
              inside.add(new WeakReference<>(h));
              return h.exp();
            },
            x);
    System.gc();
    assertThat(inside.getFirst().get()).isNull();
    y.sum().backward();
    System.gc();
    assertThat(inside).hasSize(2).allMatch(tensor -> tensor.get() == null);
    assertThat(y.node()).isPresent();
  }

  @Test
  void nothingIsComputedTwiceWithoutGradients() {
    try (var _ = GradMode.noGrad()) {
      assertThat(Checkpoint.checkpoint(this::block, x).requiresGrad()).isFalse();
    }
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void changesMeanwhileAreTold() {
    Tensor y = Checkpoint.checkpoint(this::block, x).sum();
    try (var _ = GradMode.noGrad()) {
      weight.mul_(2);
    }
    assertThatThrownBy(y::backward)
        .hasMessageStartingWith(
            "backward: input 1 [30, 30] of MatMul was changed in place after it was used");
  }

  @Test
  void misuseIsTold() {
    Tensor h = x.mul(1);
    assertThatThrownBy(() -> Checkpoint.checkpoint(t -> t.mul_(2), h))
        .hasMessage(
            "checkpoint: the function changed its input [40, 30] in place. It runs once more in backward and needs the"
                + " same input. Use the op without underscore.");
    Tensor y = Checkpoint.checkpoint(t -> runs++ == 0 ? t.exp() : t.sin(), x).sum();
    assertThatThrownBy(y::backward)
        .hasMessageStartingWith(
            "checkpoint: computed again in backward, the function took Sin[40, 30] where it was Exp[40, 30].");
    assertThatThrownBy(() -> Checkpoint.checkpointSequential(List.of(this::block), 2, x))
        .hasMessageStartingWith("checkpointSequential: 2 segments of 1 functions.");
  }

  @Test
  void backwardTwiceIsRefusedAsEver() {
    Tensor y = Checkpoint.checkpoint(this::block, x).sum();
    y.backward();
    assertThatThrownBy(y::backward).hasMessageContaining("was freed by an earlier backward");
  }
}
