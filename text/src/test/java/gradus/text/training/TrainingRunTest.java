package gradus.text.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** A training that is interrupted says where it is, whenever the interruption comes. */
class TrainingRunTest {

  /** Counts the words it is given. */
  private static final class Counting implements TrainingRun.Learner {
    private long words;

    @Override
    public void learn(int[] symbols, int from, int to, float alpha, SamplingRandom random) {
      words += to - from;
    }

    @Override
    public double takeLoss() {
      return 0;
    }

    @Override
    public long takeExamples() {
      return 0;
    }
  }

  /** The copy of the tables that a pass begins with is a file, too. */
  @Test
  void interruptedBeforeAPassBegins() {
    Corpus corpus = Corpus.of(List.of(List.of("a", "b", "a"), List.of("b", "a")));
    WordCounts counts = WordCounts.of(corpus, 1, 0);
    WordTable words = counts.table().select(counts.byFrequency(1));
    try (var encoded = EncodedCorpus.of(corpus, words, 1000, -1, 1)) {
      var learner = new Counting();
      var plan = new TrainingRun.Plan("test", 3, 1, 1, 0.1, 0.01);
      var run = new TrainingRun(encoded, plan, _ -> learner, TrainingProgress.silent());
      List<TrainingRun.Position> reached = new ArrayList<>();
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> run.run(TrainingRun.Position.START, reached::add, new float[8]))
          .withMessage("test: the training was interrupted in pass 1 of 3. Go on with resume.");
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(reached).containsExactly(TrainingRun.Position.START);
      assertThat(learner.words).isZero();
      run.run(reached.getFirst(), reached::add, new float[8]);
      assertThat(learner.words).isEqualTo(3 * 5);
    } finally {
      Thread.interrupted();
    }
  }
}
