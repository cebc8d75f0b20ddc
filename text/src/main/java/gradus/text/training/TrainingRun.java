package gradus.text.training;

import gradus.text.corpus.TrainingProgress;
import gradus.text.corpus.TrainingState;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;

/**
 * Goes through an encoded corpus as often as wanted, with as many threads as wanted, each of which
 * takes the next job; they move the same tables without locks (Hogwild). With one thread the result
 * depends on the seed only.
 *
 * <p>Source: Recht, Ré, Wright and Niu, "Hogwild!: A Lock-Free Approach to Parallelizing Stochastic
 * Gradient Descent", 2011.
 */
public final class TrainingRun {

  /** One thread's hands: moves the tables along one sentence. */
  public abstract static class Learner {

    /** The sum of the losses of the job under way. */
    protected double loss;

    /** The number of its examples. */
    protected long examples;

    /**
     * Learns a sentence.
     *
     * @param words ids, of which {@code from} to {@code to} are the sentence
     * @param alpha the learning rate
     * @param random the numbers of the job
     */
    public abstract void learn(int[] words, int from, int to, float alpha, SamplingRandom random);
  }

  /**
   * What is to be done.
   *
   * @param trainer the name of the trainer, for errors
   * @param epochs passes over the corpus
   * @param workers threads
   * @param seed of all that is drawn
   * @param alpha the learning rate at the beginning
   * @param minAlpha and at the end; it falls evenly with the words
   */
  public record Plan(
      String trainer, int epochs, int workers, long seed, double alpha, double minAlpha) {}

  /**
   * How far it has come.
   *
   * @param epoch passes that are done
   * @param job jobs of the pass under way that are done
   * @param loss the sum of their losses
   * @param examples the number of their examples
   */
  public record Position(int epoch, int job, double loss, long examples) {
    /** The beginning. */
    public static final Position START = new Position(0, 0, 0, 0);
  }

  /** What is trained. No thread trains while it is asked. */
  public interface Model {

    /** The tables that move; some may be null. */
    float[][] tables();

    /** Whether the tables are as they were drawn, so that {@link #draw} gives the same again. */
    boolean isFresh();

    /** Gives the tables their first values. */
    void draw();

    /**
     * The training has come so far: a pass has ended, or the thread was interrupted.
     *
     * @param save whether it is time to write a checkpoint, if there is to be one
     */
    void reached(Position position, boolean save);
  }

  /** The losses have become infinite or no numbers. */
  private static final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DivergedException(String message) {
      super(message);
    }
  }

  private final EncodedCorpus corpus;
  private final Plan plan;
  private final IntFunction<Learner> learners;
  private final TrainingProgress progress;
  private final long begin = System.nanoTime();

  private long wordsBefore;
  private int epoch;
  private int nextJob;
  private int doneJobs;
  private double loss;
  private long examples;
  private long doneWords;

  /**
   * A training.
   *
   * @param learners makes the hands of each thread
   */
  public TrainingRun(
      EncodedCorpus corpus, Plan plan, IntFunction<Learner> learners, TrainingProgress progress) {
    this.corpus = corpus;
    this.plan = plan;
    this.learners = learners;
    this.progress = progress;
  }

  /**
   * Trains from a position to the end.
   *
   * @param from where to begin
   * @throws IllegalStateException if the losses are no numbers any more; the tables are then those
   *     that were kept last
   * @throws CancellationException if the thread was interrupted
   */
  public void run(Position from, Model model) {
    wordsBefore = from.epoch() * corpus.words() + corpus.start(from.job());
    loss = from.loss();
    examples = from.examples();
    int first = from.job();
    try (var good = new LastGood(model)) {
      for (epoch = from.epoch(); epoch < plan.epochs(); epoch++) {
        boolean interrupted = pass(first, good);
        first = 0;
        boolean ended = doneJobs == corpus.jobs();
        if (ended) {
          progress.epochEnded(state(mean(loss, examples)));
        }
        Position now =
            ended
                ? new Position(epoch + 1, 0, 0, 0)
                : new Position(epoch, doneJobs, loss, examples);
        loss = 0;
        examples = 0;
        boolean last = now.epoch() == plan.epochs();
        if (good.reached(now, interrupted, last)) {
          throw new CancellationException(
              "%s: the training was interrupted in pass %d of %d. Go on with resume."
                  .formatted(plan.trainer(), epoch + 1, plan.epochs()));
        }
      }
    }
  }

  /** The jobs of the pass from one on. */
  private boolean pass(int first, LastGood good) {
    nextJob = first;
    doneJobs = first;
    doneWords = corpus.start(first);
    try {
      good.keep(epoch);
      return Thread.interrupted() || Crew.run(plan.workers(), this::work);
    } catch (DivergedException e) {
      throw new IllegalStateException(e.getMessage().formatted(good.restore()), e);
    }
  }

  private static double mean(double loss, long examples) {
    return examples == 0 ? 0 : loss / examples;
  }

  private void work(Crew crew, int worker) {
    Learner learner = learners.apply(worker);
    int[] symbols = null;
    while (!crew.stopped()) {
      int job;
      synchronized (this) {
        if (nextJob == corpus.jobs()) {
          return;
        }
        job = nextJob++;
      }
      symbols = corpus.read(job, symbols);
      learner.loss = 0;
      learner.examples = 0;
      learn(learner, symbols, job);
      finished(job, learner.loss, learner.examples);
    }
  }

  private void learn(Learner learner, int[] symbols, int job) {
    var random = new SamplingRandom(plan.seed(), epoch, job);
    double total = (double) corpus.words() * plan.epochs();
    long words = epoch * corpus.words() + corpus.start(job);
    int from = 0;
    for (int i = 0; i < corpus.symbols(job); i++) {
      if (symbols[i] == EncodedCorpus.END) {
        double alpha = plan.alpha() - (plan.alpha() - plan.minAlpha()) * (words / total);
        learner.learn(symbols, from, i, (float) alpha, random);
        words += i - from;
        from = i + 1;
      }
    }
  }

  private synchronized void finished(int job, double jobLoss, long jobExamples) {
    doneJobs++;
    doneWords += corpus.start(job + 1) - corpus.start(job);
    loss += jobLoss;
    examples += jobExamples;
    if (!Double.isFinite(jobLoss)) {
      throw new DivergedException(
          "%s: the loss became %s in pass %d of %d, after %,d words. The vectors are those %%s. Lower the learning rate, which is %s."
              .formatted(
                  plan.trainer(),
                  jobLoss,
                  epoch + 1,
                  plan.epochs(),
                  epoch * corpus.words() + doneWords,
                  plan.alpha()));
    }
    progress.at(state(mean(jobLoss, jobExamples)));
  }

  private TrainingState state(double meanLoss) {
    long words = epoch * corpus.words() + doneWords;
    long total = plan.epochs() * corpus.words();
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new TrainingState(
        epoch + 1,
        plan.epochs(),
        words,
        total,
        meanLoss,
        plan.alpha() - (plan.alpha() - plan.minAlpha()) * ((double) words / total),
        (words - wordsBefore) / seconds,
        Duration.ofNanos((long) (seconds * 1e9)));
  }
}
