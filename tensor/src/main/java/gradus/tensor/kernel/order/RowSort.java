package gradus.tensor.kernel.order;

import java.util.Arrays;

/**
 * Orders one row at a time, packed by {@link SortKeys#pack}: stable, since equal keys are told
 * apart by their position.
 */
final class RowSort {

  /** Shorter ranges are sorted by comparisons: there the counts of a radix sort cost more. */
  private static final int RADIX_FROM = 48;

  private static final int DIGITS = 4;
  private static final int BUCKETS = 256;

  /** So many elements at least are collected before the best of them are sorted out. */
  private static final int COLLECTED = 32;

  /** Up to so many are kept in order all the time. */
  private static final int INSERTED = 64;

  private final SortKeys keys;
  private final int flip;
  private final int[] counts = new int[DIGITS * BUCKETS];
  private long[] spare = new long[0];

  RowSort(SortKeys keys, boolean descending) {
    this.keys = keys;
    this.flip = descending ? -1 : 0;
  }

  /** Packs rows; see {@link SortKeys#pack}. */
  void pack(int at, int step, int n, int lanes, long[] rows) {
    keys.pack(at, step, n, lanes, flip, rows);
  }

  /**
   * Puts the first k elements of a packed row of n in order, before the others; those are lost.
   *
   * @param at where the row's elements begin, {@code step} apart
   */
  void first(long[] row, int from, int n, int k, int at, int step) {
    int most = 2 * Math.max(k, COLLECTED);
    if (k == 0 || 2 * most > n) {
      sort(row, from, from + n, at, step);
      return;
    }
    // What is beyond the k-th of those seen so far is passed over.
    int end = from;
    long limit = Long.MAX_VALUE;
    for (int i = from; i < from + n; i++) {
      if (row[i] <= limit) {
        row[end++] = row[i];
        if (end - from == most) {
          sort(row, from, end, at, step);
          end = from + k;
          limit = keys.wide() ? row[end - 1] | 0xffffffffL : row[end - 1];
        }
      }
    }
    sort(row, from, end, at, step);
  }

  /** Whether {@link #best} is for so few of n. */
  static boolean few(SortKeys keys, int k, int n) {
    return !keys.wide() && k > 0 && k <= INSERTED && k < n / 4;
  }

  /** Packs the first k elements in order of n neighbours, one by one to where it belongs. */
  void best(long[] row, int at, int n, int k) {
    keys.pack(at, 1, k, 1, flip, row);
    Arrays.sort(row, 0, k);
    int i = k;
    // An element equal to the last is behind it, and nothing is before the smallest of all.
    for (int last; (last = upper(row[k - 1])) > Integer.MIN_VALUE; i++) {
      i = keys.next(at, i, n, flip, last - 1);
      if (i == n) {
        return;
      }
      long packed = (long) (keys.upper(at + i) ^ flip) << 32 | i;
      int place = k - 1;
      for (; place > 0 && row[place - 1] > packed; place--) {
        row[place] = row[place - 1];
      }
      row[place] = packed;
    }
  }

  /** Sorts a range of a packed row. */
  private void sort(long[] row, int from, int to, int at, int step) {
    sort(row, from, to);
    if (keys.wide()) {
      int start = from;
      for (int i = from + 1; i <= to; i++) {
        if (i == to || upper(row[i]) != upper(row[start])) {
          if (i - start > 1) {
            tie(row, start, i, at, step);
          }
          start = i;
        }
      }
    }
  }

  /** Sorts elements whose upper bits are equal. */
  private void tie(long[] row, int from, int to, int at, int step) {
    long upper = row[from] >> 32 << 32;
    lower(row, from, to, at, step);
    sort(row, from, to);
    for (int i = from; i < to; i++) {
      row[i] = upper | (int) row[i];
    }
  }

  private static int upper(long packed) {
    return (int) (packed >> 32);
  }

  /** Packs the lower bits in the place of the upper ones, which are equal. */
  private void lower(long[] row, int from, int to, int at, int step) {
    for (int i = from; i < to; i++) {
      int position = (int) row[i];
      row[i] = (long) (keys.lower(at + position * step) ^ flip) << 32 | position;
    }
  }

  /** By what is packed, least digit first; those that are the same in all elements are left out. */
  private void sort(long[] row, int from, int to) {
    int n = to - from;
    if (n < RADIX_FROM) {
      Arrays.sort(row, from, to);
      return;
    }
    if (spare.length < n) {
      spare = new long[n];
    }
    count(row, from, to);
    long[] a = row;
    long[] b = spare;
    int aFrom = from;
    int bFrom = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      int shift = 32 + 8 * digit;
      int first = digit * BUCKETS;
      if (counts[first + bucket(a[aFrom], shift)] == n) {
        continue;
      }
      int place = bFrom;
      for (int i = first; i < first + BUCKETS; i++) {
        int count = counts[i];
        counts[i] = place;
        place += count;
      }
      for (int i = aFrom; i < aFrom + n; i++) {
        long packed = a[i];
        b[counts[first + bucket(packed, shift)]++] = packed;
      }
      long[] swap = a;
      a = b;
      b = swap;
      bFrom = aFrom;
      aFrom = a == row ? from : 0;
    }
    if (a != row) {
      System.arraycopy(a, 0, row, from, n);
    }
  }

  /** A digit of 8 bits, the uppermost with its sign turned. */
  private static int bucket(long packed, int shift) {
    return (int) ((packed ^ Long.MIN_VALUE) >>> shift) & (BUCKETS - 1);
  }

  private void count(long[] row, int from, int to) {
    Arrays.fill(counts, 0);
    for (int i = from; i < to; i++) {
      int key = upper(row[i]) ^ Integer.MIN_VALUE;
      counts[key & 255]++;
      counts[BUCKETS + (key >>> 8 & 255)]++;
      counts[2 * BUCKETS + (key >>> 16 & 255)]++;
      counts[3 * BUCKETS + (key >>> 24)]++;
    }
  }

  /**
   * The position of the element that would stand at {@code rank} if the packed row were sorted; the
   * row is lost.
   */
  int select(long[] row, int n, int rank, int at, int step) {
    int[] left = {n, rank};
    narrow(row, left);
    if (keys.wide() && left[0] > 1) {
      lower(row, 0, left[0], at, step);
      narrow(row, left);
    }
    return (int) row[left[1]];
  }

  /**
   * Keeps the elements whose packed bits are those of the wanted one, in their order; {@code left}
   * is how many, and the rank among them.
   */
  private void narrow(long[] row, int[] left) {
    int n = left[0];
    int rank = left[1];
    for (int shift = 56; shift >= 32 && n > 1; shift -= 8) {
      Arrays.fill(counts, 0, BUCKETS, 0);
      for (int i = 0; i < n; i++) {
        counts[bucket(row[i], shift)]++;
      }
      int wanted = 0;
      while (rank >= counts[wanted]) {
        rank -= counts[wanted++];
      }
      int kept = 0;
      for (int i = 0; i < n; i++) {
        row[kept] = row[i];
        kept += bucket(row[i], shift) == wanted ? 1 : 0;
      }
      n = kept;
    }
    left[0] = n;
    left[1] = rank;
  }
}
