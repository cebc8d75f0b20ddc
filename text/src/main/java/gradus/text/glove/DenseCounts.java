package gradus.text.glove;

/**
 * Counts of the pairs of frequent words, one place each: those whose ranks' product stays below a
 * bound, which are most of what stands in a text (Stanford's {@code cooccur} does the same).
 */
final class DenseCounts {

  /** Which pairs have a place; the same for all threads. */
  static final class Layout {
    /** Behind the last partner of each word that has a place. */
    private final int[] limits;

    /** The place of each word's pair with word 0, if there were one. */
    private final int[] starts;

    private final int size;

    /**
     * The layout that takes so many places at most.
     *
     * @param words how many words there are
     * @param most how many places
     */
    Layout(int words, long most) {
      long low = 0;
      long high = (long) words * words;
      while (low < high) {
        long middle = low + high + 1 >>> 1;
        if (size(words, middle) <= most) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      limits = new int[words];
      starts = new int[words];
      int end = 0;
      for (int word = 0; word < words; word++) {
        limits[word] = limit(words, low, word);
        starts[word] = end - word;
        end += Math.max(0, limits[word] - word);
      }
      size = end;
    }

    private static int limit(int words, long product, int word) {
      return (int) Math.min(words, product / (word + 1));
    }

    private static long size(int words, long product) {
      long size = 0;
      for (int word = 0; word < words && limit(words, product, word) > word; word++) {
        size += limit(words, product, word) - word;
      }
      return size;
    }

    /** How many words there are. */
    int words() {
      return limits.length;
    }

    /** Behind the last partner of a word that has a place. */
    int limit(int word) {
      return limits[word];
    }

    int place(int smaller, int larger) {
      return starts[smaller] + larger;
    }
  }

  private final Layout layout;
  private final long[] counts;

  /** Counts for pairs that stand left to right in both ways when their order matters. */
  DenseCounts(Layout layout, boolean symmetric) {
    this.layout = layout;
    this.counts = new long[symmetric ? layout.size : 2 * layout.size];
  }

  /** Adds to the count of a pair that the layout has a place for. */
  void add(int smaller, int larger, int turned, long units) {
    counts[layout.place(smaller, larger) + turned * layout.size] += units;
  }

  long get(int smaller, int larger, int turned) {
    return counts[layout.place(smaller, larger) + turned * layout.size];
  }

  void addAll(DenseCounts other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }
}
