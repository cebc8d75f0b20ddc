package gradus.text.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that is interrupted says where it is, whenever the interruption comes. */
class TrainingRunTest {

  /** Counts the words it is given. */
  private static final class Counting extends TrainingRun.Learner {
    private long words;

    @Override
    public void learn(int[] symbols, int from, int to, float alpha, SamplingRandom random) {
      words += to - from;
    }
  }

  /** Notes what it is told. */
  private static final class Noting implements TrainingRun.Model {
    final List<TrainingRun.Position> reached = new ArrayList<>();
    final List<Boolean> saved = new ArrayList<>();
    final float[] table = new float[8];
    boolean fresh;
    int drawn;

    @Override
    public float[][] tables() {
      return new float[][] {table, null};
    }

    @Override
    public boolean isFresh() {
      return fresh;
    }

    @Override
    public void draw() {
      drawn++;
    }

    @Override
    public void reached(TrainingRun.Position position, boolean save) {
      reached.add(position);
      saved.add(save);
    }
  }

  /** The copy of the tables that a training begins with is a file, too. */
  @Test
  void interruptedBeforeAPassBegins() {
    Corpus corpus = Corpus.of(List.of(List.of("a", "b", "a"), List.of("b", "a")));
    WordCounts counts = WordCounts.of(corpus, 1, 0);
    WordTable words = counts.table().select(counts.byFrequency(1));
    try (var encoded = EncodedCorpus.of(corpus, words, 1000, -1, 1)) {
      var learner = new Counting();
      var plan = new TrainingRun.Plan("test", 3, 1, 1, 0.1, 0.01);
      var run = new TrainingRun(encoded, plan, _ -> learner, TrainingProgress.silent());
      var model = new Noting();
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> run.run(TrainingRun.Position.START, model))
          .withMessage("test: the training was interrupted in pass 1 of 3. Go on with resume.");
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(model.reached).containsExactly(TrainingRun.Position.START);
      assertThat(model.saved).containsExactly(true);
      assertThat(learner.words).isZero();
      run.run(model.reached.getFirst(), model);
      assertThat(learner.words).isEqualTo(3 * 5);
      assertThat(model.saved).containsExactly(true, false, false, false);
    } finally {
      Thread.interrupted();
    }
  }

  /** Spoils the table in some pass, and says so. */
  private static final class Diverging extends TrainingRun.Learner {
    private final float[] table;
    private int sentences;

    Diverging(float[] table) {
      this.table = table;
    }

    @Override
    public void learn(int[] symbols, int from, int to, float alpha, SamplingRandom random) {
      table[0]++;
      loss = ++sentences > 3 ? Double.NaN : 0;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDivergedTrainingReturnsToWhatItBeganWith(boolean fresh) {
    Corpus corpus = Corpus.of(List.of(List.of("a", "b", "a"), List.of("b", "a")));
    WordCounts counts = WordCounts.of(corpus, 1, 0);
    WordTable words = counts.table().select(counts.byFrequency(1));
    var model = new Noting();
    model.fresh = fresh;
    model.table[0] = 41;
    try (var encoded = EncodedCorpus.of(corpus, words, 1000, -1, 1)) {
      var learner = new Diverging(model.table);
      var plan = new TrainingRun.Plan("test", 3, 1, 1, 0.1, 0.01);
      var run = new TrainingRun(encoded, plan, _ -> learner, TrainingProgress.silent());
      assertThatIllegalStateException()
          .isThrownBy(() -> run.run(TrainingRun.Position.START, model))
          .withMessage(
              "test: the loss became NaN in pass 2 of 3, after 10 words. The vectors are those %s. Lower the learning rate, which is 0.1.",
              fresh ? "it began with" : "before pass 1");
    }
    assertThat(model.drawn).isEqualTo(fresh ? 1 : 0);
    assertThat(model.table[0]).isEqualTo(fresh ? 45 : 41);
  }
}
