package gradus.text.tokenizer;

import java.util.Arrays;

/** Which two tokens may become one, and how early: a table of pairs. */
final class Merges {

  private static final long EMPTY = -1;

  private long[] pairs = new long[64];
  private int[] ranks = new int[64];
  private int[] results = new int[32];
  private int stored;
  private int count;

  Merges() {
    Arrays.fill(pairs, EMPTY);
  }

  /** Adds a merge, of a later rank than all before. */
  void add(int left, int right, int result) {
    if (count == results.length) {
      results = Arrays.copyOf(results, 2 * count);
    }
    results[count] = result;
    if (2 * (stored + 1) > pairs.length) {
      rehash();
    }
    put((long) left << 32 | right, count++);
  }

  private void put(long pair, int rank) {
    int slot = slot(pair);
    if (pairs[slot] == EMPTY) {
      stored++;
    }
    pairs[slot] = pair;
    ranks[slot] = rank;
  }

  private void rehash() {
    long[] oldPairs = pairs;
    int[] oldRanks = ranks;
    pairs = new long[2 * oldPairs.length];
    ranks = new int[pairs.length];
    Arrays.fill(pairs, EMPTY);
    stored = 0;
    for (int i = 0; i < oldPairs.length; i++) {
      if (oldPairs[i] != EMPTY) {
        put(oldPairs[i], oldRanks[i]);
      }
    }
  }

  private int slot(long pair) {
    int mask = pairs.length - 1;
    long hash = pair * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 32) & mask;
    while (pairs[slot] != EMPTY && pairs[slot] != pair) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** The rank of a pair, or -1. */
  int rank(int left, int right) {
    int slot = slot((long) left << 32 | right);
    return pairs[slot] == EMPTY ? -1 : ranks[slot];
  }

  int result(int rank) {
    return results[rank];
  }
}
