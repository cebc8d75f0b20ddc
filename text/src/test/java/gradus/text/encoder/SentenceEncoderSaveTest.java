package gradus.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.nn.F;
import gradus.nn.Layer;
import gradus.nn.StateDict;
import gradus.nn.bert.BertConfig;
import gradus.nn.bert.BertModel;
import gradus.nn.optim.AdamW;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Safetensors;
import gradus.text.io.JsonText;
import gradus.text.io.Mutations;
import gradus.text.tokenizer.Direction;
import gradus.text.tokenizer.Tokenizer;
import gradus.text.tokenizer.Truncation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.jr.ob.JSON;

/** An encoder that is saved and loaded is the same, bit for bit. */
class SentenceEncoderSaveTest {

  private static final String VOCAB =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\nbank\nriver\nmoney\n##s\nof\na\n";
  private static final List<String> TEXTS =
      List.of("The bank of the river", "a bank", "moneys", "", "the the the the the the the the");

  @TempDir Path folder;

  private static Tokenizer tokenizer() throws IOException {
    return Tokenizer.read(
        new ByteArrayInputStream(VOCAB.getBytes(StandardCharsets.UTF_8)), "vocab.txt");
  }

  private static SentenceEncoder tiny(String hiddenAct, Pooling pooling, boolean normalize)
      throws IOException {
    Tensor.manualSeed(5);
    var config = new BertConfig(12, 8, 2, 2, 16, 20, 2, hiddenAct, 0.25, 1e-7);
    return new SentenceEncoder(tokenizer(), new BertModel(config, true), pooling, normalize);
  }

  static void assertSame(SentenceEncoder actual, SentenceEncoder expected, List<String> texts) {
    StateDict parameters = expected.model.stateDict();
    assertThat(actual.model.stateDict().keySet()).isEqualTo(parameters.keySet());
    parameters.forEach(
        (name, tensor) ->
            assertThat(actual.model.stateDict().get(name).toFloatArray())
                .as(name)
                .isEqualTo(tensor.toFloatArray()));
    assertThat(actual.encode(texts).toFloatArray())
        .isEqualTo(expected.encode(texts).toFloatArray());
  }

  @ParameterizedTest
  @CsvSource({"gelu, MEAN, true", "gelu_new, CLS, false", "relu, MAX, true"})
  void loadsBackBitForBit(String act, Pooling pooling, boolean normalize) throws IOException {
    SentenceEncoder encoder = tiny(act, pooling, normalize).withMaxLength(6);
    Path place = folder.resolve("deeper/model");
    Files.createDirectories(folder.resolve("deeper"));
    encoder.save(place);
    SentenceEncoder again = SentenceEncoder.load(place);
    assertThat(again.model.config()).isEqualTo(encoder.model.config());
    assertThat(again.pooling()).isEqualTo(pooling);
    assertThat(again.normalizes()).isEqualTo(normalize);
    assertThat(again.maxLength()).isEqualTo(6);
    assertThat(again.training()).isFalse();
    assertSame(again, encoder, TEXTS);
  }

  @Test
  void aTrainedEncoderLoadsBackBitForBit() throws IOException {
    SentenceEncoder encoder = tiny("gelu", Pooling.MEAN, true);
    Tensor before = encoder.encode(TEXTS);
    var optimizer = new AdamW(encoder.parameters(), 0.01);
    for (int i = 0; i < 5; i++) {
      optimizer.zeroGrad();
      encoder.forward(TEXTS).select(1, 0).sum().backward();
      optimizer.step();
    }
    encoder.save(folder.resolve("trained"));
    SentenceEncoder again = SentenceEncoder.load(folder.resolve("trained"));
    assertSame(again, encoder, TEXTS);
    assertThat(again.encode(TEXTS).allclose(before)).isFalse();
    // Over the old one: each file is replaced, and nothing is left behind.
    Files.writeString(folder.resolve("trained/README.md"), "mine");
    encoder.forward(TEXTS).select(1, 0).sum().backward();
    optimizer.step();
    encoder.save(folder.resolve("trained"));
    assertSame(SentenceEncoder.load(folder.resolve("trained")), encoder, TEXTS);
    assertThat(files(folder))
        .containsExactlyInAnyOrder(
            "trained/model.safetensors",
            "trained/config.json",
            "trained/tokenizer.json",
            "trained/tokenizer_config.json",
            "trained/sentence_bert_config.json",
            "trained/modules.json",
            "trained/1_Pooling/config.json",
            "trained/README.md");
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  @Test
  void theRealModelLoadsBackBitForBit() {
    SentenceEncoder encoder = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2);
    encoder.save(folder.resolve("minilm"));
    SentenceEncoder again = SentenceEncoder.load(folder.resolve("minilm"));
    List<String> texts = List.of("Ein Tokenizer, naïve?", "bank " + "word ".repeat(300));
    assertSame(again, encoder, texts);
    assertThat(again.tokenizer().encode(texts.get(1)).size()).isEqualTo(256);
    assertThat(again.maxLength()).isEqualTo(256);
    for (String text : texts) {
      assertThat(again.tokenizer().encode(text, "b").tokens())
          .isEqualTo(encoder.tokenizer().encode(text, "b").tokens());
    }
  }

