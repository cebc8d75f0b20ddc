package gradus.text.glove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.corpus.TrainingState;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GloveTest {

  private static final List<String> ANIMALS = List.of("cat", "dog", "cow", "hen");
  private static final List<String> ANIMAL_VERBS = List.of("sleeps", "runs", "drinks");
  private static final List<String> FOODS = List.of("bread", "soup", "cake", "rice");
  private static final List<String> FOOD_VERBS = List.of("bakes", "cooks", "cools");

  @TempDir Path folder;

  /**
   * Sentences in which animals and foods rarely share their company. Pairs that never occur teach
   * GloVe nothing, so a few stray.
   */
  private static List<List<String>> sentences(int count) {
    var random = new Random(3);
    var result = new ArrayList<List<String>>();
    for (int i = 0; i < count; i++) {
      boolean animal = random.nextBoolean();
      boolean likeAnimal = animal ^ random.nextInt(12) == 0;
      result.add(
          List.of(
              "the",
              pick(animal ? ANIMALS : FOODS, random),
              pick(likeAnimal ? ANIMAL_VERBS : FOOD_VERBS, random),
              likeAnimal ? "outside" : "inside"));
    }
    return result;
  }

  private static final Corpus CORPUS = Corpus.of(sentences(1200));

  /** Some thousand words, so that there are many tiles. */
  private static final Corpus LARGER = Corpus.of(CooccurrencesTest.sentences(2500, 3000, 2));

  private static String pick(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  private static Glove small(Consumer<GloveOptions> more) {
    return new Glove(
        o -> {
          o.vectorSize(16).window(3).minCount(2).epochs(40).xMax(20).eta(0.1);
          more.accept(o);
        });
  }

  private static Glove larger(Consumer<GloveOptions> more) {
    return new Glove(
        o -> {
          o.vectorSize(10).window(8).minCount(2).epochs(3).xMax(10);
          more.accept(o);
        });
  }

  private static float[] floats(WordVectors vectors) {
    return vectors.vectors().toFloatArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wordsInTheSameCompanyGrowAlike(boolean symmetric) {
    var diary = new Diary();
    WordVectors trained = small(o -> o.symmetric(symmetric)).train(CORPUS, diary);
    assertThat(diary.epochs.getLast().loss()).isLessThan(0.05 * diary.epochs.getFirst().loss());
    assertThat(trained.nSimilarity(List.of("cat", "hen"), List.of("dog", "cow")))
        .isGreaterThan(trained.nSimilarity(ANIMALS, FOODS) + 0.1);
    for (String animal : ANIMALS) {
      assertThat(trained.doesntMatch(List.of("bread", "soup", animal, "rice"))).isEqualTo(animal);
    }
  }

  @Test
  void productsApproachTheLogarithmsOfCounts() {
    // Each word stands once beside each other word of its pair: count 200 for a b, 100 for a c.
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sentences.add(List.of("a", "b"));
      sentences.add(List.of("b", "a"));
      sentences.add(List.of("c", "a"));
    }
    var model = new Glove(o -> o.vectorSize(2).epochs(2000).eta(0.3).model(0));
    WordVectors all = model.train(Corpus.of(sentences));
    assertThat(product(all, "a", "b")).isCloseTo(Math.log(200), within(0.01));
    assertThat(product(all, "b", "a")).isCloseTo(Math.log(200), within(0.01));
    assertThat(product(all, "c", "a")).isCloseTo(Math.log(100), within(0.01));
  }

  private static double product(WordVectors all, String word, String context) {
    float[] w = all.get(word).toFloatArray();
    float[] c = all.get(context).toFloatArray();
    return (double) w[0] * c[3] + w[1] * c[4] + w[2] + c[5];
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    WordVectors one = larger(o -> o.workers(1)).train(LARGER);
    for (int workers = 2; workers <= 4; workers++) {
      int threads = workers;
      var diary = new Diary();
      WordVectors many = larger(o -> o.workers(threads)).train(LARGER, diary);
      assertThat(floats(many)).isEqualTo(floats(one));
      assertThat(many.vocabulary().words()).isEqualTo(one.vocabulary().words());
      assertThat(diary.epochs).hasSize(3);
    }
    assertThat(floats(larger(o -> o.seed(2)).train(LARGER))).isNotEqualTo(floats(one));
  }

  @Test
  void theResultIsWordsContextsOrBoth() {
    WordVectors sums = larger(o -> o.model(2)).train(LARGER);
    WordVectors words = larger(o -> o.model(1)).train(LARGER);
    WordVectors all = larger(o -> o.model(0)).train(LARGER);
    assertThat(all.vectorSize()).isEqualTo(22);
    Tensor word = all.vectors().narrow(1, 0, 10);
    Tensor context = all.vectors().narrow(1, 11, 10);
    assertThat(floats(words)).isEqualTo(word.toFloatArray());
    assertThat(floats(sums)).isEqualTo(word.add(context).toFloatArray());
  }

  @Test
  void firstValuesAreSmallAndOfBothSigns() {
    Tensor random = larger(o -> o.model(0)).buildVocab(LARGER).vectors();
    assertThat(random.abs().max().item()).isBetween(0.49 / 11, 0.5 / 11);
    assertThat(random.mean().item()).isCloseTo(0, within(0.001));
  }

  @Test
  void vectorsAreACopy() {
    for (int model = 0; model <= 2; model++) {
      int which = model;
      Glove glove = small(o -> o.model(which).epochs(1));
      WordVectors before = glove.buildVocab(CORPUS);
      float[] kept = before.get("cat").toFloatArray().clone();
      glove.train(CORPUS);
      assertThat(before.get("cat").toFloatArray()).isEqualTo(kept);
      assertThat(glove.vectors().get("cat").toFloatArray()).isNotEqualTo(kept);
    }
  }

  @Test
  void whatCannotBeTrainedIsSaid() throws IOException {
    var model = new Glove();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.train(Corpus.of(List.of(List.of("a", "b")))))
        .withMessage(
            "glove: none of 2 different words occurs 5 times. Lower minCount or give more text.");
    Path empty = Files.createFile(folder.resolve("empty.txt"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.train(Corpus.of(empty)))
        .withMessage(
            "glove: there is no word in the corpus. Give a text of words parted by blanks.");
    Path lonely = Files.writeString(folder.resolve("lonely.txt"), "a\nb\n".repeat(9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.train(Corpus.of(lonely)))
        .withMessageContaining("no two of the 2 words stand in one line of the corpus.");
    Iterator<List<String>> once = sentences(200).iterator();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Glove().train(Corpus.of(() -> once)))
        .withMessageContaining("begin anew each time");
    assertThatIllegalStateException()
        .isThrownBy(() -> new Glove().vectors())
        .withMessage("glove: there are no words yet. Call buildVocab or train.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small(o -> {}).train(CORPUS, null))
        .withMessage("glove: the progress is null. Give one.");
  }

  @Test
  void optionsOutOfRange() {
    refused(o -> o.vectorSize(0), "glove: vectorSize is 0. It must be at least 1.");
    refused(o -> o.window(0), "glove: window is 0. It must be at least 1.");
    refused(o -> o.minCount(0), "glove: minCount is 0. It must be at least 1.");
    refused(o -> o.maxVocabSize(-1), "glove: maxVocabSize is -1. It must be at least 0.");
    refused(o -> o.epochs(0), "glove: epochs is 0. It must be at least 1.");
    refused(o -> o.workers(0), "glove: workers is 0. It must be at least 1.");
    refused(o -> o.memory(15), "glove: memory is 15. It must be at least 16.");
    refused(o -> o.xMax(0), "glove: xMax is 0.0. It must be a number above 0.");
    refused(o -> o.eta(Double.NaN), "glove: eta is NaN. It must be a number above 0.");
    refused(o -> o.power(-1), "glove: power is -1.0. It must be a number of at least 0.");
    refused(
        o -> o.model(3), "glove: model is 3. Valid are 0 (all), 1 (word vectors) and 2 (sums).");
    refused(null, "glove: options is null. Give one.");
  }

  private static void refused(Consumer<GloveOptions> options, String error) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Glove(options)).withMessage(error);
  }

  @Test
  void oneWordAndLongSentencesAreNoTrouble() throws IOException {
    WordVectors alone =
        new Glove(o -> o.minCount(1).vectorSize(3))
            .train(Corpus.of(List.of(List.of("a", "a", "a"))));
    assertThat(alone.size()).isEqualTo(1);
    assertThat(alone.vectors().isfinite().all().item()).isEqualTo(1);
    Path line = Files.writeString(folder.resolve("line.txt"), "over and under ".repeat(350_000));
    var words = new Glove(o -> o.vectorSize(2).epochs(1));
    assertThat(words.train(Corpus.of(line)).size()).isEqualTo(3);
    assertThat(words.count("and")).isEqualTo(350_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.count("beside"))
        .withMessage("glove: \"beside\" is not among the 3 words.");
  }

  /** Writes down all it hears. */
  private static final class Diary implements TrainingProgress {
    final List<TrainingState> states = new ArrayList<>();
    final List<TrainingState> epochs = new ArrayList<>();
    String counted;

    @Override
    public void at(TrainingState state) {
      states.add(state);
    }

    @Override
    public void epochEnded(TrainingState state) {
      epochs.add(state);
    }

    @Override
    public void counted(long words, int distinct, int kept) {
      counted = words + " " + distinct + " " + kept;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void progressGoesUpToOne(int workers) {
    var diary = new Diary();
    small(o -> o.epochs(2).workers(workers)).train(CORPUS, diary);
    assertThat(diary.counted).isEqualTo("4800 17 17");
    assertThat(diary.states).extracting(TrainingState::done).isSorted().endsWith(1.0);
    assertThat(diary.states).hasSizeBetween(100, 200);
    assertThat(diary.epochs).extracting(TrainingState::epoch).containsExactly(1, 2);
    assertThat(diary.epochs.getLast().words()).isEqualTo(9600);
    assertThat(diary.epochs.getLast().alpha()).isEqualTo(0.1);
    double mean =
        diary.states.stream()
            .filter(state -> state.epoch() == 2)
            .mapToDouble(TrainingState::loss)
            .average()
            .orElseThrow();
    assertThat(diary.epochs.getLast().loss()).isCloseTo(mean, within(0.2 * mean));
  }

  @Test
  void aSavedModelIsTheSame() {
    Glove model = larger(o -> {});
    model.train(LARGER);
    Path path = folder.resolve("model.safetensors");
    model.save(path);
    Glove loaded = Glove.load(path);
    assertThat(floats(loaded.vectors())).isEqualTo(floats(model.vectors()));
    assertThat(loaded.vectors().vocabulary().words())
        .isEqualTo(model.vectors().vocabulary().words());
    assertThat(loaded.count("w0")).isEqualTo(model.count("w0"));
    // Trained further both go the same way: all tables and options are there.
    assertThat(floats(loaded.train(LARGER))).isEqualTo(floats(model.train(LARGER)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 57, 98, 99, 100, 250})
  void anInterruptedTrainingGoesOnBitForBit(int reports) {
    WordVectors whole = larger(o -> {}).train(LARGER);
    Path path = folder.resolve("stopped.safetensors");
    int[] calls = {0};
    Glove model = larger(o -> o.checkpoint(path).workers(2));
    Thread main = Thread.currentThread();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                model.train(
                    LARGER,
                    _ -> {
                      if (calls[0]++ == reports) {
                        main.interrupt();
                        // Until it has woken up: these tiles take some microseconds.
                        LockSupport.parkNanos(200_000_000);
                      }
                    }))
        .withMessageContaining("Go on with resume.");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(floats(model.vectors())).isNotEqualTo(floats(whole));
    assertThat(floats(Glove.load(path, o -> o.workers(3)).resume(LARGER))).isEqualTo(floats(whole));
    assertThat(floats(model.resume(LARGER))).isEqualTo(floats(whole));
    // What has ended stays as it is.
    assertThat(floats(model.resume(LARGER))).isEqualTo(floats(whole));
  }

  @Test
  void anotherCorpusIsNotResumedWith() {
    Glove model = larger(o -> {});
    Thread main = Thread.currentThread();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                model.train(
                    LARGER,
                    _ -> {
                      main.interrupt();
                      LockSupport.parkNanos(200_000_000);
                    }));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.resume(Corpus.of(CooccurrencesTest.sentences(2000, 3000, 2))))
        .withMessageContaining("Resume with the corpus that was trained on.");
  }

  @Test
  void interruptedWhileItCounts() {
    Glove model = larger(o -> {});
    model.buildVocab(LARGER);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> model.train(LARGER))
        .withMessageContaining("interrupted while pairs were counted");
    assertThat(floats(model.resume(LARGER))).isEqualTo(floats(larger(o -> {}).train(LARGER)));
  }

  @Test
  void aTrainingThatDivergesReturnsToWhatItBeganWith() {
    Glove model = small(o -> o.eta(1e30));
    WordVectors before = model.buildVocab(CORPUS);
    assertThatIllegalStateException()
        .isThrownBy(() -> model.train(CORPUS))
        .withMessageMatching(
            "glove: the loss became \\S+ in pass 1 of 40\\. The vectors are those before pass 1\\. Lower eta, which is 1\\.0E30\\.");
    assertThat(floats(model.vectors())).isEqualTo(floats(before));
  }

  @Test
  void anErrorOfTheListenerComesOut() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(
            () ->
                small(o -> o.workers(2))
                    .train(
                        CORPUS,
                        _ -> {
                          throw new UnsupportedOperationException("enough");
                        }))
        .withMessage("enough");
  }

  @Test
  void newWordsJoinTheOldOnes() {
    Glove model = small(o -> {});
    model.train(CORPUS);
    float[] cat = model.vectors().get("cat").toFloatArray();
    List<List<String>> more = new ArrayList<>(sentences(300));
    for (int i = 0; i < 300; i++) {
      boolean stray = i % 12 == 0;
      String verb = (stray ? FOOD_VERBS : ANIMAL_VERBS).get(i % 7 % 3);
      more.add(List.of("the", "goat", verb, stray ? "inside" : "outside"));
    }
    more.add(List.of("once"));
    WordVectors all = model.updateVocab(Corpus.of(more));
    assertThat(all.size()).isEqualTo(18);
    assertThat(all.get("cat").toFloatArray()).isEqualTo(cat);
    assertThat(model.count("goat")).isEqualTo(300);
    assertThat(model.count("the")).isEqualTo(1800);
    WordVectors trained = model.train(Corpus.of(more));
    assertThat(trained.doesntMatch(List.of("goat", "cat", "dog", "rice"))).isEqualTo("rice");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "no model");
    assertThatExceptionOfType(FormatException.class).isThrownBy(() -> Glove.load(text));
    Glove model = small(o -> o.epochs(1));
    model.train(CORPUS);
    Path path = folder.resolve("m.safetensors");
    model.save(path);
    byte[] bytes = Files.readAllBytes(path);
    for (int length : new int[] {0, 7, 100, bytes.length / 2, bytes.length - 1}) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
      assertThatExceptionOfType(FormatException.class).isThrownBy(() -> Glove.load(cut));
    }
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Glove.load(path, o -> o.vectorSize(17)))
        .withMessageContaining("the table is [17, 16]; words and vectorSize make it [17, 17]");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> model.save(folder.resolve("missing/m.safetensors")))
        .withMessageContaining("there is no such folder");
  }
}
