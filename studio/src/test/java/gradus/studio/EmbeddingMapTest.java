package gradus.studio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.Embedding;
import gradus.nn.Linear;
import gradus.nn.Sequential;
import gradus.nn.bert.BertConfig;
import gradus.nn.bert.BertModel;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.text.corpus.Corpus;
import gradus.text.encoder.Pooling;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.projection.Tsne;
import gradus.text.tokenizer.Tokenizer;
import gradus.text.vectors.WordVectors;
import gradus.text.word2vec.Word2Vec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

class EmbeddingMapTest {
  @TempDir Path folder;

  private static Map<String, Object> data(EmbeddingMap map) throws IOException {
    String page = EmbeddingPage.saved(map);
    int from = page.indexOf("const DATA = ") + "const DATA = ".length();
    return JSON.std.mapFrom(page.substring(from, page.indexOf(";\nconst LIVE")));
  }

  private static float[] floats(Object base64) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode((String) base64)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  @Test
  void theTwoFilesComeBack() {
    WordVectors table = MapWords.table();
    List<Integer> lengths = table.vocabulary().words().stream().map(String::length).toList();
    EmbeddingMap map = EmbeddingMap.of(table).column("length", lengths).column("a\tb", lengths);
    map.saveTsv(folder);
    EmbeddingMap read = EmbeddingMap.load(folder);
    assertThat(read.words()).isEqualTo(map.words());
    assertThat(read.last().vectors().vectors().equal(table.vectors())).isTrue();
    assertThat(read.columns().getFirst().name()).isEqualTo("length");
    assertThat(read.columns().getFirst().values())
        .isEqualTo(lengths.stream().map(String::valueOf).toList());
    assertThat(read.columns().getLast().name()).isEqualTo("a b");
  }

  @Test
  void filesOfOneColumnHaveNoNamesAndWordsMayComeAgain() throws IOException {
    Files.writeString(folder.resolve("vectors.tsv"), "1\t2\n3\t4\r\n5e-1\t-6\n");
    Files.writeString(folder.resolve("metadata.tsv"), "bank\nbank\nbank (2)\n");
    EmbeddingMap map = EmbeddingMap.load(folder);
    assertThat(map.words())
        .doesNotHaveDuplicates()
        .hasSize(3)
        .startsWith("bank")
        .endsWith("bank (2)");
    assertThat(map.last().vectors().vectors().toFloatArray()).containsExactly(1, 2, 3, 4, .5f, -6);
    Files.writeString(folder.resolve("metadata.tsv"), "word\na\nb\nc\n");
    assertThat(EmbeddingMap.load(folder).words()).containsExactly("a", "b", "c");
  }

  @Test
  void damagedFilesAreRefusedByLine() throws IOException {
    Path vectors = folder.resolve("vectors.tsv");
    Path metadata = folder.resolve("metadata.tsv");
    Files.writeString(metadata, "a\nb\n");
    Files.writeString(vectors, "1\t2\n3\n");
    assertThatThrownBy(() -> EmbeddingMap.load(folder))
        .isInstanceOf(FormatException.class)
        .hasMessageEndingWith(
            "vectors.tsv, line 2: 1 numbers, but the first line has 2. Part them by tabs.");
    Files.writeString(vectors, "1\t2\n3\tfour\n");
    assertThatThrownBy(() -> EmbeddingMap.load(folder))
        .hasMessageEndingWith("vectors.tsv, line 2: \"four\" is no number.");
    Files.writeString(vectors, "1\t2\n3\t4\n5\t6\n7\t8\n");
    assertThatThrownBy(() -> EmbeddingMap.load(folder))
        .hasMessageEndingWith(
            "metadata.tsv, its end: 2 lines, but vectors.tsv has 4 rows. Each row needs its line.");
    Files.writeString(metadata, "word\tkind\na\tx\nb\tx\nc\nd\tx\n");
    assertThatThrownBy(() -> EmbeddingMap.load(folder))
        .hasMessageEndingWith(
            "metadata.tsv, line 4: 1 columns, but the first line has 2. Part them by tabs.");
    Files.delete(metadata);
    assertThatThrownBy(() -> EmbeddingMap.load(folder))
        .hasMessageContaining("metadata.tsv cannot be read");
  }

