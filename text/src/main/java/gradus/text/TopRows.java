package gradus.text;

/** The rows with the highest scores, found in one pass with a small heap. */
final class TopRows {

  private TopRows() {}

  /**
   * The {@code n} rows with the highest scores, best first; among equals the earlier row comes
   * first. NaN scores never win.
   *
   * @param scores one score per row, from {@code offset} on
   * @param rows how many rows there are
   * @param excluded rows to leave out
   */
  static int[] best(float[] scores, int offset, int rows, int n, int... excluded) {
    int[] heap = new int[Math.max(0, Math.min(n, rows))];
    int held = 0;
    if (heap.length == 0) {
      return heap;
    }
    for (int row = 0; row < rows; row++) {
      float score = scores[offset + row];
      if (score != score || contains(excluded, row)) {
        continue;
      }
      if (held < heap.length) {
        heap[held++] = row;
        siftUp(heap, held - 1, scores, offset);
      } else if (score > scores[offset + heap[0]]) {
        heap[0] = row;
        siftDown(heap, held, scores, offset);
      }
    }
    int[] result = new int[held];
    for (int left = held; left > 0; left--) {
      result[left - 1] = heap[0];
      heap[0] = heap[left - 1];
      siftDown(heap, left - 1, scores, offset);
    }
    return result;
  }

  static boolean contains(int[] rows, int row) {
    for (int other : rows) {
      if (other == row) {
        return true;
      }
    }
    return false;
  }

  /** How many rows beat the given one, plus one; the excluded rows do not count. */
  static int rank(float[] scores, int row, int... excluded) {
    int rank = 1;
    for (int other = 0; other < scores.length; other++) {
      boolean better = scores[other] > scores[row] || (scores[other] == scores[row] && other < row);
      if (better && !contains(excluded, other)) {
        rank++;
      }
    }
    return rank;
  }

  /** Whether row a is worse than row b, so that it leaves the heap before it. */
  private static boolean worse(int a, int b, float[] scores, int offset) {
    float left = scores[offset + a];
    float right = scores[offset + b];
    return left < right || (left == right && a > b);
  }

  private static void siftUp(int[] heap, int at, float[] scores, int offset) {
    int child = at;
    while (child > 0) {
      int parent = (child - 1) / 2;
      if (!worse(heap[child], heap[parent], scores, offset)) {
        return;
      }
      swap(heap, child, parent);
      child = parent;
    }
  }

  private static void siftDown(int[] heap, int size, float[] scores, int offset) {
    int parent = 0;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && worse(heap[child + 1], heap[child], scores, offset)) {
        child++;
      }
      if (!worse(heap[child], heap[parent], scores, offset)) {
        return;
      }
      swap(heap, child, parent);
      parent = child;
    }
  }

  private static void swap(int[] heap, int a, int b) {
    int held = heap[a];
    heap[a] = heap[b];
    heap[b] = held;
  }
}
