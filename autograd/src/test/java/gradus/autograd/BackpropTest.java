package gradus.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.GradMode;
import gradus.tensor.Node;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackpropTest {
  private static Tensor leaf(double... values) {
    return Tensor.of(values).requiresGrad(true);
  }

  @Test
  void stepsRunFromTheLossToTheLeavesWithFormulas() {
    Tensor a = Tensor.of(new double[][] {{1, 2}, {3, 4}}).requiresGrad(true);
    Tensor b = Tensor.of(new double[][] {{5, 6}, {7, 8}}).requiresGrad(true);
    var ops = new ArrayList<String>();
    var formulas = new ArrayList<String>();
    for (Step step : Backprop.of(a.matmul(b).sum())) {
      ops.add(step.op());
      formulas.add(step.formula());
    }
    assertThat(ops).containsExactly("Sum", "MatMul", "Leaf", "Leaf");
    assertThat(formulas).containsExactly("dA = dC repeated", "dA = dC · Bᵀ, dB = Aᵀ · dC", "", "");
    assertThat(a.grad().toDoubleArray()).containsExactly(11, 15, 11, 15);
    assertThat(b.grad().toDoubleArray()).containsExactly(4, 4, 6, 6);
  }

  @Test
  void aNodeWaitsForAllItsConsumers() {
    // b = a + a; c = b + b: whoever visits b before both shares have arrived gets 2 instead of 4.
    Tensor a = leaf(1);
    Tensor b = a.add(a);
    b.add(b).sum().backward();
    assertThat(a.grad().item()).isEqualTo(4);
  }

  @Test
  void gradientsAddUpUntilTheyAreZeroed() {
    Tensor a = leaf(3);
    a.mul(2).sum().backward();
    a.mul(5).sum().backward();
    assertThat(a.grad().item()).isEqualTo(7);
    a.zeroGrad();
    assertThat(a.hasGrad()).isFalse();
  }

  @Test
  void leavesNeverShareTheMemoryOfTheirGradients() {
    Tensor a = leaf(1, 2);
    Tensor b = leaf(3, 4);
    a.add(b).sum().backward();
    a.grad().mul_(100);
    assertThat(b.grad().toDoubleArray()).containsExactly(1, 1);
  }

  @Test
  void aChainOfAHundredThousandOpsWorks() {
    Tensor a = leaf(1);
    Tensor t = a;
    for (int i = 0; i < 100_000; i++) {
      t = t.add(1);
    }
    t.sum().backward();
    assertThat(a.grad().item()).isEqualTo(1);
  }

  @Test
  void hooksSeeAndReplaceGradients() {
    Tensor a = leaf(1, 2);
    Tensor y = a.mul(3);
    var seen = new ArrayList<Tensor>();
    y.registerHook(
        g -> {
          seen.add(g);
          return g.mul(10);
        });
    var removed = a.registerHook(g -> g.mul(1000));
    removed.close();
    y.sum().backward();
    assertThat(seen).hasSize(1);
    assertThat(a.grad().toDoubleArray()).containsExactly(30, 30);
  }

  @Test
  void retainGradKeepsTheGradientOfAResult() {
    Tensor a = leaf(2);
    Tensor y = a.mul(3).retainGrad();
    y.square().sum().backward();
    assertThat(y.grad().item()).isEqualTo(12);
  }

  @Test
  void gradReturnsInsteadOfAccumulating() {
    Tensor x = leaf(2);
    Tensor y = x.pow(3);
    Tensor first = Autograd.grad(y.sum(), List.of(x), true).getFirst();
    Tensor second = Autograd.grad(first.sum(), x).getFirst();
    assertThat(first.item()).isEqualTo(12);
    assertThat(second.item()).isEqualTo(12);
    assertThat(x.hasGrad()).isFalse();
  }

  @Test
  void gradOfAnUnusedInputSaysSo() {
    Tensor x = leaf(1);
    Tensor y = leaf(2);
    assertThatThrownBy(() -> Autograd.grad(x.mul(2).sum(), y))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("input 0 was not used");
  }

  @Test
  void sparseEmbeddingGradientNamesOnlyTheRowsUsed() {
    Tensor table = Tensor.ones(50_000, 4).requiresGrad(true);
    Tensor.embedding(table, Tensor.of(7, 9, 7), -1, false, true).sum().backward();
    assertThat(table.grad().isSparse()).isTrue();
    Tensor rows = table.grad().coalesce();
    assertThat(rows.indices().toLongArray()).containsExactly(7, 9);
    assertThat(rows.values().toDoubleArray()).containsExactly(2, 2, 2, 2, 1, 1, 1, 1);
    assertThat(table.grad().toDense().sum().item()).isEqualTo(12);
  }

  @Test
  void graphIsDrawnInThreeLanguages() {
    Tensor w = leaf(1, 2);
    Tensor loss = w.mul(2).sum();
    Graph graph = Graph.of(loss).name("w", w);
    assertThat(graph.toText()).isEqualTo("%0 = w [2]\n%1 = Mul(%0, _) [2]\n%2 = Sum(%1) []\n");
    assertThat(graph.toDot())
        .contains("n0 [shape=box, label=\"w [2]\"]")
        .contains("n0 -> n1")
        .contains("n1 -> n2");
    assertThat(graph.toMermaid()).contains("n0[\"w [2]\"]").contains("n1 --> n2");
    loss.backward();
    assertThat(w.grad().toDoubleArray()).containsExactly(2, 2);
  }

  /** An op that returns its input as it is. */
  static final class Same extends gradus.tensor.Op.Custom {
    @Override
    public Tensor forward(Tensor... in) {
      return in[0];
    }

    @Override
    public List<Tensor> backward(Tensor gradient, List<Tensor> in, Tensor output) {
      return java.util.Arrays.asList(gradient, null);
    }
  }

  @Test
  void aCustomOpNeverSharesMemoryWithItsInputs() {
    Tensor w = leaf(1, 2);
    Tensor x = w.mul(1);
    Tensor y = new Same().apply(x, Tensor.of(7));
    y.sum().backward();
    assertThat(w.grad().toDoubleArray()).containsExactly(1, 1);
    try (var _ = GradMode.noGrad()) {
      y.mul_(2);
    }
    assertThat(x.toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void retainedGradientsOfSeveralWalksAddUp() {
    for (boolean createGraph : new boolean[] {false, true}) {
      Tensor w = Tensor.ones(2).requiresGrad(true);
      Tensor y = w.mul(3).retainGrad();
      Tensor loss = y.square().sum();
      loss.backward(true, createGraph);
      Tensor first = y.grad().detach().clone();
      loss.backward(true, createGraph);
      assertThat(y.grad().detach().toFloatArray()).isEqualTo(first.mul(2).toFloatArray());
      assertThat(w.grad().detach().toFloatArray()).containsExactly(36, 36);
      y.zeroGrad();
      loss.backward();
      assertThat(y.grad().detach().toFloatArray()).containsExactly(6, 6);
    }
  }

  @Test
  void retainGradFollowsATensorThroughInPlaceOps() {
    Tensor w = leaf(1, 2);
    Tensor y = w.mul(2).retainGrad();
    y.mul_(3);
    y.sum().backward();
    assertThat(y.grad().toDoubleArray()).containsExactly(1, 1);
    assertThat(w.grad().toDoubleArray()).containsExactly(6, 6);
  }

  @Test
  void aHookMayNotChangeTheDtype() {
    Tensor w = leaf(1, 2);
    w.registerHook(g -> g.to(gradus.tensor.DType.FLOAT64));
    assertThatThrownBy(() -> w.sum().backward())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "registerHook: the hook returned FLOAT64[2] for a gradient FLOAT32[2]. Return one of its"
                + " shape and dtype.");
  }

  @Test
  void aWalkThatFailedIsOver() {
    Tensor w = leaf(1, 2);
    w.registerHook(
        g -> {
          throw new IllegalArgumentException("mine");
        });
    Backprop walk = Backprop.of(w.mul(2).sum());
    assertThatThrownBy(() -> walk.forEachRemaining(_ -> {})).hasMessage("mine");
    assertThat(walk.hasNext()).isFalse();
  }

  @Test
  void threadsMayShareALeaf() throws InterruptedException {
    Tensor w = Tensor.ones(100).requiresGrad(true);
    Runnable walks =
        () -> {
          for (int i = 0; i < 300; i++) {
            w.mul(1).sum().backward();
          }
        };
    Thread a = Thread.ofPlatform().start(walks);
    Thread b = Thread.ofPlatform().start(walks);
    a.join();
    b.join();
    assertThat(w.grad().sum().item()).isEqualTo(600 * 100);
  }

  @Test
  void aScopeClosedTwiceRestoresOnce() {
    var outer = GradMode.noGrad();
    outer.close();
    try (var _ = GradMode.noGrad()) {
      outer.close();
      assertThat(GradMode.isEnabled()).isFalse();
    }
    assertThat(GradMode.isEnabled()).isTrue();
  }

  @Test
  void gradientsAreRetainedForASecondWalk() {
    Tensor w = leaf(3);
    Tensor loss = w.square().sum();
    loss.backward(true, false);
    loss.backward();
    assertThat(w.grad().item()).isEqualTo(12);
  }

  @Test
  void namesAreEscapedInDrawings() {
    Tensor w = Tensor.ones(1).requiresGrad(true);
    Graph graph = Graph.of(w.mul(2)).name("a\"b\\<c", w);
    assertThat(graph.toDot()).contains("label=\"a\\\"b\\\\<c [1]\"");
    assertThat(graph.toMermaid()).contains("[\"a&quot;b\\&lt;c [1]\"]");
  }

  @Test
  void watchingLeavesNothingBehind() {
    Tensor a = Tensor.of(new double[] {1, 2}).requiresGrad(true);
    Tensor square = a.square();
    square.retainGrad();
    Tensor loss = square.sum();
    Step last = null;
    for (Step step : Backprop.watching(loss)) {
      last = step;
    }
    assertThat(last.gradient().toDoubleArray()).containsExactly(2, 4);
    assertThat(a.hasGrad()).isFalse();
    assertThat(square.hasGrad()).isFalse();
    loss.backward();
    assertThat(a.grad().toDoubleArray()).containsExactly(2, 4);
  }

  @Test
  void aStepCanBeAskedForAGradientOfOnesOwn() {
    Tensor a = Tensor.of(new double[] {1, 2}).requiresGrad(true);
    Tensor b = Tensor.of(new double[] {3, 5});
    Node mul = Backprop.watching(a.mul(b).sum()).order().get(1);
    Tensor gradient = Tensor.of(new double[] {10, 0}).requiresGrad(true);
    Step step = Step.of(mul, gradient);
    assertThat(step.formula()).isEqualTo("dA = dC ∘ B");
    Tensor share = step.edges().getFirst().gradient().orElseThrow();
    assertThat(share.toDoubleArray()).containsExactly(30, 0);
    assertThat(step.edges().get(1).gradient()).isEmpty();
    assertThat(Autograd.grad(share.select(0, 1), gradient).getFirst().toDoubleArray())
        .containsExactly(0, 5);
    assertThat(a.hasGrad()).isFalse();
  }
}
