package gradus.nn.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.Encoded;
import gradus.nn.LayerNorm;
import gradus.nn.MaskOptions;
import gradus.nn.TransformerEncoder;
import gradus.nn.TransformerEncoderLayer;
import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BERT as an ordinary layer, on models of a few numbers. */
class BertModelTest {

  static BertConfig config(String hiddenAct) {
    return new BertConfig(11, 8, 2, 2, 12, 9, 2, hiddenAct, 0.1, 1e-12);
  }

  /** A model whose weights are so large that its parts show. */
  static BertModel model(String hiddenAct) {
    Tensor.manualSeed(7);
    var model = new BertModel(config(hiddenAct), true);
    try (var _ = GradMode.noGrad()) {
      for (Tensor parameter : model.parameters()) {
        parameter.add_(Tensor.randn(parameter.shape().toArray()).mul(0.3));
      }
    }
    model.eval();
    return model;
  }

  static Tensor ids(long[]... rows) {
    return Tensor.of(rows);
  }

  private static BertOutput all(BertModel model, Tensor ids, Tensor mask) {
    return model.forward(ids, mask, null, true, true);
  }

  private static void close(Tensor actual, Tensor expected, double within) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.sub(expected).abs().max().item()).isLessThanOrEqualTo(within);
  }

  // ---- the same from the papers' formulas

  /** BERT as Devlin et al. and Vaswani et al. write it, in FLOAT64 and single steps. */
  private static Tensor byHand(BertModel model, long[] ids, long[] types) {
    Map<String, Tensor> w = new LinkedHashMap<>();
    model.huggingFaceStateDict().forEach((name, tensor) -> w.put(name, tensor.to(DType.FLOAT64)));
    Tensor x =
        w.get("embeddings.word_embeddings.weight")
            .indexSelect(0, Tensor.of(ids))
            .add(w.get("embeddings.token_type_embeddings.weight").indexSelect(0, Tensor.of(types)))
            .add(w.get("embeddings.position_embeddings.weight").narrow(0, 0, ids.length));
    x = normalised(x, w, "embeddings.LayerNorm");
    for (int i = 0; i < 2; i++) {
      String layer = "encoder.layer." + i + ".";
      Tensor q = mapped(x, w, layer + "attention.self.query");
      Tensor k = mapped(x, w, layer + "attention.self.key");
      Tensor v = mapped(x, w, layer + "attention.self.value");
      var heads = new ArrayList<Tensor>();
      for (int head = 0; head < 2; head++) {
        Tensor scores = part(q, head).matmul(part(k, head).t()).div(Math.sqrt(4));
        heads.add(scores.softmax(-1).matmul(part(v, head)));
      }
      Tensor seen = mapped(Tensor.cat(heads, 1), w, layer + "attention.output.dense");
      x = normalised(x.add(seen), w, layer + "attention.output.LayerNorm");
      UnaryOperator<Tensor> act = BertModelTest.activation(model.config().hiddenAct());
      Tensor hidden = act.apply(mapped(x, w, layer + "intermediate.dense"));
      Tensor change = mapped(hidden, w, layer + "output.dense");
      x = normalised(x.add(change), w, layer + "output.LayerNorm");
    }
    return x;
  }

  private static Tensor part(Tensor x, int head) {
    return x.narrow(1, 4 * head, 4);
  }

  private static Tensor mapped(Tensor x, Map<String, Tensor> w, String name) {
    return x.matmul(w.get(name + ".weight").t()).add(w.get(name + ".bias"));
  }

  private static Tensor normalised(Tensor x, Map<String, Tensor> w, String name) {
    Tensor centred = x.sub(x.mean(1, true));
    Tensor unit = centred.div(centred.square().mean(1, true).add(1e-12).sqrt());
    return unit.mul(w.get(name + ".weight")).add(w.get(name + ".bias"));
  }

  private static UnaryOperator<Tensor> activation(String name) {
    return switch (name) {
      case "gelu" -> x -> x.mul(0.5).mul(x.div(Math.sqrt(2)).erf().add(1));
      case "relu" -> x -> x.maximum(Tensor.zerosLike(x));
      default ->
          x ->
              x.mul(0.5)
                  .mul(x.pow(3).mul(0.044715).add(x).mul(Math.sqrt(2 / Math.PI)).tanh().add(1));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"gelu", "gelu_new", "gelu_pytorch_tanh", "relu"})
  void isWhatThePapersSay(String hiddenAct) {
    BertModel model = model(hiddenAct);
    long[] ids = {1, 5, 10, 0, 5, 2};
    long[] types = {0, 0, 0, 1, 1, 1};
    for (boolean gradients : new boolean[] {true, false}) {
      try (var _ = gradients ? GradMode.enableGrad() : GradMode.noGrad()) {
        for (int use = 0; use < 3; use++) {
          Tensor actual = model.forward(ids(ids), null, ids(types), false, false).lastHiddenState();
          close(actual.select(0, 0).to(DType.FLOAT64), byHand(model, ids, types), 2e-5);
        }
      }
    }
    model.to(DType.FLOAT64);
    close(model.forward(ids(ids)).select(0, 0), byHand(model, ids, new long[6]), 1e-12);
  }

  @Test
  void theActivationsDiffer() {
    Tensor ids = ids(new long[] {1, 5, 10, 0, 5, 2});
    Tensor exact = model("gelu").forward(ids);
    assertThat(exact.sub(model("gelu_new").forward(ids)).abs().max().item()).isBetween(1e-6, 1e-1);
    assertThat(exact.sub(model("relu").forward(ids)).abs().max().item()).isGreaterThan(1e-2);
  }

  // ---- padding and segments

  @Test
  void paddingDoesNotChangeAVector() {
    BertModel model = model("gelu");
    Tensor padded =
        ids(new long[] {1, 2, 3, 4, 5}, new long[] {6, 7, 0, 0, 0}, new long[] {8, 0, 0, 0, 0});
    Tensor mask =
        ids(new long[] {1, 1, 1, 1, 1}, new long[] {1, 1, 0, 0, 0}, new long[] {1, 0, 0, 0, 0});
    int[] lengths = {5, 2, 1};
    for (Tensor given : List.of(mask, mask.to(DType.FLOAT32), mask.ne(0))) {
      BertOutput together = model.forward(padded, given);
      for (int i = 0; i < lengths.length; i++) {
        Tensor alone = model.forward(padded.narrow(0, i, 1).narrow(1, 0, lengths[i]));
        close(together.lastHiddenState().narrow(0, i, 1).narrow(1, 0, lengths[i]), alone, 1e-6);
        Tensor pooled = model.pooler.orElseThrow().forward(alone);
        close(together.poolerOutput().orElseThrow().narrow(0, i, 1), pooled, 1e-6);
      }
    }
    // What stands under the padding is not looked at.
    Tensor other = padded.add(mask.eq(0).to(DType.INT64).mul(9));
    BertOutput same = model.forward(other, mask);
    close(
        same.lastHiddenState().select(0, 2).narrow(0, 0, 1),
        model.forward(padded, mask).lastHiddenState().select(0, 2).narrow(0, 0, 1),
        0);
  }

  @Test
  void segmentsAndPositionsCount() {
    BertModel model = model("gelu");
    Tensor ids = ids(new long[] {3, 3, 3});
    Tensor plain = model.forward(ids);
    Tensor zeros = model.forward(ids, null, ids.mul(0), false, false).lastHiddenState();
    Tensor ones = model.forward(ids, null, ids.mul(0).add(1), false, false).lastHiddenState();
    close(zeros, plain, 0);
    assertThat(ones.sub(plain).abs().max().item()).isGreaterThan(0.01);
    Tensor first = plain.select(1, 0);
    assertThat(first.sub(plain.select(1, 1)).abs().max().item()).isGreaterThan(0.01);
  }

  // ---- what is shown on request

  @Test
  void showsEveryLayerAndEveryHead() {
    BertModel model = model("gelu");
    Tensor ids = ids(new long[] {1, 2, 3, 4}, new long[] {5, 6, 0, 0});
    Tensor mask = ids(new long[] {1, 1, 1, 1}, new long[] {1, 1, 0, 0});
    BertOutput shown = all(model, ids, mask);
    assertThat(shown.hiddenStates()).hasSize(3);
    assertThat(shown.attentions()).hasSize(2);
    close(shown.hiddenStates().get(0), model.embeddings.forward(ids), 0);
    close(shown.hiddenStates().get(2), shown.lastHiddenState(), 0);
    for (Tensor weights : shown.attentions()) {
      assertThat(weights.shape()).hasToString("[2, 2, 4, 4]");
      close(weights.sum(-1), Tensor.ones(2, 2, 4), 1e-6);
      assertThat(weights.select(0, 1).narrow(-1, 2, 2).abs().max().item()).isZero();
      assertThat(weights.select(0, 0).min().item()).isPositive();
    }
    BertOutput plain = model.forward(ids, mask);
    assertThat(plain.hiddenStates()).isEmpty();
    assertThat(plain.attentions()).isEmpty();
    close(plain.lastHiddenState(), shown.lastHiddenState(), 1e-6);
    assertThat(plain.poolerOutput().orElseThrow().shape()).hasToString("[2, 8]");
    var without = new BertModel(config("gelu"), false);
    assertThat(without.forward(ids, mask).poolerOutput()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void encodingGivesWhatForwardGives(boolean normFirst, boolean normed) {
    Tensor.manualSeed(2);
    var layer =
        new TransformerEncoderLayer(
            8,
            2,
            o ->
                o.dimFeedforward(16)
                    .dropout(0.1)
                    .activation("gelu")
                    .batchFirst(true)
                    .normFirst(normFirst));
    var encoder =
        normed
            ? new TransformerEncoder(layer, 3, new LayerNorm(8))
            : new TransformerEncoder(layer, 3);
    encoder.eval();
    Tensor x = Tensor.randn(2, 5, 8);
    Tensor mask = Tensor.ones(5, 5).triu(1).ne(0);
    Tensor padding = Tensor.of(new double[][] {{0, 0, 0, 0, 0}, {0, 0, 0, 1, 1}}).ne(0);
    for (boolean masked : new boolean[] {true, false}) {
      Tensor who = masked ? mask : null;
      Tensor out = masked ? padding : null;
      Tensor expected = encoder.forward(x, o -> o.mask(who).srcKeyPaddingMask(out));
      Consumer<MaskOptions> masks = o -> o.mask(who).srcKeyPaddingMask(out);
      Encoded encoded =
          encoder.encode(x, masks.andThen(o -> o.outputHiddenStates(true).outputAttentions(true)));
      close(encoded.output(), expected, 1e-6);
      assertThat(encoded.hiddenStates()).hasSize(4);
      close(encoded.hiddenStates().get(3), encoded.output(), 0);
      assertThat(encoded.hiddenStates().getFirst()).isSameAs(x);
      close(
          encoder.encode(x, masks.andThen(o -> o.outputHiddenStates(true))).hiddenStates().get(2),
          encoded.hiddenStates().get(2),
          1e-6);
      Tensor one =
          ((TransformerEncoderLayer) encoder.layers.get(0))
              .forward(x, o -> o.srcMask(who).srcKeyPaddingMask(out));
      close(encoded.hiddenStates().get(1), one, 1e-6);
      for (Tensor weights : encoded.attentions()) {
        close(weights.sum(-1), Tensor.ones(2, 2, 5), 1e-6);
        if (masked) {
          assertThat(weights.triu(1).abs().max().item()).isZero();
          assertThat(weights.select(0, 1).narrow(-1, 3, 2).abs().max().item()).isZero();
        }
      }
    }
  }

  // ---- state

  @Test
  void aCopyStandsByItself() {
    BertModel model = model("gelu");
    model.embeddings.train();
    BertModel copy = model.copy();
    assertThat(copy.config()).isEqualTo(model.config());
    assertThat(copy.training()).isFalse();
    assertThat(copy.embeddings.dropout.training()).isTrue();
    assertThat(copy.encoder.training()).isFalse();
    assertThat(copy).hasToString(model.toString());
    copy.eval();
    model.eval();
    Tensor ids = ids(new long[] {1, 2, 3});
    Tensor before = model.forward(ids).detach();
    close(copy.forward(ids), before, 0);
    try (var _ = GradMode.noGrad()) {
      copy.parameters().forEach(parameter -> parameter.add_(0.1));
    }
    close(model.forward(ids), before, 0);
    assertThat(copy.parameters()).doesNotContainAnyElementsOf(model.parameters());
    assertThat(copy.parameters()).allMatch(Tensor::requiresGrad);
  }

  @Test
  void loadingIsStrict() {
    BertModel model = model("gelu");
    var tensors = new LinkedHashMap<>(model.huggingFaceStateDict());
    tensors.put("cls.predictions.bias", Tensor.zeros(11));
    BertModel again = BertModel.fromPretrained(tensors, config("gelu"));
    assertThat(again.training()).isFalse();
    close(again.forward(ids(new long[] {1, 2})), model.forward(ids(new long[] {1, 2})), 0);
    var prefixed = new LinkedHashMap<String, Tensor>();
    tensors.forEach((name, tensor) -> prefixed.put("bert." + name, tensor));
    close(
        BertModel.fromPretrained(prefixed, 2).forward(ids(new long[] {1, 2})),
        model.forward(ids(new long[] {1, 2})),
        0);

    var state = new LinkedHashMap<>(model.stateDict());
    state.remove("embeddings.layer_norm.bias");
    state.put("more", Tensor.zeros(1));
    state.put("pooler.dense.bias", Tensor.zeros(9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.loadStateDict(state))
        .withMessage(
            "Error(s) in loading state_dict for BertModel:\n"
                + "\tMissing key(s) in state_dict: \"embeddings.layer_norm.bias\".\n"
                + "\tUnexpected key(s) in state_dict: \"more\".\n"
                + "\tsize mismatch for pooler.dense.bias: copying a param with shape [9] from"
                + " checkpoint, the shape in current model is [8].");
  }

  @Test
  void whatIsMissingIsNamed() {
    var tensors = new LinkedHashMap<>(model("gelu").huggingFaceStateDict());
    tensors.remove("encoder.layer.1.attention.self.key.bias");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BertModel.fromPretrained(tensors, 2))
        .withMessageContaining(
            "there is no tensor \"encoder.layer.1.attention.self.key.bias\" among the 38 given");
    tensors.put("encoder.layer.99999999999.output.dense.bias", Tensor.zeros(8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BertModel.fromPretrained(tensors, 2))
        .withMessageContaining("there are tensors of 3 layers, but none of \"encoder.layer.2\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BertModel.fromPretrained(Map.of(), 2))
        .withMessageContaining("there is no tensor \"embeddings.word_embeddings.weight\"");
  }

  @Test
  void printsAsHuggingFaceDoes() {
    String embeddings =
        """
        BertModel(
          (embeddings): BertEmbeddings(
            (word_embeddings): Embedding(11, 8)
            (position_embeddings): Embedding(9, 8)
            (token_type_embeddings): Embedding(2, 8)
            (layer_norm): LayerNorm((8,), eps=1e-12, elementwise_affine=True)
            (dropout): Dropout(p=0.1, inplace=False)
          )
          (encoder): TransformerEncoder(
        """;
    assertThat(model("gelu").toString())
        .startsWith(embeddings)
        .contains("(1): TransformerEncoderLayer(\n")
        .contains("(linear1): Linear(in_features=8, out_features=12, bias=True)")
        .endsWith(
            """
              (pooler): BertPooler(
                (dense): Linear(in_features=8, out_features=8, bias=True)
              )
            )""");
  }

  // ---- errors

  @Test
  void saysWhatIdsItTakes() {
    BertModel model = model("gelu");
    for (Tensor wrong :
        List.of(Tensor.zeros(1, 3), Tensor.of(1, 2), Tensor.zeros(DType.INT64, 1, 10))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.forward(wrong))
          .withMessageContaining("inputIds is " + wrong.dtype() + wrong.shape())
          .withMessageContaining(
              "It must be INT64 [N, L] with L at most 9. Truncate longer texts.");
    }
    assertThat(model.forward(Tensor.zeros(DType.INT64, 1, 9)).shape()).hasToString("[1, 9, 8]");
    Tensor ids = ids(new long[] {1, 2, 3});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.forward(ids, ids(new long[] {1, 1})))
        .withMessageContaining("BertModel: attentionMask is [1, 2] and inputIds [1, 3].");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.forward(ids, null, ids(new long[] {0}), false, false))
        .withMessageContaining("BertModel: tokenTypeIds is [1, 1] and inputIds [1, 3].");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> model.forward(ids(new long[] {1, 11}))))
        .hasMessageContaining("index 11 at position [0, 1] is outside the table of 11 rows");
  }

  @Test
  void saysWhatSizesItTakes() {
    assertThat(BertConfig.base().headSize()).isEqualTo(64);
    invalid(
        () -> new BertConfig(11, 8, 2, 3, 12, 9, 2, "gelu", 0, 0),
        "hiddenSize 8 and 3 heads. The heads must divide the size.");
    invalid(
        () -> new BertConfig(11, 8, 2, 0, 12, 9, 2, "gelu", 0, 0),
        "hiddenSize 8 and 0 heads. The heads must divide the size.");
    invalid(
        () -> new BertConfig(11, 8, 2, 2, 12, 9, 2, "swish", 0, 0),
        "hiddenAct is \"swish\". It must be gelu, gelu_new or relu.");
    invalid(
        () -> new BertConfig(0, 8, 2, 2, 12, 9, 2, "gelu", 0, 0),
        "vocabSize is 0. It must be at least 1.");
    invalid(
        () -> new BertConfig(11, -8, 2, 2, 12, 9, 2, "gelu", 0, 0),
        "hiddenSize is -8. It must be at least 1.");
    invalid(
        () -> new BertConfig(11, 8, 0, 2, 12, 9, 2, "gelu", 0, 0),
        "numHiddenLayers is 0. It must be at least 1.");
    invalid(
        () -> new BertConfig(11, 8, 2, 2, 12, 9, 2, "gelu", Double.NaN, 0),
        "hiddenDropoutProb is NaN. It must lie in 0..1.");
    invalid(
        () -> new BertConfig(11, 8, 2, 2, 12, 9, 2, "gelu", 0, -1),
        "layerNormEps is -1.0. It must be 0 or more, and finite.");
  }

  private static void invalid(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable made, String text) {
    assertThatIllegalArgumentException().isThrownBy(made).withMessage("BertConfig: " + text);
  }

  @Test
  void trainingDropsAndEvaluationDoesNot() {
    BertModel model = model("gelu");
    Tensor ids = ids(new long[] {1, 2, 3});
    close(model.forward(ids), model.forward(ids), 0);
    model.train();
    assertThat(model.forward(ids).sub(model.forward(ids)).abs().max().item()).isGreaterThan(1e-3);
    double mean = 0;
    for (int i = 0; i < 3; i++) {
      mean += model.embeddings.forward(ids).eq(0).to(DType.FLOAT32).mean().item() / 3;
    }
    assertThat(mean).isCloseTo(0.1, within(0.1));
  }
}
