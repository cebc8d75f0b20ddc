package gradus.text.glove;

import gradus.tensor.kernel.wordvectors.GloveStep;
import gradus.text.corpus.TrainingProgress;
import gradus.text.corpus.TrainingState;
import gradus.text.training.Crew;
import gradus.text.training.LastGood;
import gradus.text.training.TrainingRun;
import gradus.text.training.TrainingRun.Position;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/** Passes over all pairs, by several threads; the jobs of its positions are tiles. */
final class GloveTraining {

  private static final int REPORTS_PER_EPOCH = 100;

  /** Spreads the passes' seeds. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** The costs have become infinite or no numbers. */
  private static final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DivergedException(String message) {
      super(message);
    }
  }

  private final GloveTables tables;
  private final PairTiles tiles;
  private final GloveOptions options;
  private final TrainingProgress progress;
  private final long words;
  private final long began = System.nanoTime();

  private double passesBefore;
  private int epoch;
  private TileQueue queue;

  /** The costs of the tiles of this pass that are done, in their order. */
  private double[] costs;

  private long pairs;
  private long reportedPairs;
  private double unreported;

  /**
   * A training of some tables.
   *
   * @param words how many words the pairs come from
   */
  GloveTraining(
      GloveTables tables,
      PairTiles tiles,
      GloveOptions options,
      TrainingProgress progress,
      long words) {
    this.tables = tables;
    this.tiles = tiles;
    this.options = options;
    this.progress = progress;
    this.words = words;
  }

  /**
   * Trains from a position to the end.
   *
   * @param model hears of the position after each pass, and when the thread is interrupted
   */
  void run(Position from, TrainingRun.Model model) {
    passesBefore = from.epoch() + (double) from.examples() / tiles.pairs();
    try (var good = new LastGood(model)) {
      for (Position at = from; at.epoch() < options.epochs; ) {
        at = pass(at, good);
      }
    }
  }

  /** A pass from a position on; where it ended. */
  private Position pass(Position position, LastGood good) {
    epoch = position.epoch();
    good.keep(epoch);
    boolean interrupted = tiles(position, good);
    int done = queue.taken();
    double cost = position.loss();
    for (int place = position.job(); place < done; place++) {
      cost += costs[place];
    }
    boolean ended = done == queue.size();
    if (ended) {
      progress.epochEnded(state(cost / tiles.pairs()));
    }
    Position now =
        ended ? new Position(epoch + 1, 0, 0, 0) : new Position(epoch, done, cost, pairs);
    boolean last = now.epoch() == options.epochs;
    if (good.reached(now, interrupted, last)) {
      throw new CancellationException(
          "glove: the training was interrupted in pass %d of %d. Go on with resume."
              .formatted(epoch + 1, options.epochs));
    }
    return now;
  }

  /** The tiles of a pass, counted from 0, of which some are done. */
  static TileQueue queue(PairTiles tiles, long seed, int epoch, int done) {
    return new TileQueue(tiles, seed + (epoch + 1) * GOLDEN, done);
  }

  /** The tiles of a pass from a position on; whether the thread was interrupted. */
  private boolean tiles(Position from, LastGood good) {
    queue = queue(tiles, options.seed, epoch, from.job());
    if (queue.pairsBefore(tiles, from.job()) != from.examples()) {
      throw new IllegalArgumentException(
          "glove: the training stopped after %,d tiles of %,d pairs, which this corpus does not have. Resume with the corpus that was trained on."
              .formatted(from.job(), from.examples()));
    }
    costs = new double[queue.size()];
    pairs = from.examples();
    reportedPairs = pairs;
    unreported = 0;
    try {
      return Thread.interrupted() || Crew.run(options.workers, (crew, _) -> work(crew));
    } catch (DivergedException e) {
      throw new IllegalStateException(e.getMessage().formatted(good.restore()), e);
    }
  }

  private void work(Crew crew) {
    var reader = tiles.new Reader();
    int[] starts = tiles.blocks().starts();
    for (int place = queue.take(crew); place >= 0; place = queue.take(crew)) {
      int word = queue.wordBlock(place);
      int context = queue.contextBlock(place);
      int count = reader.read(word, context);
      var some =
          new GloveStep.Pairs(
              reader.rows, reader.logs, reader.weights, starts[word], starts[context]);
      double cost = GloveStep.steps(tables.tables(), some, count, (float) options.eta);
      if (!Double.isFinite(cost)) {
        throw new DivergedException(
            "glove: the loss became %s in pass %d of %d. The vectors are those %%s. Lower eta, which is %s."
                .formatted(cost, epoch + 1, options.epochs, options.eta));
      }
      costs[place] = cost;
      queue.done(place);
      done(count, cost);
    }
  }

  private synchronized void done(int count, double cost) {
    pairs += count;
    unreported += cost;
    if ((pairs - reportedPairs) * REPORTS_PER_EPOCH >= tiles.pairs() || pairs == tiles.pairs()) {
      progress.at(state(unreported / (pairs - reportedPairs)));
      reportedPairs = pairs;
      unreported = 0;
    }
  }

  private TrainingState state(double loss) {
    double passes = epoch + (double) pairs / tiles.pairs();
    double seconds = (System.nanoTime() - began) / 1e9;
    return new TrainingState(
        epoch + 1,
        options.epochs,
        Math.round(passes * words),
        words * options.epochs,
        loss,
        options.eta,
        (passes - passesBefore) * words / seconds,
        Duration.ofNanos((long) (seconds * 1e9)));
  }
}