  /** The names and values that transformers 4 and sentence-transformers 2 to 5 look for. */
  @Test
  void theFilesAreThoseOfSentenceTransformers() throws IOException {
    tiny("gelu", Pooling.CLS, true).save(folder.resolve("m"));
    assertThat(json("config.json"))
        .containsEntry("model_type", "bert")
        .containsEntry("architectures", List.of("BertModel"))
        .containsEntry("hidden_size", 8)
        .containsEntry("hidden_act", "gelu")
        .containsEntry("layer_norm_eps", 1e-7)
        .containsEntry("attention_probs_dropout_prob", 0.25)
        .containsEntry("pad_token_id", 0);
    assertThat(json("1_Pooling/config.json"))
        .containsEntry("word_embedding_dimension", 8)
        .containsEntry("pooling_mode_cls_token", true)
        .containsEntry("pooling_mode_mean_tokens", false);
    assertThat(json("sentence_bert_config.json"))
        .containsOnly(Map.entry("max_seq_length", 20), Map.entry("do_lower_case", false));
    assertThat(json("tokenizer_config.json"))
        .containsEntry("tokenizer_class", "PreTrainedTokenizerFast")
        .containsEntry("pad_token", "[PAD]")
        .containsEntry("sep_token", "[SEP]");
    assertThat(json("tokenizer.json"))
        .containsKeys("version", "truncation", "padding", "added_tokens", "model");
    assertThat(JSON.std.listFrom(bytes("modules.json")))
        .extracting(module -> String.valueOf(((Map<?, ?>) module).get("type")))
        .containsExactly(
            "sentence_transformers.models.Transformer",
            "sentence_transformers.models.Pooling",
            "sentence_transformers.models.Normalize");
    assertThat(folder.resolve("m/2_Normalize")).isDirectory();
    try (var tensors = Safetensors.open(folder.resolve("m/model.safetensors"))) {
      assertThat(tensors.metadata()).isEqualTo(Map.of("format", "pt"));
      assertThat(tensors.names())
          .hasSize(5 + 2 * 16 + 2)
          .contains(
              "embeddings.word_embeddings.weight",
              "encoder.layer.1.attention.self.key.weight",
              "encoder.layer.0.attention.output.LayerNorm.bias",
              "pooler.dense.bias");
    }
  }

