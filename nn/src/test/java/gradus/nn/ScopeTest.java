package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.autograd.Backprop;
import gradus.nn.optim.SGD;
import gradus.tensor.GradMode;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What layers keep outlives a scope, and a scope closed at the wrong moment breaks nothing. */
class ScopeTest {
  private static final int N = 60; // so that a matrix comes from the memory that is used again

  /** Everything that was handed back is overwritten, if it was handed back. */
  private static void useMemoryAgain() {
    for (int i = 0; i < 20; i++) {
      Tensor.full(gradus.tensor.Shape.of(N, N), Double.NaN, gradus.tensor.DType.FLOAT32);
    }
  }

  private static void whole(Tensor... tensors) {
    useMemoryAgain();
    for (Tensor tensor : tensors) {
      assertThat(tensor.detach().isfinite().all().itemBoolean()).isTrue();
    }
  }

  @Test
  void copiesOfStatesAndLayersOutliveTheScopeTheyWereMadeIn() {
    var frozen = new Linear(N, N);
    frozen.requiresGrad_(false);
    var table = Embedding.fromPretrained(Tensor.randn(N, N));
    StateDict state;
    Linear copy;
    Embedding copied;
    CrossEntropyLoss loss;
    Embedding made;
    EmbeddingBag bags;
    try (var _ = Memory.scope()) {
      state = frozen.stateDict().copy();
      copy = frozen.copy();
      copied = table.copy();
      loss = new CrossEntropyLoss(Tensor.ones(N, N).mul(2).reshape(N * N));
      made = Embedding.fromPretrained(Tensor.randn(N, N));
      bags = EmbeddingBag.fromPretrained(Tensor.randn(N, N), o -> o.mode("sum"));
    }
    whole(state.get("weight"), copy.weight, copied.weight, made.weight, bags.weight);
    whole(loss.weight.orElseThrow());
  }

  @Test
  void gradientsOutliveTheScopeWhicheverWayTheyCame() {
    var net = new Linear(N, N);
    Tensor x = Tensor.ones(4, N);
    try (var _ = Memory.scope()) {
      net.forward(x).square().sum().backward(false, true);
    }
    whole(net.weight.grad());
    Tensor once = net.weight.grad().detach().clone();
    try (var _ = Memory.scope()) {
      net.forward(x).square().sum().backward(false, true);
    }
    whole(net.weight.grad());
    assertThat(net.weight.grad().detach().allclose(once.mul(2), 1e-4, 1e-5)).isTrue();
    net.zeroGrad();
    try (var _ = Memory.scope()) {
      var walk = Backprop.of(net.forward(x).square().sum());
      while (walk.hasNext()) {
        walk.next();
      }
    }
    whole(net.weight.grad());
    assertThat(net.weight.grad().allclose(once, 1e-4, 1e-5)).isTrue();
    Tensor y;
    try (var _ = Memory.scope()) {
      y = net.forward(x).retainGrad();
      y.square().sum().backward(false, true);
    }
    whole(net.weight.grad());
  }

  @Test
  void aHookCannotCloseTheScopeThatBackwardRunsIn() {
    Tensor w = Tensor.ones(N, N).requiresGrad(true);
    try (var outer = Memory.scope()) {
      try (var inner = Memory.scope()) {
        for (Memory.Scope scope : List.of(outer, inner)) {
          Tensor h = w.mul(2);
          h.registerHook(
              g -> {
                scope.close();
                return g;
              });
          assertThatThrownBy(() -> h.tanh().sum().backward())
              .isInstanceOf(IllegalStateException.class)
              .hasMessageStartingWith("Memory.scope: backward runs in this scope");
          assertThat(Tensor.ones(N, N).add(1).sum().item()).isEqualTo(2 * N * N);
        }
      }
    }
    stillWorks(w);
  }

  @Test
  void aHookCannotLeaveAScopeOpen() {
    Tensor w = Tensor.ones(N, N).requiresGrad(true);
    var opened = new Memory.Scope[1];
    for (boolean inScope : new boolean[] {false, true}) {
      try (var _ = inScope ? Memory.scope() : null) {
        Tensor h = w.mul(3);
        h.registerHook(
            g -> {
              opened[0] = Memory.scope();
              return g;
            });
        assertThatThrownBy(() -> h.sum().backward())
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("Memory.scope: a hook opened a scope and left it open.");
        opened[0].close();
        assertThat(h.select(0, 0).sum().item()).isEqualTo(3 * N);
      }
    }
    stillWorks(w);
  }

  @Test
  void aHookMayUseAScopeOfItsOwnAndStep() {
    Tensor w = Tensor.ones(N, N).requiresGrad(true);
    Tensor other = Tensor.ones(N, N).requiresGrad(true);
    var optimizer = new SGD(List.of(other), 0.5);
    try (var _ = Memory.scope()) {
      Tensor h = w.mul(2);
      h.registerHook(
          g -> {
            try (var _ = Memory.scope();
                var _ = GradMode.enableGrad()) {
              other.square().sum().backward();
              optimizer.step();
            }
            return g;
          });
      h.sum().backward();
    }
    whole(w.grad(), other);
    assertThat(other.detach().sum().item()).isZero();
    stillWorks(w);
  }

  private static void stillWorks(Tensor w) {
    w.zeroGrad();
    try (var _ = Memory.scope()) {
      w.square().sum().backward();
    }
    assertThat(w.grad().sum().item()).isEqualTo(2 * N * N);
  }
}
