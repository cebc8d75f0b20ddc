package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.autograd.Autograd;
import gradus.nn.optim.Adam;
import gradus.nn.optim.SGD;
import gradus.tensor.GradMode;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Memory that is used again must never show: neither in a value nor in a tensor somebody holds. */
class MemoryTest {
  /** Large enough for the arrays to be used again. */
  private static final int N = 3000;

  private static Tensor numbers(Random random, int... shape) {
    return Tensor.fromArray(floats(random, Arrays.stream(shape).reduce(1, (a, b) -> a * b)), shape);
  }

  private static float[] floats(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  // ---- no aliasing

  /** A random program: each round makes results from earlier ones and keeps a few of them. */
  private static List<float[]> program(long seed, boolean scoped) {
    var random = new Random(seed);
    List<Tensor> held = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      held.add(numbers(random, 50, 60).requiresGrad(i < 2));
    }
    List<float[]> looks = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      try (Memory.Scope scope = scoped ? Memory.scope() : null) {
        List<Tensor> made = new ArrayList<>(held);
        for (int i = 0; i < 12; i++) {
          made.add(step(random, made));
        }
        Tensor last = made.getLast();
        if (last.requiresGrad() && random.nextBoolean()) {
          last.square().mean().backward();
        }
        Tensor kept = made.get(held.size() + random.nextInt(12)).detach();
        if (scoped) {
          scope.keep(kept);
        }
        held.add(kept);
        held.stream().filter(Tensor::hasGrad).forEach(t -> look(random, t, looks));
      }
      if (random.nextInt(3) == 0) {
        held.forEach(Tensor::zeroGrad);
      }
    }
    held.forEach(t -> looks.add(t.toFloatArray()));
    return looks;
  }

  /** Half of the gradients are looked at, and so held by somebody. */
  private static void look(Random random, Tensor leaf, List<float[]> looks) {
    if (random.nextBoolean()) {
      looks.add(leaf.grad().toFloatArray());
    }
  }

  private static Tensor step(Random random, List<Tensor> made) {
    Tensor a = made.get(random.nextInt(made.size()));
    Tensor b = made.get(random.nextInt(made.size()));
    return switch (random.nextInt(10)) {
      case 0 -> a.add(b);
      case 1 -> a.mul(b).tanh();
      case 2 -> a.sub(b.mean(0, true));
      case 3 -> a.softmax(1);
      case 4 -> a.transpose(0, 1).contiguous().transpose(0, 1);
      case 5 -> a.matmul(b.transpose(0, 1)).matmul(b).mul(0.01).tanh();
      case 6 -> F.gelu(a);
      case 7 -> Tensor.cat(0, a.narrow(0, 0, 25), b.narrow(0, 25, 25));
      case 8 -> a.maximum(b.sum(1, true));
      default -> a.detach().clone().mul_(0.5);
    };
  }

  @Test
  void aProgramGivesTheSameInScopesAsWithout() {
    for (long seed = 0; seed < 60; seed++) {
      List<float[]> plain = program(seed, false);
      List<float[]> scoped = program(seed, true);
      assertThat(scoped).as("seed " + seed).hasSameSizeAs(plain);
      for (int i = 0; i < plain.size(); i++) {
        assertThat(scoped.get(i)).as("seed " + seed + ", look " + i).isEqualTo(plain.get(i));
      }
    }
  }

  @Test
  void aTensorSaysThatItsMemoryWasHandedBack() {
    Tensor x = numbers(new Random(1), N);
    Tensor inside;
    Tensor view;
    Tensor small;
    try (var _ = Memory.scope()) {
      inside = x.add(1);
      view = inside.narrow(0, 5, 10);
      small = x.narrow(0, 0, 2).add(1);
    }
    for (Tensor gone : List.of(inside, view, small)) {
      assertThatThrownBy(() -> gone.add(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "memory: this tensor was made inside a Memory.scope() that is closed, and its memory"
                  + " has been handed back. What a scope makes lives until it is closed. Keep it:"
                  + " scope.keep(x), or read what you need before.");
      assertThatThrownBy(gone::toString).hasMessageStartingWith("memory: ");
      assertThatThrownBy(gone::toFloatArray).hasMessageStartingWith("memory: ");
    }
    assertThat(inside.shape().toArray()).containsExactly(N);
  }

  @Test
  void whatIsKeptBelongsToTheScopeAround() {
    Tensor x = numbers(new Random(2), N);
    Tensor kept;
    Tensor keptTwice;
    try (var outer = Memory.scope()) {
      try (var inner = Memory.scope()) {
        kept = inner.keep(x.add(1));
        keptTwice = outer.keep(inner.keep(x.add(2)));
      }
      assertThat(kept.get(0)).isEqualTo(x.add(1).get(0));
    }
    assertThatThrownBy(kept::toFloatArray).hasMessageStartingWith("memory: ");
    assertThat(keptTwice.toFloatArray()).isEqualTo(x.add(2).toFloatArray());
  }

  @Test
  void anArrayOfTheUserIsNeverHandedBack() {
    float[] mine = floats(new Random(3), N);
    float[] before = mine.clone();
    try (var _ = Memory.scope()) {
      Tensor.fromArray(mine).add(1);
    }
    try (var _ = Memory.scope()) {
      Tensor.zeros(N).fill_(7);
    }
    assertThat(mine).isEqualTo(before);
  }

  @Test
  void aScopeIsClosedByTheThreadThatOpenedIt() throws InterruptedException {
    var scope = Memory.scope();
    var failure = new ArrayList<Throwable>();
    Thread other = new Thread(scope::close, "other");
    other.setUncaughtExceptionHandler((_, e) -> failure.add(e));
    other.start();
    other.join();
    scope.close();
    scope.close();
    assertThat(failure.getFirst())
        .hasMessageContaining("Close a scope in the thread that opened it");
  }

  // ---- gradients

  @Test
  void aGradientThatWasLookedAtStays() {
    Tensor w = numbers(new Random(4), N).requiresGrad(true);
    w.mul(3).sum().backward();
    Tensor seen = w.grad();
    for (int i = 0; i < 5; i++) {
      w.zeroGrad();
      w.mul(i).sum().backward();
    }
    assertThat(seen.toFloatArray()).containsOnly(3f);
  }

  @Test
  void capturedGradientsAndWhatHooksSeeStay() {
    Tensor w = numbers(new Random(5), N).requiresGrad(true);
    List<Tensor> seen = new ArrayList<>();
    Tensor y = w.mul(2);
    y.registerHook(
        g -> {
          seen.add(g);
          seen.add(g.mul(5));
          return g;
        });
    Tensor captured = Autograd.grad(y.mul(4).sum(), w).getFirst();
    for (int i = 0; i < 5; i++) {
      w.mul(i).tanh().sum().backward();
    }
    assertThat(captured.toFloatArray()).containsOnly(8f);
    assertThat(seen.get(0).toFloatArray()).containsOnly(4f);
    assertThat(seen.get(1).toFloatArray()).containsOnly(20f);
  }

  @Test
  void gradientsOutliveTheScopeTheyWereMadeIn() {
    Tensor w = numbers(new Random(6), N).requiresGrad(true);
    for (int i = 0; i < 3; i++) {
      try (var _ = Memory.scope()) {
        w.mul(2).sum().backward();
      }
    }
    assertThat(w.grad().toFloatArray()).containsOnly(6f);
  }

  @Test
  void secondDerivativesAreTheSameInAScope() {
    Tensor w = numbers(new Random(7), 50, 60).requiresGrad(true);
    List<float[]> gradients = new ArrayList<>();
    for (boolean scoped : new boolean[] {false, true}) {
      try (Memory.Scope _ = scoped ? Memory.scope() : null) {
        w.zeroGrad();
        Tensor y = w.tanh().matmul(w.t()).softmax(1).square().sum();
        Tensor g = Autograd.grad(List.of(y), List.of(w), null, true, true).getFirst();
        g.square().sum().backward();
        gradients.add(w.grad().toFloatArray());
      }
    }
    assertThat(gradients.get(1)).isEqualTo(gradients.get(0));
  }

  @Test
  void rowSparseGradientsOutliveTheScopeOfWhatTheyWereMadeOf() {
    var table = new Embedding(100, 64, true);
    try (var _ = Memory.scope()) {
      Tensor y = table.forward(Tensor.arange(50));
      y.backward(Tensor.ones(50, 64).mul(3));
    }
    try (var _ = Memory.scope()) {
      Tensor.zeros(50, 64).add(7); // would take the memory, were it free
    }
    assertThat(table.weight.grad().toDense().sum().item()).isEqualTo(3 * 50 * 64);
  }

  // ---- training

  private static float[] trained(boolean scoped, boolean momentum) {
    Tensor.manualSeed(11);
    var model = new Sequential(new Linear(64, 80), new ReLU(), new Linear(80, 64));
    var optimizer =
        momentum ? new SGD(model.parameters(), 0.1, 0.9) : new Adam(model.parameters(), 0.01);
    Tensor x = Tensor.randn(48, 64);
    Tensor y = Tensor.randn(48, 64);
    for (int i = 0; i < 25; i++) {
      try (Memory.Scope _ = scoped ? Memory.scope() : null) {
        optimizer.zeroGrad();
        F.mseLoss(model.forward(x), y).backward();
        ClipGradCheck.clip(model.parameters(), i);
        optimizer.step();
      }
    }
    try (var _ = GradMode.noGrad()) {
      return model.forward(x).toFloatArray();
    }
  }

  private static final class ClipGradCheck {
    static void clip(List<Tensor> parameters, int step) {
      if (step % 2 == 0) {
        gradus.nn.optim.ClipGrad.clipGradNorm(parameters, 0.5, 2);
      }
    }
  }

  @Test
  void trainingInScopesGivesTheSameBits() {
    assertThat(trained(true, false)).isEqualTo(trained(false, false));
    assertThat(trained(true, true)).isEqualTo(trained(false, true));
  }

  @Test
  void aThousandStepsTakeNoFreshArrays() {
    Tensor.manualSeed(12);
    var model = new Sequential(new Linear(64, 80), new ReLU(), new Linear(80, 64));
    var optimizer = new Adam(model.parameters(), 0.001);
    Tensor x = Tensor.randn(48, 64);
    Tensor y = Tensor.randn(48, 64);
    Memory.Stats warm = null;
    for (int i = 0; i < 1000; i++) {
      try (var _ = Memory.scope()) {
        optimizer.zeroGrad();
        F.mseLoss(model.forward(x), y).backward();
        optimizer.step();
      }
      if (i == 10) {
        warm = Memory.stats();
      }
    }
    Memory.Stats end = Memory.stats();
    assertThat(end.fresh()).isEqualTo(warm.fresh());
    assertThat(end.recycled()).isGreaterThan(warm.recycled() + 5000);
    assertThat(end.waitingBytes()).isEqualTo(warm.waitingBytes());
  }
}
