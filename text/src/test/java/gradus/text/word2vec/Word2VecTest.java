package gradus.text.word2vec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Word2VecTest {

  private static final List<String> ANIMALS = List.of("cat", "dog", "cow", "hen");
  private static final List<String> ANIMAL_VERBS = List.of("sleeps", "runs", "drinks");
  private static final List<String> FOODS = List.of("bread", "soup", "cake", "rice");
  private static final List<String> FOOD_VERBS = List.of("bakes", "cooks", "cools");

  @TempDir Path folder;

  /** Sentences in which animals and foods never share their company. */
  private static List<List<String>> sentences(int count) {
    var random = new Random(3);
    var result = new ArrayList<List<String>>();
    for (int i = 0; i < count; i++) {
      boolean animal = random.nextBoolean();
      result.add(
          List.of(
              "the",
              pick(animal ? ANIMALS : FOODS, random),
              pick(animal ? ANIMAL_VERBS : FOOD_VERBS, random),
              animal ? "outside" : "inside"));
    }
    return result;
  }

  private static final Corpus CORPUS = Corpus.of(sentences(1200));

  private static String pick(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  private static Word2Vec small(Consumer<Word2VecOptions> more) {
    return new Word2Vec(
        o -> {
          o.vectorSize(16).window(3).minCount(2).epochs(40).sample(0).alpha(0.05);
          more.accept(o);
        });
  }

  private static float[] floats(WordVectors vectors) {
    return vectors.vectors().toFloatArray();
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, 5, 1",
    "false, false, 5, 1",
    "true, true, 0, 1",
    "false, true, 0, 1",
    "true, true, 5, 2",
    "true, false, 5, 3",
    "false, false, 5, 2"
  })
  void wordsInTheSameCompanyGrowAlike(boolean skipGram, boolean hs, int negative, int workers) {
    var losses = new ArrayList<Double>();
    WordVectors trained =
        small(o -> o.sg(skipGram).hs(hs).negative(negative).workers(workers))
            .train(CORPUS, state -> losses.add(state.loss()));
    assertThat(losses.getLast()).isLessThan(0.85 * losses.getFirst());
    assertThat(trained.nSimilarity(List.of("cat", "hen"), List.of("dog", "cow")))
        .isGreaterThan(trained.nSimilarity(ANIMALS, FOODS) + 0.02);
    for (String animal : ANIMALS) {
      assertThat(trained.doesntMatch(List.of("bread", "soup", animal, "rice"))).isEqualTo(animal);
    }
  }

  @Test
  void sameSeedSameVectors() {
    WordVectors first = small(o -> o.seed(5)).train(CORPUS);
    WordVectors second = small(o -> o.seed(5)).train(CORPUS);
    WordVectors other = small(o -> o.seed(6)).train(CORPUS);
    assertThat(floats(first)).isEqualTo(floats(second)).isNotEqualTo(floats(other));
  }

  @Test
  void rareWordsAreLeftOut() {
    var model = new Word2Vec(o -> o.minCount(2).vectorSize(4));
    WordVectors random =
        model.buildVocab(Corpus.of(List.of(List.of("b", "a", "a"), List.of("b", "c", "a"))));
    assertThat(random.vocabulary().words()).containsExactly("a", "b");
    assertThat(model.count("a")).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.count("c"))
        .withMessage("word2vec: \"c\" is not among the 2 words.");
    var most = new Word2Vec(o -> o.minCount(1).maxFinalVocab(1));
    assertThat(most.buildVocab(CORPUS).vocabulary().words()).containsExactly("the");
  }

  @Test
  void whatCannotBeTrainedIsSaid() throws IOException {
    var model = new Word2Vec();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.train(Corpus.of(List.of(List.of("a", "b")))))
        .withMessage(
            "word2vec: none of 2 different words occurs 5 times. Lower minCount or give more text.");
    Path empty = Files.createFile(folder.resolve("empty.txt"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.train(Corpus.of(empty)))
        .withMessage(
            "word2vec: there is no word in the corpus. Give a text of words parted by blanks.");
    Iterator<List<String>> once = sentences(200).iterator();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.train(Corpus.of(() -> once)))
        .withMessageContaining("must begin anew each time");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Word2Vec(o -> o.window(0)))
        .withMessage("word2vec: window is 0. It must be at least 1.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Word2Vec(o -> o.negative(0)))
        .withMessageContaining("there is nothing to learn");
    assertThatIllegalStateException()
        .isThrownBy(() -> new Word2Vec().vectors())
        .withMessageContaining("Call buildVocab or train");
  }

  @Test
  void oneWordAndLongSentencesAreNoTrouble() throws IOException {
    var lonely = new Word2Vec(o -> o.minCount(1).vectorSize(3).hs(true));
    assertThat(lonely.train(Corpus.of(List.of(List.of("a")))).size()).isEqualTo(1);
    WordVectors alone = lonely.train(Corpus.of(List.of(List.of("a", "a", "a"))));
    assertThat(alone.vectors().isfinite().all().item()).isEqualTo(1);
    Path line = Files.writeString(folder.resolve("line.txt"), "over and under ".repeat(350_000));
    var words = new Word2Vec(o -> o.vectorSize(2).epochs(1));
    assertThat(words.train(Corpus.of(line)).size()).isEqualTo(3);
    assertThat(words.count("and")).isEqualTo(350_000);
  }

  @Test
  void vectorsAreACopy() {
    Word2Vec model = small(o -> {});
    WordVectors before = model.buildVocab(CORPUS);
    float[] kept = before.get("cat").toFloatArray().clone();
    model.train(CORPUS);
    assertThat(before.get("cat").toFloatArray()).isEqualTo(kept);
    assertThat(model.vectors().get("cat").toFloatArray()).isNotEqualTo(kept);
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
    assertThat(diary.states).hasSizeBetween(100, 250);
    assertThat(diary.epochs).extracting(TrainingState::epoch).containsExactly(1, 2);
    assertThat(diary.epochs.getLast().words()).isEqualTo(9600);
    // The mean of the pass is the mean of its reports, weighted by their examples.
    double mean =
        diary.states.stream()
            .filter(state -> state.epoch() == 2)
            .mapToDouble(TrainingState::loss)
            .average()
            .orElseThrow();
    assertThat(diary.epochs.getLast().loss()).isCloseTo(mean, within(0.02));
    assertThat(diary.epochs.getLast().alpha()).isCloseTo(0.0001, within(1e-12));
  }

  @Test
  void aFirstLossIsThatOfChance() {
    // All scores are 0: each pair and each of 5 negatives costs log 2.
    var diary = new Diary();
    small(o -> o.alpha(0).minAlpha(0).epochs(1).sg(true)).train(CORPUS, diary);
    assertThat(diary.epochs.getFirst().loss()).isCloseTo(6 * Math.log(2), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true"})
  void aSavedModelIsTheSame(boolean skipGram, boolean hs) {
    Word2Vec model = small(o -> o.sg(skipGram).hs(hs).epochs(2));
    model.train(CORPUS);
    Path path = folder.resolve("model.safetensors");
    model.save(path);
    Word2Vec loaded = Word2Vec.load(path);
    assertThat(floats(loaded.vectors())).isEqualTo(floats(model.vectors()));
    assertThat(loaded.vectors().vocabulary().words())
        .isEqualTo(model.vectors().vocabulary().words());
    assertThat(loaded.count("the")).isEqualTo(1200);
    // Trained further both go the same way: all tables and options are there.
    assertThat(floats(loaded.train(CORPUS))).isEqualTo(floats(model.train(CORPUS)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 57, 99, 100, 101, 250, 297})
  void anInterruptedTrainingGoesOnBitForBit(int jobs) {
    WordVectors whole = small(o -> o.epochs(3)).train(CORPUS);
    Path path = folder.resolve("stopped.safetensors");
    int[] calls = {0};
    Word2Vec model = small(o -> o.epochs(3).checkpoint(path));
    Thread main = Thread.currentThread();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                model.train(
                    CORPUS,
                    _ -> {
                      if (calls[0]++ == jobs) {
                        main.interrupt();
                        // Until it has woken up: these jobs take some microseconds.
                        LockSupport.parkNanos(200_000_000);
                      }
                    }))
        .withMessageContaining("Go on with resume.");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(floats(model.vectors())).isNotEqualTo(floats(whole));
    assertThat(floats(Word2Vec.load(path).resume(CORPUS))).isEqualTo(floats(whole));
    assertThat(floats(model.resume(CORPUS))).isEqualTo(floats(whole));
    // What has ended stays as it is.
    assertThat(floats(model.resume(CORPUS))).isEqualTo(floats(whole));
  }

  @Test
  void aTrainingThatDivergesReturnsToTheLastGoodPass() {
    var diary = new Diary();
    Word2Vec model = small(o -> o.alpha(1e30).minAlpha(1e30).sg(true));
    WordVectors before = model.buildVocab(CORPUS);
    assertThatIllegalStateException()
        .isThrownBy(() -> model.train(CORPUS, diary))
        .withMessageMatching(
            "word2vec: the loss became \\S+ in pass 1 of 40, after [\\d,]+ words\\. The vectors are those it began with\\. Lower the learning rate, which is 1\\.0E30\\.");
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
    Word2Vec model = small(o -> {});
    model.train(CORPUS);
    float[] cat = model.vectors().get("cat").toFloatArray();
    List<List<String>> more = new ArrayList<>(sentences(300));
    for (int i = 0; i < 300; i++) {
      more.add(List.of("the", "goat", ANIMAL_VERBS.get(i % 3), "outside"));
    }
    more.add(List.of("once"));
    WordVectors all = model.updateVocab(Corpus.of(more));
    assertThat(all.size()).isEqualTo(18);
    assertThat(all.get("cat").toFloatArray()).isEqualTo(cat);
    assertThat(model.count("goat")).isEqualTo(300);
    assertThat(model.count("the")).isEqualTo(1800);
    WordVectors trained = model.train(Corpus.of(more));
    assertThat(trained.doesntMatch(List.of("goat", "cat", "dog", "rice"))).isEqualTo("rice");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> {
              Word2Vec tree = small(o -> o.hs(true).epochs(1));
              tree.train(CORPUS);
              tree.updateVocab(CORPUS);
            })
        .withMessageContaining("leaves of a tree");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "no model");
    assertThatExceptionOfType(FormatException.class).isThrownBy(() -> Word2Vec.load(text));
    Word2Vec model = small(o -> o.epochs(1));
    model.train(CORPUS);
    Path path = folder.resolve("m.safetensors");
    model.save(path);
    byte[] bytes = Files.readAllBytes(path);
    for (int length : new int[] {0, 7, 100, bytes.length / 2, bytes.length - 1}) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
      assertThatExceptionOfType(FormatException.class).isThrownBy(() -> Word2Vec.load(cut));
    }
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Word2Vec.load(path, o -> o.vectorSize(17)))
        .withMessageContaining("the table is [17, 16]; words and vectorSize make it [17, 17]");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> model.save(folder.resolve("missing/m.safetensors")))
        .withMessageContaining("there is no such folder");
  }
}
