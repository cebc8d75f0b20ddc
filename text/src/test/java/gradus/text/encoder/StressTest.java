package gradus.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.nn.F;
import gradus.nn.Linear;
import gradus.nn.bert.BertConfig;
import gradus.nn.bert.BertModel;
import gradus.nn.optim.AdamW;
import gradus.nn.optim.SGD;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import gradus.text.tokenizer.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Eight threads train and encode beside each other: nobody's numbers change. Takes five seconds;
 * {@code -Pstress} a minute.
 */
class StressTest {
  private static final String VOCAB =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\nbank\nriver\nmoney\n##s\nof\na\n";
  private static final List<String> TEXTS =
      List.of(
          "The bank of the river",
          "a bank",
          "moneys",
          "the the the the the the the the",
          "the river of money",
          "a river a bank",
          "",
          "of the money of the banks");
  private static final int SIZE = 5000;

  private final Map<String, Integer> faults = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> rounds = new ConcurrentHashMap<>();
  private volatile boolean over;

  private interface Round {
    void run() throws Exception;
  }

  private Thread start(String name, Round round) {
    AtomicInteger done = rounds.computeIfAbsent(name, _ -> new AtomicInteger());
    return Thread.ofPlatform()
        .name(name)
        .start(
            () -> {
              while (!over) {
                try {
                  round.run();
                  done.incrementAndGet();
                } catch (Throwable e) {
                  faults.merge(name + ": " + e, 1, Integer::sum);
                }
              }
            });
  }

  private void same(String what, float[] found, float[] wanted) {
    if (!java.util.Arrays.equals(found, wanted)) {
      faults.merge(what + " changed", 1, Integer::sum);
    }
  }

  private static SentenceEncoder encoder() throws IOException {
    Tensor.manualSeed(5);
    var config = new BertConfig(12, 64, 2, 4, 128, 20, 2, "gelu", 0.25, 1e-7);
    var in = new ByteArrayInputStream(VOCAB.getBytes(StandardCharsets.UTF_8));
    return new SentenceEncoder(
        Tokenizer.read(in, "vocab.txt"), new BertModel(config, true), Pooling.MEAN, true);
  }

  /** A few steps of a network of one's own; the weights at the end. */
  private static float[] training(Tensor weight, Tensor bias, Tensor x, Tensor y) {
    var model = new Linear(60, 60);
    model.weight.setGrad(Tensor.zerosLike(model.weight));
    try (var _ = gradus.tensor.GradMode.noGrad()) {
      model.weight.copy_(weight);
      model.bias.orElseThrow().copy_(bias);
    }
    var optimizer = new AdamW(model.parameters(), 0.01);
    for (int step = 0; step < 5; step++) {
      try (var _ = Memory.scope()) {
        optimizer.zeroGrad();
        F.mseLoss(model.forward(x).tanh(), y).backward();
        optimizer.step();
      }
    }
    return model.weight.toFloatArray();
  }

  @Test
  void nobodysNumbersChange() throws Exception {
    SentenceEncoder encoder = encoder();
    float[] vectors = encoder.encode(TEXTS).toFloatArray();
    Tensor weight = Tensor.randn(60, 60);
    Tensor bias = Tensor.randn(60);
    Tensor x = Tensor.randn(100, 60);
    Tensor y = Tensor.randn(100, 60);
    float[] trained = training(weight, bias, x, y);
    Tensor shared = Tensor.ones(SIZE).requiresGrad(true);
    Tensor counted = Tensor.arange(SIZE).toFloat();
    float[] sums = counted.add(1).mul(2).toFloatArray();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      threads.add(
          start(
              "a trainer of shared weights",
              () -> {
                try (var _ = Memory.scope()) {
                  var optimizer = new SGD(List.of(shared), 1e-9);
                  shared.mul(3).sum().backward();
                  shared.mul(3).sum().backward();
                  step(optimizer);
                  shared.zeroGrad();
                }
              }));
      threads.add(
          start(
              "an encoder",
              () -> same("a text's vector", encoder.encode(TEXTS).toFloatArray(), vectors)));
    }
    threads.add(
        start(
            "a trainer of its own",
            () -> same("its own weight", training(weight, bias, x, y), trained)));
    threads.add(
        start(
            "a trainer of the encoder",
            () -> {
              try (var _ = Memory.scope()) {
                encoder.forward(TEXTS).square().sum().backward();
                encoder.model.zeroGrad();
              }
            }));
    threads.add(
        start(
            "a bystander",
            () -> {
              Tensor one = counted.add(1);
              Tensor two = one.mul(2);
              same("a result", two.toFloatArray(), sums);
              same("a result kept", one.mul(2).toFloatArray(), sums);
            }));
    threads.add(
        start(
            "a bystander in a scope",
            () -> {
              try (var _ = Memory.scope()) {
                Tensor one = counted.add(1);
                Tensor.rand(SIZE).dot(one);
                same("a scope's result", one.mul(2).toFloatArray(), sums);
              }
            }));
    Thread.sleep(1000 * Integer.getInteger("gradus.stress.seconds", 5));
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(faults).isEmpty();
    assertThat(rounds.values()).allSatisfy(done -> assertThat(done.get()).isPositive());
  }

  /** Another thread may have taken the gradient away just then: that is an error, and no harm. */
  private static void step(SGD optimizer) {
    try {
      optimizer.step();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageStartingWith("memory: ");
    }
  }
}
