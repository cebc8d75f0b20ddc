package gradus.tensor.kernel.table;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.VectorScan;

/**
 * The k best of the rows offered so far, as a heap with the worst of them on top. Higher scores are
 * better, and of equal ones the earlier row; so the order of offers does not matter. NaN never
 * wins.
 */
final class BestRows {
  /** So many scores are looked at one by one where one of them may be better. */
  private static final int STEP = 64;

  private final int[] rows;
  private final float[] scores;
  private int held;

  private BestRows(int k) {
    rows = new int[k];
    scores = new float[k];
  }

  static BestRows[] of(int count, int k) {
    BestRows[] all = new BestRows[count];
    for (int i = 0; i < count; i++) {
      all[i] = new BestRows(k);
    }
    return all;
  }

  /**
   * Offers n rows from {@code first} on.
   *
   * @param from the scores before {@code · scale[row] + shift[row]}, from {@code at} on
   * @param scale null for 1
   * @param shift null for 0
   */
  void offer(float[] from, int at, int n, int first, float[] scale, float[] shift) {
    int j = 0;
    for (; j < n && held < rows.length; j++) {
      offer(first + j, adjusted(from[at + j], first + j, scale, shift));
    }
    while (j < n && held > 0) {
      // Few are better than the worst one held, so most are passed over some vectors at a time.
      if (Lanes.COUNT > 0) {
        j += VectorScan.skipNotAbove(from, at + j, n - j, scores[0], scale, shift, first + j);
      }
      int end = j + Math.min(STEP, n - j);
      for (; j < end; j++) {
        float score = adjusted(from[at + j], first + j, scale, shift);
        if (score > scores[0]) {
          offer(first + j, score);
        }
      }
    }
  }

  static float adjusted(float score, int row, float[] scale, float[] shift) {
    float scaled = scale == null ? score : score * scale[row];
    return shift == null ? scaled : scaled + shift[row];
  }

  /** Offers what another one holds. */
  void offer(BestRows other) {
    for (int i = 0; i < other.held; i++) {
      offer(other.rows[i], other.scores[i]);
    }
  }

  private void offer(int row, float score) {
    if (score != score || rows.length == 0) {
      return;
    }
    if (held < rows.length) {
      int at = held++;
      while (at > 0 && worse(row, score, (at - 1) / 2)) {
        move((at - 1) / 2, at);
        at = (at - 1) / 2;
      }
      put(at, row, score);
    } else if (!worse(row, score, 0)) {
      sink(row, score);
    }
  }

  /** Puts a row in the place of the worst one. */
  private void sink(int row, float score) {
    int at = 0;
    for (int child = 1; child < held; child = 2 * at + 1) {
      if (child + 1 < held && worse(rows[child + 1], scores[child + 1], child)) {
        child++;
      }
      if (worse(row, score, child)) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, row, score);
  }

  /** Whether a row is worse than the one held at a place. */
  private boolean worse(int row, float score, int place) {
    return score < scores[place] || (score == scores[place] && row > rows[place]);
  }

  private void move(int from, int to) {
    put(to, rows[from], scores[from]);
  }

  private void put(int at, int row, float score) {
    rows[at] = row;
    scores[at] = score;
  }

  /** Writes the rows held, best first, and empties the heap. */
  void take(int[] toRows, float[] toScores, int at) {
    for (int i = held; i < rows.length; i++) {
      toRows[at + i] = NearestRows.NONE;
      toScores[at + i] = Float.NaN;
    }
    while (held > 0) {
      held--;
      toRows[at + held] = rows[0];
      toScores[at + held] = scores[0];
      sink(rows[held], scores[held]);
    }
  }
}
