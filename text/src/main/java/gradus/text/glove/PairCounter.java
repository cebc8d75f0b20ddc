package gradus.text.glove;

import gradus.text.training.TokenSink;
import gradus.text.training.WordTable;
import java.util.Arrays;

/** One thread's share of counting pairs. */
final class PairCounter implements TokenSink {

  private static final int FIRST_EVENTS = 1 << 14;

  /**
   * Where counts go.
   *
   * @param layout the pairs that have a place; all others are events
   * @param runs what takes the events, sorted
   * @param units what a distance counts
   * @param mostEvents how many events are gathered before they are sorted
   */
  record Target(
      PairKeys keys, DenseCounts.Layout layout, PairRuns runs, long[] units, int mostEvents) {}

  private final WordTable vocabulary;
  private final int window;
  private final boolean symmetric;
  private final Target target;
  private final DenseCounts dense;
  private int[] sentence = new int[1 << 10];
  private int length;
  private long[] events = {};
  private int gathered;

  PairCounter(WordTable vocabulary, Cooccurrences.Settings settings, Target target) {
    this.vocabulary = vocabulary;
    this.window = settings.window();
    this.symmetric = settings.symmetric();
    this.target = target;
    this.dense = new DenseCounts(target.layout(), symmetric);
  }

  @Override
  public void word(byte[] bytes, int from, int to, int hash) {
    int id = vocabulary.find(bytes, from, to, hash);
    if (id >= 0) {
      if (length == sentence.length) {
        sentence = Arrays.copyOf(sentence, 2 * length);
      }
      sentence[length++] = id;
    }
  }

  @Override
  public void endOfLine() {
    for (int at = 1; at < length; at++) {
      if (gathered > events.length - window) {
        makeRoom();
      }
      left(at, Math.min(window, at));
    }
    length = 0;
  }

  /** The words on the left of one. */
  private void left(int at, int reach) {
    int word = sentence[at];
    for (int distance = 1; distance <= reach; distance++) {
      int other = sentence[at - distance];
      int smaller = Math.min(word, other);
      int larger = Math.max(word, other);
      int turned = symmetric || other <= word ? 0 : 1;
      if (larger < target.layout().limit(smaller)) {
        dense.add(smaller, larger, turned, target.units()[distance]);
      } else {
        events[gathered++] = target.keys().event(smaller, larger, turned, distance);
      }
    }
  }

  private void makeRoom() {
    int most = Math.max(target.mostEvents(), 2 * window);
    if (events.length < most) {
      events =
          Arrays.copyOf(events, (int) Math.min(most, Math.max(FIRST_EVENTS, 2L * events.length)));
    } else {
      writeRun();
    }
    if (gathered > events.length - window) {
      makeRoom();
    }
  }

  private void writeRun() {
    if (gathered == 0) {
      return;
    }
    PairKeys keys = target.keys();
    long[] sorted =
        RadixSort.sort(events, new long[gathered], gathered, keys.distanceBits(), keys.keyBits());
    PairRuns.Writer run = target.runs().new Writer();
    for (int i = 0; i < gathered; ) {
      long key = keys.key(sorted[i]);
      long units = 0;
      for (; i < gathered && keys.key(sorted[i]) == key; i++) {
        units += target.units()[keys.distance(sorted[i])];
      }
      run.add(key, units);
    }
    run.finish();
    gathered = 0;
  }

  /** The counts of the frequent pairs, when the last of the others are written. */
  DenseCounts finish() {
    writeRun();
    return dense;
  }
}
