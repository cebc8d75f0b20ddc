package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GradModeTest {
  private final Tensor leaf = Tensor.ones(2).requiresGrad(true);

  private boolean records() {
    return leaf.mul(2).requiresGrad();
  }

  @Test
  void scopesNestAndRestore() {
    assertThat(records()).isTrue();
    try (var _ = GradMode.noGrad()) {
      assertThat(records()).isFalse();
      try (var _ = GradMode.enableGrad()) {
        assertThat(records()).isTrue();
        try (var _ = GradMode.set(false)) {
          assertThat(records()).isFalse();
        }
        assertThat(records()).isTrue();
      }
      assertThat(GradMode.isEnabled()).isFalse();
    }
    assertThat(GradMode.isEnabled()).isTrue();
  }

  @Test
  void anExceptionRestoresToo() {
    try {
      inside();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("thrown inside");
    }
    assertThat(records()).isTrue();
  }

  private static void inside() {
    try (var _ = GradMode.noGrad()) {
      throw new IllegalStateException("thrown inside");
    }
  }

  @Test
  void eachThreadHasItsOwn() throws InterruptedException {
    var seen = new AtomicReference<Boolean>();
    try (var _ = GradMode.noGrad()) {
      Thread other = Thread.ofPlatform().start(() -> seen.set(records()));
      other.join();
      assertThat(records()).isFalse();
    }
    assertThat(seen.get()).isTrue();
  }

  @Test
  void onlyFloatingResultsOfLeavesThatAskAreRecorded() {
    assertThat(Tensor.ones(2).mul(2).node()).isEmpty();
    assertThat(leaf.toLong().requiresGrad()).isFalse();
    assertThat(leaf.detach().requiresGrad()).isFalse();
    assertThat(leaf.detach().storage).isSameAs(leaf.storage);
    Tensor y = leaf.mul(2);
    Node node = y.node().orElseThrow();
    assertThat(node.op()).isEqualTo(new Op.Mul());
    assertThat(node.input(0)).isSameAs(leaf);
    assertThat(node.output()).isSameAs(y);
    assertThat(node.needsGradient(0)).isTrue();
    assertThat(node.needsGradient(1)).isFalse();
    assertThat(leaf.node()).isEmpty();
    assertThat(leaf.isLeaf()).isTrue();
    assertThat(y.isLeaf()).isFalse();
  }

  @Test
  void sourcesAreTracedOnRequest() {
    assertThat(leaf.mul(2).node().orElseThrow().source()).isEmpty();
    try (var _ = GradMode.traceSources()) {
      // this test stands in our own package, whose frames are skipped
      assertThat(
              leaf.mul(2)
                  .node()
                  .orElseThrow()
                  .source()
                  .map(StackTraceElement::getClassName)
                  .orElse(""))
          .doesNotStartWith("gradus.tensor");
    }
  }

  @Test
  void switchingOnAndOff() {
    Tensor y = leaf.mul(2);
    Check.fails(
        () -> y.requiresGrad(false),
        IllegalStateException.class,
        "requiresGrad: this tensor is a result (of Mul); only leaves can be switched. Use detach()"
            + " for a copy outside of the graph.");
    assertThat(y.requiresGrad(true)).isSameAs(y);
    leaf.requiresGrad(false);
    assertThat(leaf.mul(2).requiresGrad()).isFalse();
  }

  @Test
  void gradientsAreSetByHandAndForgotten() {
    assertThat(leaf.hasGrad()).isFalse();
    leaf.setGrad(Tensor.of(1.0, 2.0));
    Check.is(leaf.grad(), "[2]", 1, 2);
    leaf.zeroGrad();
    assertThat(leaf.hasGrad()).isFalse();
    Check.invalid(
        () -> leaf.setGrad(Tensor.ones(3)),
        "setGrad: the gradient is FLOAT32[3] but the tensor is FLOAT32[2]. A gradient has the shape"
            + " and dtype of its tensor.");
  }

  @Test
  void backwardNeedsTheModuleThatHoldsTheDerivatives() {
    Check.fails(
        () -> leaf.sum().backward(),
        IllegalStateException.class,
        "backward: the module gradus.autograd is not there. It holds the derivatives. Add it to the"
            + " module path (--add-modules gradus.autograd).");
  }

  @Test
  void explainNeedsTheModuleThatHoldsTheWords() {
    Check.fails(
        () -> leaf.sum().explain(),
        IllegalStateException.class,
        "explain: the module gradus.studio is not there. It tells how a loss came to be. Add it to"
            + " the module path (--add-modules gradus.studio).");
  }
}
