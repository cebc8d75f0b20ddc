package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.nn.optim.AdamW;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import gradus.tensor.kernel.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bits of a result do not depend on the number of threads, nor on who else is computing. */
class ThreadsTest {
  private static final int THREADS = Parallel.threads();

  @AfterEach
  void restoreThreads() {
    Parallel.threads(THREADS);
  }

  private static void sameBits(Supplier<List<float[]>> program) {
    Parallel.threads(1);
    List<float[]> alone = program.get();
    for (int threads : new int[] {2, 4}) {
      Parallel.threads(threads);
      List<float[]> shared = program.get();
      for (int i = 0; i < alone.size(); i++) {
        assertThat(shared.get(i)).as("result " + i + ", " + threads).isEqualTo(alone.get(i));
      }
    }
  }

  /** Large enough that everything is split. */
  private static List<float[]> operations() {
    Tensor.manualSeed(3);
    Tensor a = Tensor.randn(300, 700).requiresGrad(true);
    Tensor b = Tensor.randn(700, 260).requiresGrad(true);
    Tensor w = Tensor.randn(700).requiresGrad(true);
    Tensor table = Tensor.randn(400, 64).requiresGrad(true);
    Tensor ids = Tensor.randint(0, 400, 90, 30);
    Tensor targets = Tensor.randint(0, 260, 300);
    List<Tensor> results =
        List.of(
            a.matmul(b),
            a.t().contiguous().t().matmul(b.t().contiguous().t()),
            a.add(w).mul(w.t()).tanh(),
            a.gelu().sum(0),
            a.sum(1),
            a.mean(),
            a.max(0).values(),
            a.slice(1, 0, 700, 3).sum(1),
            a.t().add(Tensor.ones(700, 300)),
            a.softmax(1),
            a.logSoftmax(0),
            F.layerNorm(a, new int[] {700}, w, w, 1e-5),
            F.embedding(ids, table),
            F.crossEntropy(a.matmul(b), targets),
            attention(a, b));
    List<Tensor> leaves = List.of(a, b, w, table);
    results.forEach(r -> r.square().sum().backward(true, false));
    List<float[]> bits = new ArrayList<>();
    results.forEach(r -> bits.add(r.toFloatArray()));
    leaves.forEach(leaf -> bits.add(leaf.grad().toFloatArray()));
    return bits;
  }

  private static Tensor attention(Tensor a, Tensor b) {
    Tensor q = a.narrow(1, 0, 640).reshape(300, 10, 64).transpose(0, 1);
    Tensor k = b.narrow(1, 0, 256).reshape(700, 4, 64).narrow(0, 0, 300);
    Tensor keys = k.narrow(1, 0, 1).transpose(0, 1).expand(10, 300, 64);
    return F.scaledDotProductAttention(q, keys, q);
  }

  private static List<float[]> training() {
    Tensor.manualSeed(4);
    var table = new Embedding(500, 64);
    var encoder =
        new TransformerEncoderLayer(
            64,
            4,
            o ->
                o.dimFeedforward(256)
                    .dropout(0)
                    .activation("gelu")
                    .batchFirst(true)
                    .normFirst(true));
    var head = new Linear(64, 500);
    List<Tensor> parameters = new ArrayList<>(table.parameters());
    parameters.addAll(encoder.parameters());
    parameters.addAll(head.parameters());
    var optimizer = new AdamW(parameters, 1e-3);
    Tensor ids = Tensor.randint(0, 500, 8, 48);
    float[] losses = new float[4];
    for (int i = 0; i < losses.length; i++) {
      try (var _ = Memory.scope()) {
        optimizer.zeroGrad();
        Tensor scores = head.forward(encoder.forward(table.forward(ids))).reshape(8 * 48, 500);
        Tensor loss = F.crossEntropy(scores, ids.reshape(8 * 48));
        loss.backward();
        optimizer.step();
        losses[i] = (float) loss.item();
      }
    }
    List<float[]> bits = new ArrayList<>(List.of(losses));
    parameters.forEach(p -> bits.add(p.toFloatArray()));
    return bits;
  }

  @Test
  void operationsAndTheirGradients() {
    sameBits(ThreadsTest::operations);
  }

  @Test
  void trainingStepsOfATransformer() {
    sameBits(ThreadsTest::training);
  }

  @Test
  void manyThreadsMayTrainAtOnce() {
    Parallel.threads(2);
    List<float[]> alone = oneOfMany(0);
    List<List<float[]>> together =
        IntStream.range(0, 4).parallel().mapToObj(ThreadsTest::oneOfMany).toList();
    for (List<float[]> one : together) {
      for (int i = 0; i < alone.size(); i++) {
        assertThat(one.get(i)).isEqualTo(alone.get(i));
      }
    }
  }

  private static List<float[]> oneOfMany(int number) {
    float[] values = new float[64 * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    Tensor w = Tensor.fromArray(values, 64, 64).requiresGrad(true);
    Tensor x = Tensor.fromArray(values.clone(), 64, 64);
    for (int i = 0; i < 20; i++) {
      try (var _ = Memory.scope()) {
        w.zeroGrad();
        x.matmul(w).tanh().square().mean().backward();
        new gradus.nn.optim.SGD(List.of(w), 0.1).step();
      }
    }
    return List.of(w.toFloatArray());
  }
}