  private Map<String, Object> json(String name) throws IOException {
    return JSON.std.mapFrom(bytes(name));
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve("m").resolve(name));
  }

  @Test
  void theSideThatIsCutIsKept() throws IOException {
    var left = new Truncation(5, Truncation.Strategy.ONLY_FIRST, 1, Direction.LEFT);
    var encoder =
        new SentenceEncoder(
            tokenizer().withTruncation(left),
            tiny("relu", Pooling.MEAN, true).model,
            Pooling.MEAN,
            true);
    encoder.save(folder.resolve("m"));
    SentenceEncoder again = SentenceEncoder.load(folder.resolve("m"));
    assertThat(again.tokenizer().truncation()).contains(left);
    assertThat(again.inspect("the bank of money").tokens())
        .containsExactly("[CLS]", "bank", "of", "money", "[SEP]");
  }

  @Test
  void refusesToSaveOtherTypesAndLeavesNothing() throws IOException {
    SentenceEncoder encoder = tiny("gelu", Pooling.MEAN, true);
    encoder.to(DType.FLOAT64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.save(folder.resolve("m")))
        .withMessageContaining("is FLOAT64")
        .withMessageContaining("to(DType.FLOAT32)");
    encoder.to(DType.FLOAT32);
    Files.writeString(folder.resolve("file"), "mine");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> encoder.save(folder.resolve("file")))
        .withMessageContaining("file cannot be written");
    assertThat(files(folder)).containsExactly("file");
    assertThat(Files.readString(folder.resolve("file"))).isEqualTo("mine");
  }

  // ---- what the small files say

  private void replace(String file, String part, String by) throws IOException {
    Path path = folder.resolve("m").resolve(file);
    String before = Files.readString(path);
    assertThat(before).contains(part);
    Files.writeString(path, before.replace(part, by));
  }

  @Test
  void theSettingsOfSentenceTransformersAreFollowed() throws IOException {
    SentenceEncoder encoder = tiny("gelu", Pooling.MEAN, true);
    encoder.save(folder.resolve("m"));
    replace("sentence_bert_config.json", "20", "7");
    replace("modules.json", "models.Normalize", "models.Pooling");
    SentenceEncoder again = SentenceEncoder.load(folder.resolve("m"));
    assertThat(again.maxLength()).isEqualTo(7);
    assertThat(again.normalizes()).isFalse();
    Files.delete(folder.resolve("m/modules.json"));
    Files.delete(folder.resolve("m/sentence_bert_config.json"));
    Files.delete(folder.resolve("m/1_Pooling/config.json"));
    assertSame(SentenceEncoder.load(folder.resolve("m")), encoder, TEXTS);
  }

  /** sentence-transformers: the file of its own, else the tokenizer's settings, else positions. */
  @Test
  void theLengthTextsAreCutTo() throws IOException {
    SentenceEncoder encoder = tiny("gelu", Pooling.MEAN, true);
    encoder.save(folder.resolve("m"));
    assertThat(SentenceEncoder.load(folder.resolve("m")).maxLength()).isEqualTo(20);
    replace("sentence_bert_config.json", "20", "null");
    replace("tokenizer_config.json", "20", "9");
    assertThat(SentenceEncoder.load(folder.resolve("m")).maxLength()).isEqualTo(9);
    replace("tokenizer_config.json", "9", "1000000000000000019884624838656");
    encoder.withMaxLength(6).tokenizer().save(folder.resolve("m/tokenizer.json"));
    assertThat(SentenceEncoder.load(folder.resolve("m")).maxLength()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.json|\"bert\"|\"roberta\"|model_type: it is \"roberta\". Only bert is known.",
        "config.json|\"gelu\"|\"swish\"|its values: BertConfig: hiddenAct is \"swish\".",
        "config.json|\"num_attention_heads\" : 2|\"num_attention_heads\" : 3|The heads must divide",
        "config.json|0.25|7|hiddenDropoutProb is 7.0. It must lie in 0..1.",
        "config.json|{|[{|JSON: not valid",
        "modules.json|Normalize|Dense|Dense is not supported. Known are Transformer, Pooling",
        "1_Pooling/config.json|false|true|are on. One of mean, cls and max can be.",
        "1_Pooling/config.json|true|false|its modes: [] are on.",
        "sentence_bert_config.json|20|-1|max_seq_length: -1 is no number of tokens.",
        "sentence_bert_config.json|20|[]|max_seq_length: [] is no number of tokens.",
      })
  void whatIsNotThereIsRefused(String file, String part, String by, String message)
      throws IOException {
    tiny("gelu", Pooling.MEAN, true).save(folder.resolve("m"));
    replace(file, part, by);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> SentenceEncoder.load(folder.resolve("m")))
        .withMessageContaining(Path.of(file).getFileName() + ", ")
        .withMessageContaining(message);
  }

  @Test
  void damagedSettingsGiveTheOneError() throws IOException {
    SentenceEncoder encoder = tiny("gelu", Pooling.MEAN, true);
    Path place = folder.resolve("m");
    encoder.save(place);
    StateDict tensors = encoder.model.huggingFaceStateDict();
    List<String> names =
        List.of(
            "config.json",
            "1_Pooling/config.json",
            "modules.json",
            "sentence_bert_config.json",
            "tokenizer_config.json");
    var valid = new LinkedHashMap<String, byte[]>();
    for (String name : names) {
      valid.put(name, bytes(name));
    }
    Mutations.fuzz(
        folder,
        9_000_000,
        List.copyOf(valid.values()),
        damaged -> {
          String file = names.get(Mutations.number(damaged) % names.size());
          try {
            byte[] bytes = Files.readAllBytes(damaged);
            SentenceEncoderSettings.read(
                    place,
                    name ->
                        Optional.ofNullable(
                            JsonText.read(
                                Path.of(name), name.equals(file) ? bytes : valid.get(name))))
                .config(tensors);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  // ---- modes

  @Test
  void encodingDropsNothingAndLeavesTheModesAsTheyAre() throws IOException {
    SentenceEncoder encoder = tiny("gelu", Pooling.MEAN, true);
    encoder.train();
    encoder.model.encoder.eval();
    List<Boolean> modes = encoder.layers().stream().map(Layer::training).toList();
    Tensor inTraining = encoder.encode(TEXTS);
    assertThat(encoder.layers().stream().map(Layer::training).toList()).isEqualTo(modes);
    assertThat(modes).contains(true, false);
    assertThat(encoder.forward(TEXTS).detach().allclose(inTraining)).isFalse();
    encoder.eval();
    assertThat(encoder.encode(TEXTS).toFloatArray()).isEqualTo(inTraining.toFloatArray());
    assertThat(encoder.forward(TEXTS).detach().allclose(inTraining)).isTrue();
  }

  @Test
  void noTextsGiveNoRows() throws IOException {
    SentenceEncoder encoder = tiny("gelu", Pooling.MEAN, true);
    assertThat(encoder.forward(List.of()).shape()).hasToString("[0, 8]");
    assertThat(F.normalize(encoder.encode(List.of())).shape()).hasToString("[0, 8]");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    tiny("gelu", Pooling.MEAN, true).save(folder.resolve("m"));
    Files.delete(folder.resolve("m/tokenizer.json"));
    assertThatThrownBy(() -> SentenceEncoder.load(folder.resolve("m")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no *tokenizer.json and no *vocab.txt in it");
  }
}
