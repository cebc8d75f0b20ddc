package gradus.text.glove;

import gradus.text.corpus.Corpus;
import gradus.text.training.Crew;
import gradus.text.training.TextBlocks;
import gradus.text.training.WordTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;

/**
 * How often words stand near each other: for each pair the sum of one over the distance, as
 * Stanford's {@code cooccur} counts.
 *
 * <p>Sums are whole numbers of a unit that every {@code 1/d} is a multiple of, so that they are
 * exact, and the same for any number of threads and in any order. From a window of 23 on, where
 * that unit would be too small, it is 2⁻³² and each {@code 1/d} is rounded to it.
 *
 * <p>Of the memory allowed a quarter holds the counts of frequent pairs; rarer ones are gathered as
 * they come, sorted when their share is full, and written as a run.
 */
final class Cooccurrences implements AutoCloseable {

  private static final long MOST_UNITS = 1L << 32;

  /** What is counted. */
  record Settings(int window, boolean symmetric, long memory, int workers) {}

  /** Takes the pairs that occur. */
  @FunctionalInterface
  interface Pairs {
    /**
     * A pair, told once. They come ordered by the smaller of the two ids.
     *
     * @param units the count in units
     */
    void pair(int word, int context, long units);
  }

  private final Settings settings;
  private final PairKeys keys;
  private final DenseCounts.Layout layout;
  private final PairRuns runs = new PairRuns();
  private DenseCounts dense;

  private Cooccurrences(Settings settings, int words, long occurrences) {
    this.settings = settings;
    this.keys = PairKeys.of(words, settings.window());
    long places = settings.memory() / 4 / settings.workers() / Long.BYTES;
    long most = settings.symmetric() ? places : places / 2;
    // Not more than there can be pairs.
    this.layout =
        new DenseCounts.Layout(
            words, Math.min(Math.min(most, 1 << 28), occurrences * settings.window()));
  }

  /**
   * Counts the pairs of a corpus.
   *
   * @param vocabulary the words by id, with their counts; others are left out
   */
  static Cooccurrences of(Corpus corpus, WordTable vocabulary, Settings settings) {
    var result =
        new Cooccurrences(settings, vocabulary.size(), LongStream.of(vocabulary.counts()).sum());
    List<DenseCounts> shares = new ArrayList<>();
    boolean interrupted;
    try (TextBlocks text = corpus.blocks()) {
      interrupted =
          Crew.run(
              settings.workers(),
              (crew, _) -> {
                DenseCounts share = result.count(crew, text, vocabulary);
                synchronized (shares) {
                  shares.add(share);
                }
              });
      if (interrupted) {
        throw new CancellationException(
            "glove: the thread was interrupted while pairs were counted. Go on with resume.");
      }
    } catch (RuntimeException | Error e) {
      result.close();
      throw e;
    }
    result.dense = shares.getFirst();
    shares.stream().skip(1).forEach(result.dense::addAll);
    return result;
  }

  private DenseCounts count(Crew crew, TextBlocks text, WordTable vocabulary) {
    long most = 3 * (settings.memory() / 8) / settings.workers() / Long.BYTES;
    var counter =
        new PairCounter(
            vocabulary,
            settings,
            new PairCounter.Target(
                keys, layout, runs, units(settings.window()), Math.clamp(most, 64, 1 << 28)));
    while (!crew.stopped()) {
      TextBlocks.Block block;
      synchronized (text) {
        block = text.next();
      }
      if (block == null) {
        break;
      }
      block.tell(counter);
    }
    return counter.finish();
  }

  /** How many units a count of one is. */
  static long one(int window) {
    long common = 1;
    for (int d = 2; d <= window && common < MOST_UNITS; d++) {
      long a = common;
      long b = d;
      while (b != 0) {
        long rest = a % b;
        a = b;
        b = rest;
      }
      common *= d / a;
    }
    return Math.min(common, MOST_UNITS);
  }

  private static long[] units(int window) {
    long one = one(window);
    long[] units = new long[window + 1];
    for (int d = 1; d <= window; d++) {
      units[d] = (one + d / 2) / d;
    }
    return units;
  }

  /** How many units a count of one is. */
  long one() {
    return one(settings.window());
  }

  /** How many sorted runs were written. */
  int runs() {
    return runs.count();
  }

  /** Tells all pairs; (a, b) and (b, a) are two. */
  void forEach(Pairs pairs) {
    int[] next = {0};
    runs.merge(
        (key, units) -> {
          int smaller = keys.smaller(key);
          while (next[0] <= smaller) {
            frequent(next[0]++, pairs);
          }
          tell(smaller, keys.larger(key), keys.turned(key), units, pairs);
        });
    while (next[0] < layout.words()) {
      frequent(next[0]++, pairs);
    }
  }

  private void frequent(int word, Pairs pairs) {
    for (int other = word; other < layout.limit(word); other++) {
      tell(word, other, false, dense.get(word, other, 0), pairs);
      if (!settings.symmetric()) {
        tell(word, other, true, dense.get(word, other, 1), pairs);
      }
    }
  }

  private void tell(int smaller, int larger, boolean turned, long units, Pairs pairs) {
    if (units == 0) {
      return;
    }
    if (!settings.symmetric()) {
      pairs.pair(turned ? larger : smaller, turned ? smaller : larger, units);
    } else if (smaller == larger) {
      pairs.pair(smaller, smaller, 2 * units); // each stands on the left and on the right
    } else {
      pairs.pair(smaller, larger, units);
      pairs.pair(larger, smaller, units);
    }
  }

  @Override
  public void close() {
    runs.close();
  }
}
