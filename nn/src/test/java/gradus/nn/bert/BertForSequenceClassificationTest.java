package gradus.nn.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.Layer;
import gradus.nn.optim.AdamW;
import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Kinds of texts, on a model of a few numbers. */
class BertForSequenceClassificationTest {
  private static final Tensor IDS = BertModelTest.ids(new long[] {1, 5, 9}, new long[] {2, 7, 0});
  private static final Tensor MASK = BertModelTest.ids(new long[] {1, 1, 1}, new long[] {1, 1, 0});

  private static BertForSequenceClassification model(int numLabels) {
    Tensor.manualSeed(7);
    var model = new BertForSequenceClassification(BertModelTest.config("gelu"), numLabels);
    try (var _ = GradMode.noGrad()) {
      for (Tensor parameter : model.parameters()) {
        parameter.add_(Tensor.randn(parameter.shape().toArray()).mul(0.3));
      }
    }
    model.eval();
    return model;
  }

  private static void same(Tensor actual, Tensor expected) {
    assertThat(actual.sub(expected).abs().max().item()).isLessThan(1e-6);
  }

  @Test
  void aLinearMapOfThePooledVector() {
    var model = model(3);
    Tensor w = model.huggingFaceStateDict().get("classifier.weight");
    Tensor pooled = model.bert.forward(IDS, MASK).poolerOutput().orElseThrow();
    Tensor bias = model.classifier.bias.orElseThrow();
    Tensor logits = model.forward(IDS, MASK, null);
    assertThat(logits.shape()).hasToString("[2, 3]");
    same(logits, pooled.matmul(w.t()).add(bias));
    same(model.forward(IDS.narrow(0, 1, 1).narrow(1, 0, 2)), logits.narrow(0, 1, 1));
    Tensor segments = IDS.mul(0).add(1);
    assertThat(model.forward(IDS, MASK, segments).sub(logits).abs().max().item())
        .isGreaterThan(1e-3);
  }

  /** Numbers of PyTorch 1.13, for Hugging Face's three kinds of problems. */
  @Test
  void theLossFitsTheLabels() {
    Tensor logits = Tensor.of(new double[][] {{0.5, -1, 2}, {1, 0, -0.5}});
    var three = model(3);
    assertThat(three.loss(logits, Tensor.of(2, 0)).item())
        .isCloseTo(0.3528400659561157, within(1e-6));
    Tensor shares = Tensor.of(new double[][] {{1, 0, 1}, {0, 0, 1}});
    assertThat(three.loss(logits, shares).item()).isCloseTo(0.6491253972053528, within(1e-6));
    Tensor numbers = Tensor.of(new double[][] {{0.5}, {-1}});
    assertThat(model(1).loss(numbers, Tensor.of(2, 0)).item()).isCloseTo(1.625, within(1e-6));
    assertThat(model(1).loss(numbers, Tensor.of(2.0, 0.0)).item()).isCloseTo(1.625, within(1e-6));
  }

  @Test
  void loadsWhatHuggingFaceSaves() {
    var model = model(3);
    var state = model.huggingFaceStateDict();
    assertThat(state)
        .hasSize(41)
        .containsKeys(
            "bert.embeddings.word_embeddings.weight",
            "bert.encoder.layer.1.attention.self.query.bias",
            "bert.pooler.dense.weight",
            "classifier.weight",
            "classifier.bias");
    var again = BertForSequenceClassification.fromPretrained(state, 2, 3);
    assertThat(again.training()).isFalse();
    same(again.forward(IDS, MASK, null), model.forward(IDS, MASK, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BertForSequenceClassification.fromPretrained(state, 2, 2))
        .withMessageContaining("size mismatch for classifier.weight")
        .withMessageContaining("[3, 8] from checkpoint, the shape in current model is [2, 8]");
  }

  @Test
  void whatABareModelLacksBeginsAtRandom() {
    Map<String, Tensor> bare = new LinkedHashMap<>(model(3).huggingFaceStateDict());
    bare.keySet().removeIf(name -> name.startsWith("classifier") || name.contains("pooler"));
    bare.put("cls.predictions.bias", Tensor.zeros(11));
    Tensor.manualSeed(1);
    var model = BertForSequenceClassification.fromPretrained(bare, 2, 4);
    same(model.bert.forward(IDS), BertModel.fromPretrained(bare, 2).forward(IDS));
    for (Layer fresh : new Layer[] {model.classifier, model.bert.pooler.orElseThrow().dense}) {
      Tensor weight = fresh.stateDict().get("weight");
      assertThat(weight.std().item()).isCloseTo(0.02, within(0.008));
      assertThat(fresh.stateDict().get("bias").abs().max().item()).isZero();
    }
    bare.remove("bert.embeddings.LayerNorm.bias");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BertForSequenceClassification.fromPretrained(bare, 2, 4))
        .withMessageContaining("there is no tensor \"embeddings.LayerNorm.bias\"");
  }

  @Test
  void learnsAndDropsInTrainingOnly() {
    var model = model(2);
    same(model.forward(IDS), model.forward(IDS));
    model.train();
    model.bert.eval(); // what is dropped now is dropped of the pooled vector
    Tensor many = Tensor.ones(DType.INT64, 50, 3);
    assertThat(model.forward(many).std(0).min().item()).isGreaterThan(1e-3);
    model.train();
    Tensor labels = Tensor.of(1, 0);
    var optimizer = new AdamW(model.parameters(), 0.01);
    for (int i = 0; i < 30; i++) {
      optimizer.zeroGrad();
      model.loss(model.forward(IDS, MASK, null), labels).backward();
      optimizer.step();
    }
    model.eval();
    assertThat(model.forward(IDS, MASK, null).argmax(1).equal(labels)).isTrue();
    assertThat(model.loss(model.forward(IDS, MASK, null), labels).item()).isLessThan(0.1);
  }

  @Test
  void aCopyStandsByItself() {
    var model = model(2);
    var copy = model.copy();
    assertThat(copy).hasToString(model.toString());
    Tensor before = model.forward(IDS).detach();
    same(copy.forward(IDS), before);
    try (var _ = GradMode.noGrad()) {
      copy.parameters().forEach(parameter -> parameter.add_(0.1));
    }
    same(model.forward(IDS), before);
    assertThat(model.toString())
        .startsWith("BertForSequenceClassification(\n  (bert): BertModel(\n")
        .endsWith(
            """
              (dropout): Dropout(p=0.1, inplace=False)
              (classifier): Linear(in_features=8, out_features=2, bias=True)
            )""");
  }

  @Test
  void saysHowManyKindsItTakes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BertForSequenceClassification(BertModelTest.config("gelu"), 0))
        .withMessage("BertForSequenceClassification: numLabels is 0. It must be at least 1.");
  }
}
