package gradus.text.fasttext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import gradus.tensor.io.LoadProgress;
import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.vectors.ScoredWord;
import gradus.text.vectors.WordVectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FastTextTrainingTest {

  private static final List<String> ANIMALS = List.of("kitten", "puppy", "heifer", "chicken");
  private static final List<String> ANIMAL_VERBS = List.of("sleeps", "runs", "drinks");
  private static final List<String> FOODS = List.of("bread", "soup", "cake", "rice");
  private static final List<String> FOOD_VERBS = List.of("bakes", "cooks", "cools");

  @TempDir Path folder;

  private static List<List<String>> sentences(int count, boolean labelled) {
    var random = new Random(3);
    var result = new ArrayList<List<String>>();
    for (int i = 0; i < count; i++) {
      boolean animal = random.nextBoolean();
      var words = new ArrayList<String>();
      if (labelled) {
        words.add(animal ? "__label__animal" : "__label__food");
        words.add(random.nextBoolean() ? "__label__any" : "__label__thing");
      }
      words.add("the");
      words.add(pick(animal ? ANIMALS : FOODS, random));
      words.add(pick(animal ? ANIMAL_VERBS : FOOD_VERBS, random));
      words.add(animal ? "outside" : "inside");
      result.add(words);
    }
    return result;
  }

  private static String pick(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  private static final Corpus CORPUS = Corpus.of(sentences(1000, false));
  private static final Corpus LABELLED = Corpus.of(sentences(1000, true));

  private static Consumer<FastTextOptions> small(Consumer<FastTextOptions> more) {
    return o -> {
      o.dim(20).ws(3).minCount(2).epoch(20).t(0).bucket(500);
      more.accept(o);
    };
  }

  private byte[] bytes(FastText model) throws IOException {
    Path path = folder.resolve("bytes.bin");
    model.save(path);
    return Files.readAllBytes(path);
  }

  @ParameterizedTest
  @CsvSource({
    "skipgram, ns, 1", "cbow, ns, 1", "skipgram, hs, 1", "cbow, hs, 1", "skipgram, softmax, 1",
    "cbow, softmax, 1", "skipgram, ova, 1", "cbow, ova, 1", "skipgram, ns, 3", "cbow, softmax, 2"
  })
  void wordsInTheSameCompanyGrowAlike(String name, String loss, int threads) {
    List<Double> losses = new ArrayList<>();
    FastText model =
        FastText.trainUnsupervised(
            CORPUS,
            small(o -> o.model(name).loss(loss).thread(threads).epoch(40)),
            state -> losses.add(state.loss()));
    assertThat(losses.getLast()).isLessThan(0.9 * losses.getFirst());
    WordVectors words = model.wordVectors();
    for (String animal : ANIMALS) {
      assertThat(words.doesntMatch(List.of("bread", "soup", animal, "rice"))).isEqualTo(animal);
    }
    // A word it has never seen, by its letters.
    assertThat(model.get("kittens").mul(model.get("kitten")).sum().item())
        .isGreaterThan(model.get("kittens").mul(model.get("soup")).sum().item());
  }

  @ParameterizedTest
  @CsvSource({
    "softmax, 0, 1",
    "ns, 0, 1",
    "hs, 0, 1",
    "ova, 0, 1",
    "softmax, 4, 2",
    "ova, 3, 1",
    "softmax, 0, 2"
  })
  void labelsAreLearnt(String loss, int maxn, int wordNgrams) {
    FastText model =
        FastText.trainSupervised(
            LABELLED,
            small(
                o ->
                    o.loss(loss)
                        .lr(0.5)
                        .minCount(1)
                        .minn(maxn == 0 ? 0 : 2)
                        .maxn(maxn)
                        .wordNgrams(wordNgrams)));
    assertThat(model.labels())
        .containsExactlyInAnyOrder(
            "__label__animal", "__label__food", "__label__any", "__label__thing");
    for (String animal : ANIMALS) {
      assertThat(best(model.predict("the " + animal + " outside", 4)))
          .contains("__label__animal")
          .doesNotContain("__label__food");
    }
    LabelScore score = model.test(LABELLED, 2);
    assertThat(score.examples()).isEqualTo(1000);
    assertThat(score.precision()).isBetween(0.7, 1.0).isEqualTo(score.recall());
  }

  /** What is too rare has no row, and a text learns as if it were not there. */
  @Test
  void rareWordsOfALabelledTextAreLeftOut() {
    List<List<String>> texts = sentences(200, true);
    List<List<String>> withRare = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      List<String> text = new ArrayList<>(texts.get(i));
      text.add(text.size() / 2, "rare" + i);
      withRare.add(text);
    }
    FastText plain = FastText.trainSupervised(Corpus.of(texts), small(o -> o.minCount(2)));
    FastText rare = FastText.trainSupervised(Corpus.of(withRare), small(o -> o.minCount(2)));
    assertThat(rare.words()).isEqualTo(plain.words());
    assertThat(rare.predict("the puppy", 4)).isEqualTo(plain.predict("the puppy", 4));
    for (String word : plain.words()) {
      assertThat(rare.get(word).toFloatArray()).isEqualTo(plain.get(word).toFloatArray());
    }
  }

  private static List<String> best(List<ScoredWord> labels) {
    return labels.subList(0, 3).stream().map(ScoredWord::word).toList();
  }

  @Test
  void theScoreIsThatOfTheProgram() {
    FastText model =
        FastText.trainSupervised(LABELLED, small(o -> o.lr(0.5).minCount(1).loss("ova")));
    var asked =
        List.of(
            List.of("__label__animal", "the", "puppy", "runs", "outside"),
            List.of("__label__food", "the", "puppy", "runs", "outside"),
            List.of("__label__unknown", "the", "soup"),
            List.of("no", "label"));
    LabelScore score = model.test(Corpus.of(asked), 1);
    assertThat(score.labels())
        .containsEntry("__label__animal", new LabelScore.Label(1, 2, 1))
        .containsEntry("__label__food", new LabelScore.Label(1, 0, 0));
    assertThat(score)
        .isEqualTo(new LabelScore(2, 1, 0.5, 0.5, score.labels()))
        .hasToString("N 2, P@1 0.500, R@1 0.500");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> FastText.trainUnsupervised(CORPUS, small(o -> o.epoch(1))).test(LABELLED, 1))
        .withMessageContaining("was trained without labels");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSavedModelIsTheSame(boolean supervised) throws IOException {
    FastText model =
        supervised
            ? FastText.trainSupervised(LABELLED, small(o -> o.wordNgrams(2).epoch(3)))
            : FastText.trainUnsupervised(CORPUS, small(o -> o.epoch(3)));
    Path path = folder.resolve("model.bin");
    model.save(path);
    FastText loaded = FastText.load(path, LoadProgress.silent());
    assertThat(bytes(loaded)).isEqualTo(Files.readAllBytes(path));
    assertThat(loaded.words()).isEqualTo(model.words()).contains("</s>");
    for (String word : List.of("kitten", "kittens", "</s>", "never")) {
      assertThat(loaded.get(word).equal(model.get(word))).isTrue();
    }
    if (supervised) {
      assertThat(loaded.predict("the soup cools", 4)).isEqualTo(model.predict("the soup cools", 4));
    }
  }

  @Test
  void sameSeedSameModel() throws IOException {
    byte[] first = bytes(FastText.trainUnsupervised(CORPUS, small(o -> o.epoch(2).seed(5))));
    byte[] second = bytes(FastText.trainUnsupervised(CORPUS, small(o -> o.epoch(2).seed(5))));
    byte[] other = bytes(FastText.trainUnsupervised(CORPUS, small(o -> o.epoch(2).seed(6))));
    assertThat(first).isEqualTo(second).isNotEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "false, 120", "true, 33", "true, 99"})
  void anInterruptedTrainingGoesOnBitForBit(boolean supervised, int jobs) throws IOException {
    Corpus corpus = supervised ? LABELLED : CORPUS;
    Path path = folder.resolve("checkpoint.safetensors");
    Consumer<FastTextOptions> options = small(o -> o.epoch(2).checkpoint(path));
    Thread main = Thread.currentThread();
    int[] calls = {0};
    TrainingProgress interrupting =
        _ -> {
          if (calls[0]++ == jobs) {
            main.interrupt();
            LockSupport.parkNanos(200_000_000);
          }
        };
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> train(supervised, corpus, options, interrupting));
    FastText resumed = FastText.resumeTraining(path, corpus, o -> {}, TrainingProgress.silent());
    FastText whole = train(supervised, corpus, options, TrainingProgress.silent());
    assertThat(bytes(resumed)).isEqualTo(bytes(whole));
  }

  private static FastText train(
      boolean supervised,
      Corpus corpus,
      Consumer<FastTextOptions> options,
      TrainingProgress progress) {
    return supervised
        ? FastText.trainSupervised(corpus, options, progress)
        : FastText.trainUnsupervised(corpus, options, progress);
  }

  @Test
  void wordsMayBeginWithVectors() {
    Tensor table = Tensor.randn(2, 20);
    var vectors = WordVectors.of(List.of("soup", "elsewhere"), table);
    FastText model =
        FastText.trainUnsupervised(
            CORPUS, small(o -> o.pretrainedVectors(vectors).lr(0).maxn(0).epoch(1)));
    assertThat(model.get("soup").allclose(table.select(0, 0))).isTrue();
    assertThat(model.contains("elsewhere")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                FastText.trainUnsupervised(CORPUS, small(o -> o.pretrainedVectors(vectors).dim(7))))
        .withMessageContaining("Say dim(20).");
  }

  @Test
  void whatCannotBeTrainedIsSaid() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n\n\n\n\n\n\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FastText.trainUnsupervised(Corpus.of(empty), o -> {}))
        .withMessageContaining("there is no word in the corpus");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> FastText.trainUnsupervised(Corpus.of(List.of(List.of("a", "b"))), o -> {}))
        .withMessageContaining("occurs 5 times");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FastText.trainSupervised(CORPUS, o -> {}))
        .withMessageContaining("no word begins with \"__label__\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FastText.trainUnsupervised(CORPUS, o -> o.loss("hinge")))
        .withMessage("fasttext: there is no loss \"hinge\". It has hs, ns, softmax, ova.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FastText.trainUnsupervised(CORPUS, o -> o.model("supervised")))
        .withMessageContaining("labels are learnt by trainSupervised");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FastText.trainUnsupervised(CORPUS, o -> o.dim(5000)))
        .withMessageContaining("are more than a Java array holds");
    assertThatIllegalStateException()
        .isThrownBy(() -> FastText.trainUnsupervised(CORPUS, small(o -> o.lr(1e30))))
        .withMessageContaining("fasttext: the loss became");
  }

  @Test
  void aWordThatIsNotUtf8KeepsItsBytes() throws IOException {
    Path path = folder.resolve("latin1.txt");
    byte[] line = {'c', 'a', 'f', (byte) 0xe9, ' ', 'n', 'o', 'i', 'r', '\n'};
    var text = new ByteArrayOutputStream();
    for (int i = 0; i < 50; i++) {
      text.write(line);
    }
    Files.write(path, text.toByteArray());
    FastText model = FastText.trainUnsupervised(Corpus.of(path), small(o -> o.epoch(1)));
    assertThat(model.words()).contains("caf\\xe9", "noir");
    assertThat(new String(bytes(model), StandardCharsets.ISO_8859_1)).contains("caf\u00e9\0");
  }

  @Test
  void aFirstLossIsThatOfChance() {
    List<Double> losses = new ArrayList<>();
    FastText.trainSupervised(LABELLED, small(o -> o.lr(0).epoch(1)), s -> losses.add(s.loss()));
    assertThat(losses.getFirst()).isCloseTo(Math.log(4), within(1e-6));
  }
}
