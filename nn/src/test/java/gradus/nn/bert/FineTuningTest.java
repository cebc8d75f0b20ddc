package gradus.nn.bert;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.autograd.GradCheck;
import gradus.nn.F;
import gradus.nn.Linear;
import gradus.nn.optim.AdamW;
import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients flow through the whole of a BERT, and following them helps. */
class FineTuningTest {

  private static final Tensor IDS = Tensor.of(new long[][] {{1, 5, 10, 0, 5}, {2, 7, 3, 0, 0}});
  private static final Tensor MASK = Tensor.of(new long[][] {{1, 1, 1, 1, 1}, {1, 1, 1, 0, 0}});
  private static final Tensor TYPES = Tensor.of(new long[][] {{0, 0, 1, 1, 1}, {0, 0, 1, 0, 0}});

  /** Every parameter of two layers, words and positions included, against finite differences. */
  @ParameterizedTest
  @ValueSource(strings = {"gelu", "gelu_new"})
  void gradientsOfTheWholeEncoderAgreeWithDifferences(String hiddenAct) {
    BertModel model = BertModelTest.model(hiddenAct);
    model.to(DType.FLOAT64);
    Map<String, Tensor> named = model.namedParameters();
    assertThat(named.keySet())
        .contains("embeddings.word_embeddings.weight", "encoder.layers.0.self_attn.in_proj_weight");
    Tensor look = Tensor.randn(DType.FLOAT64, 2, 5, 8);
    Tensor[] parameters = named.values().toArray(Tensor[]::new);
    GradCheck.check(
        _ -> {
          BertOutput output = model.forward(IDS, MASK, TYPES, false, false);
          return output
              .lastHiddenState()
              .mul(look)
              .sum()
              .add(output.poolerOutput().orElseThrow().square().sum());
        },
        parameters);
  }

  @Test
  void everyParameterGetsAGradient() {
    BertModel model = BertModelTest.model("gelu");
    model.train();
    model.forward(IDS, MASK).poolerOutput().orElseThrow().square().sum().backward();
    model
        .namedParameters()
        .forEach(
            (name, parameter) ->
                assertThat(parameter.grad().abs().sum().item()).as(name).isPositive());
    // Rows of words that do not occur have none.
    Tensor words = model.embeddings.wordEmbeddings.weight.grad();
    assertThat(words.select(0, 4).abs().sum().item()).isZero();
    assertThat(words.select(0, 7).abs().sum().item()).isPositive();
  }

  @Test
  void aFrozenEncoderGetsNone() {
    BertModel model = BertModelTest.model("gelu");
    model.requiresGrad_(false);
    assertThat(model.forward(IDS).requiresGrad()).isFalse();
    model.pooler.orElseThrow().requiresGrad_(true);
    model.forward(IDS, MASK).poolerOutput().orElseThrow().sum().backward();
    assertThat(model.pooler.orElseThrow().dense.weight.hasGrad()).isTrue();
    assertThat(model.embeddings.wordEmbeddings.weight.hasGrad()).isFalse();
  }

  // ---- training

  /** Which of two words comes first: no count of words tells. */
  private static final class Task {
    final Tensor ids;
    final Tensor labels;

    Task() {
      var rows = new ArrayList<long[]>();
      for (long i = 2; i < 10; i++) {
        rows.add(new long[] {i, 0, 11 - i, 1});
      }
      ids = Tensor.of(rows.toArray(long[][]::new));
      labels = ids.select(1, 0).ge(6).to(DType.INT64);
    }
  }

  private static List<double[]> train(int steps, boolean scoped, List<Memory.Stats> stats) {
    Tensor.manualSeed(21);
    var model = new BertModel(BertModelTest.config("gelu"), true);
    var head = new Linear(8, 2);
    var optimizer = new AdamW(model.parameters(), 0.01);
    optimizer.addParamGroup(head.parameters(), Map.of("lr", 0.02));
    var task = new Task();
    double[] losses = new double[steps];
    for (int i = 0; i < steps; i++) {
      try (Memory.Scope _ = scoped ? Memory.scope() : null) {
        optimizer.zeroGrad();
        Tensor pooled =
            model.forward(task.ids, Tensor.onesLike(task.ids)).poolerOutput().orElseThrow();
        Tensor loss = F.crossEntropy(head.forward(pooled), task.labels);
        loss.backward();
        optimizer.step();
        losses[i] = loss.item();
      }
      stats.add(Memory.stats());
    }
    var bits = new ArrayList<>(List.of(losses));
    model.parameters().forEach(p -> bits.add(p.toDoubleArray()));
    return bits;
  }

  @Test
  void trainingLowersTheLossAndGivesTheSameBitsEachTime() {
    List<double[]> first = train(80, true, new ArrayList<>());
    double[] losses = first.getFirst();
    assertThat(losses[0]).isBetween(0.4, 1.2);
    assertThat(losses[79]).isLessThan(losses[0] / 4);
    List<double[]> second = train(80, true, new ArrayList<>());
    List<double[]> without = train(80, false, new ArrayList<>());
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).isEqualTo(first.get(i));
      assertThat(without.get(i)).isEqualTo(first.get(i));
    }
  }

  @Test
  void fiftyStepsTakeNoFreshArrays() {
    Tensor.manualSeed(3);
    var config = new BertConfig(200, 64, 2, 4, 128, 32, 2, "gelu", 0.1, 1e-12);
    var model = new BertModel(config, true);
    var optimizer = new AdamW(model.parameters(), 1e-3);
    Tensor ids = Tensor.randint(0, 200, 8, 24);
    Tensor mask = Tensor.ones(DType.INT64, 8, 24).tril(4);
    Memory.Stats warm = null;
    for (int i = 0; i < 60; i++) {
      try (var _ = Memory.scope()) {
        optimizer.zeroGrad();
        model.forward(ids, mask).poolerOutput().orElseThrow().square().mean().backward();
        optimizer.step();
      }
      if (i == 10) {
        warm = Memory.stats();
      }
    }
    Memory.Stats end = Memory.stats();
    assertThat(end.fresh()).isEqualTo(warm.fresh());
    assertThat(end.recycled()).isGreaterThan(warm.recycled() + 49 * 50);
    assertThat(end.waitingBytes()).isEqualTo(warm.waitingBytes());
  }

  /** Between steps the model answers with gradients off, from packed weights. */
  @Test
  void answersBetweenStepsAreThoseOfTheWeightsOfNow() {
    BertModel model = BertModelTest.model("gelu");
    var optimizer = new AdamW(model.parameters(), 0.05);
    for (int step = 0; step < 5; step++) {
      for (int use = 0; use < 3; use++) {
        Tensor packed;
        try (var _ = GradMode.noGrad()) {
          packed = model.forward(IDS);
        }
        assertThat(packed.allclose(model.forward(IDS).detach(), 1e-4, 1e-5)).isTrue();
      }
      Tensor before = model.forward(IDS).detach();
      optimizer.zeroGrad();
      model.forward(IDS).select(-1, 0).sum().backward();
      optimizer.step();
      assertThat(model.forward(IDS).detach().allclose(before)).isFalse();
    }
  }
}