  @Test
  void refusesWhatDoesNotFit() {
    EmbeddingMap map = EmbeddingMap.of(MapWords.table());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.column("kind", List.of("a")))
        .withMessage(
            "column: \"kind\" has 1 values and there are 67 words. Give one for each word, in their order.");
    assertThatIllegalArgumentException().isThrownBy(() -> map.arrow("king", "quen"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddingMap.of((WordVectors) null))
        .withMessage("of: vectors is null. Give one.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddingMap.of(WordVectors.of(List.of("a"), Tensor.ones(1, 3))))
        .withMessage(
            "EmbeddingMap: the table is [1, 3]. A map needs two words with a number each at least.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddingMap.of(new Embedding(3, 2), List.of("a", "b")));
  }

  @Test
  void aSavedPageHoldsWhatFits() throws IOException {
    int n = 3000;
    int dim = 2000;
    Tensor.manualSeed(1);
    List<String> words = IntStream.range(0, n).mapToObj(i -> "w" + i).toList();
    Tensor table = Tensor.randn(n, dim);
    Map<String, Object> data = data(EmbeddingMap.of(WordVectors.of(words, table)));
    assertThat((List<?>) data.get("words")).hasSize(2000);
    assertThat(data.get("words_of")).isEqualTo(n);
    float[] held = floats(((List<?>) data.get("vectors")).getFirst());
    assertThat(held).hasSize(EmbeddingPage.MOST_NUMBERS);
    assertThat(held[5 * dim + 7]).isEqualTo((float) table.get(5, 7));
  }

  @Test
  void ofManyMomentsSomeAreKeptAndTheLast() throws IOException {
    int n = 250;
    int dim = 400;
    List<String> words = IntStream.range(0, n).mapToObj(i -> "w" + i).toList();
    Tensor.manualSeed(1);
    var embedding = new Embedding(Tensor.randn(n, dim).requiresGrad(true));
    var watch = EmbeddingWatch.of(embedding, words);
    for (int i = 0; i < 59; i++) {
      watch.epoch(i);
    }
    Map<String, Object> data = data(watch.map());
    List<?> moments = (List<?>) data.get("moments");
    assertThat(moments).hasSize(50);
    assertThat(data.get("moments_of")).isEqualTo(60);
    assertThat((List<?>) data.get("words")).hasSize(200);
    assertThat(((Map<?, ?>) moments.getLast()).get("name")).isEqualTo("epoch 59");
  }

  @Test
  void rowsThatAreNoNumbersLieNowhere() {
    Tensor table = MapWords.table().vectors().clone();
    table.select(0, 3).fill_(Double.NaN);
    MapAxes axes = MapAxes.of(table, 2);
    Tensor places = axes.of(table);
    assertThat(places.select(0, 3).isnan().all().item()).isEqualTo(1);
    assertThat(places.isnan().sum().item()).isEqualTo(2);
    assertThat(axes.explained()[0]).isGreaterThan(0);
    MapAxes none = MapAxes.of(Tensor.full(new int[] {4, 3}, Double.NaN), 2);
    assertThat(none.explained()).containsExactly(0, 0);
  }

  @Test
  void aWatchKeepsEachEpochAsItWas() {
    var words = List.of("a", "b", "c");
    var embedding = new Embedding(3, 4);
    var kept = new ArrayList<float[]>();
    var watch = EmbeddingWatch.of(embedding, words);
    kept.add(embedding.weight.detach().clone().toFloatArray());
    for (int epoch = 1; epoch <= 3; epoch++) {
      try (var _ = Memory.scope()) {
        embedding.zeroGrad();
        Tensor loss = embedding.forward(Tensor.of(0, 1)).square().sum();
        loss.backward();
        try (var _ = gradus.tensor.GradMode.noGrad()) {
          embedding.weight.sub_(embedding.weight.grad().mul(0.1));
        }
        kept.add(embedding.weight.detach().clone().toFloatArray());
        watch.epoch(loss);
      }
    }
    watch.close();
    List<EmbeddingMap.Moment> moments = watch.map().moments();
    assertThat(moments)
        .extracting(EmbeddingMap.Moment::name)
        .containsExactly("start", "epoch 1", "epoch 2", "epoch 3");
    for (int i = 0; i < 4; i++) {
      assertThat(moments.get(i).vectors().vectors().toFloatArray()).isEqualTo(kept.get(i));
    }
    assertThat(moments.get(1).numbers()).containsOnlyKeys("loss", "gradient of weight");
    assertThat(moments.get(3).numbers().get("gradient of weight"))
        .isCloseTo(embedding.weight.grad().norm().item(), within(1e-6));
    assertThat(moments.get(3).numbers().get("loss"))
        .isLessThan(moments.get(1).numbers().get("loss"));
  }

  private static SentenceEncoder encoder() throws IOException {
    String json =
        """
        {"normalizer": {"type": "BertNormalizer", "lowercase": true},
         "pre_tokenizer": {"type": "BertPreTokenizer"},
         "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {
           "[UNK]": 0, "the": 1, "bank": 2, "river": 3, "lends": 4, "money": 5, "of": 6}}}""";
    var tokenizer = Tokenizer.read(new ByteArrayInputStream(json.getBytes(UTF_8)), "tiny");
    Tensor.manualSeed(7);
    var config = new BertConfig(7, 8, 2, 2, 16, 20, 2, "gelu", 0.1, 1e-12);
    return new SentenceEncoder(tokenizer, new BertModel(config, false), Pooling.MEAN, true);
  }

  @Test
  void sensesGoFromTheWordAloneThroughTheLayers() throws IOException {
    SentenceEncoder encoder = encoder();
    String money = "the bank lends money";
    String river = "the river of the bank";
    EmbeddingMap map =
        EmbeddingMap.senses(encoder, List.of("bank", "money"), List.of(money, river, "the banks"));
    assertThat(map.words())
        .containsExactly("bank", "bank: " + money, "bank: " + river, "money", "money: " + money);
    assertThat(map.moments())
        .extracting(EmbeddingMap.Moment::name)
        .containsExactly("before the first layer", "after layer 1", "after layer 2");
    assertThat(map.arrows()).containsExactly(new int[] {0, 1}, new int[] {0, 2}, new int[] {3, 4});
    for (int layer = 0; layer < 3; layer++) {
      WordVectors vectors = map.moments().get(layer).vectors();
      Tensor expected = encoder.inspect(river).word("bank", layer);
      assertThat(vectors.get("bank: " + river).equal(expected)).isTrue();
      Tensor alone = map.moments().getFirst().vectors().get("bank");
      assertThat(vectors.get("bank").equal(alone)).isTrue();
    }
    assertThat(map.last().vectors().distance("bank: " + money, "bank: " + river))
        .isGreaterThan(1e-6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddingMap.senses(encoder, List.of("ban"), List.of(money)))
        .withMessage(
            "senses: \"ban\" stands in none of the 1 sentences. Give one that holds it, written the same.");
  }

  /** A map is shown, and watched, by a program that ends when its page was closed. */
  @Test
  void theDoorsServeTheirPages() throws Exception {
    var printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    String chosen = System.setProperty("gradus.studio.browser", "none");
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      var embedding = new Embedding(3, 4);
      var watching = new CompletableFuture<EmbeddingWatch>();
      Thread.ofPlatform()
          .daemon()
          .start(() -> watching.complete(Studio.watch(embedding, List.of("a", "b", "c"))));
      String page = fetched(printed, watching);
      assertThat(page)
          .contains("\"words\":[\"a\",\"b\",\"c\"]")
          .contains("const LIVE = /*LIVE*/true");
      watching.get(20, TimeUnit.SECONDS).close();
      printed.reset();
      var shown = CompletableFuture.supplyAsync(() -> Studio.show(MapWords.table()));
      assertThat(fetched(printed, shown)).contains("\"king\"");
      assertThat(shown.get(20, TimeUnit.SECONDS).getHost())
          .isEqualTo("127.0.0.1"); // no page is open
    } finally {
      System.setOut(out);
      if (chosen == null) {
        System.clearProperty("gradus.studio.browser");
      } else {
        System.setProperty("gradus.studio.browser", chosen);
      }
    }
  }

  private static String fetched(ByteArrayOutputStream printed, CompletableFuture<?> running)
      throws Exception {
    long start = System.nanoTime();
    while (!printed.toString(UTF_8).contains("/\n")) {
      assertThat(running.isCompletedExceptionally()).isFalse();
      assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
      Thread.sleep(20);
    }
    String address = printed.toString(UTF_8).replaceFirst("(?s).*studio: (\\S+).*", "$1");
    try (InputStream in = URI.create(address).toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void aWatchNeedsTheSameWords() {
    var tables = new ArrayList<WordVectors>();
    tables.add(MapWords.table());
    var watch = EmbeddingWatch.of(tables::getFirst);
    watch.epoch(1);
    tables.addFirst(MapWords.table().only(word -> !word.equals("king")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> watch.epoch(1))
        .withMessage(
            "epoch: the table has 66 words beginning with [man, woman, queen], at the start 67"
                + " beginning with [man, woman, king]. Give the same words each time.");
    assertThat(watch.map().moments()).hasSize(2);
    assertThatIllegalArgumentException().isThrownBy(() -> EmbeddingWatch.of(() -> null));
  }

  @Test
  void aMapOutlivesTheScopeItWasMadeIn() throws IOException {
    EmbeddingMap map;
    EmbeddingPage page;
    try (var _ = Memory.scope()) {
      map =
          EmbeddingMap.of(
              new Embedding(30, 4), IntStream.range(0, 30).mapToObj(i -> "w" + i).toList());
      map.tsne(new Tsne().perplexity(5).nIter(10));
      page = new EmbeddingPage(map);
      page.serve().close();
    }
    for (int i = 0; i < 50; i++) {
      Tensor.randn(30, 4).sum().item(); // takes up what was handed back
    }
    try (PageServer server = page.serve()) {
      assertThat(server.address().getPort()).isPositive();
    }
    Map<String, Object> data = data(map);
    Tensor table = Tensor.of(floats(((List<?>) data.get("vectors")).getFirst()));
    assertThat(table.equal(map.last().vectors().vectors().flatten())).isTrue();
    assertThat(floats(data.get("tsne")))
        .hasSize(60)
        .isEqualTo(map.tsne().orElseThrow().toFloatArray());
  }

  @Test
  void aWatchMeasuresTheGradientsOfAModel() {
    var model = new Sequential(new Embedding(3, 4), new Linear(4, 2));
    var watch =
        EmbeddingWatch.of((Embedding) model.get(0), List.of("a", "b", "c")).gradients(model);
    watch.epoch(1);
    model.forward(Tensor.of(0, 1)).square().sum().backward();
    watch.epoch(0.5);
    assertThat(watch.map().moments().get(1).numbers()).containsOnlyKeys("loss");
    Map<String, Double> numbers = watch.map().last().numbers();
    assertThat(numbers)
        .containsOnlyKeys(
            "loss", "gradient of 0.weight", "gradient of 1.weight", "gradient of 1.bias");
    double expected = model.namedParameters().get("1.bias").grad().norm().item();
    assertThat(numbers.get("gradient of 1.bias")).isEqualTo(expected);
  }

  @Test
  void aWatchHearsTheEpochsOfWord2Vec() {
    var corpus =
        Corpus.of(List.of(List.of("a", "b", "c", "a"), List.of("b", "c", "d"), List.of("d", "a")));
    var model = new Word2Vec(o -> o.vectorSize(5).minCount(1).sample(0).epochs(4));
    model.buildVocab(corpus);
    var watch = EmbeddingWatch.of(model::vectors);
    WordVectors trained = model.train(corpus, watch.progress());
    assertThat(watch.map().moments()).hasSize(5);
    assertThat(watch.map().last().vectors().vectors().equal(trained.vectors())).isTrue();
    assertThat(watch.map().moments().get(2).numbers().get("loss")).isGreaterThan(0);
  }
}
