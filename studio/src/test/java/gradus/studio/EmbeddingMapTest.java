package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.Embedding;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.text.vectors.WordVectors;
import gradus.text.word2vec.Word2Vec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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

  @Test
  void aWatchHearsTheEpochsOfWord2Vec() {
    var sentences = List.of(List.of("a", "b", "c", "a"), List.of("b", "c", "d"), List.of("d", "a"));
    var model = new Word2Vec().vectorSize(5).minCount(1).sample(0).epochs(4);
    model.buildVocab(sentences);
    var watch = EmbeddingWatch.of(model::vectors);
    WordVectors trained = model.train(sentences, watch.progress());
    assertThat(watch.map().moments()).hasSize(5);
    assertThat(watch.map().last().vectors().vectors().equal(trained.vectors())).isTrue();
    assertThat(watch.map().moments().get(2).numbers().get("loss")).isGreaterThan(0);
  }
}
