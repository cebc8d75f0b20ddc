package gradus.tensor.kernel.recurrent;

import gradus.tensor.kernel.Parallel;

/**
 * One recurrent layer in one direction over all steps, forward and backward.
 *
 * <p>A step hands its columns to the threads block by block: whoever has a block multiplies the
 * hidden state by its columns of every gate and goes on at once with what becomes of them, while
 * they are in the cache. So threads meet once a step (twice with a projection). The product with
 * the input, and those that give the gradients of the weights, take all steps at once and are left
 * to the caller.
 *
 * <p>The result holds three matrices, one after the other: the hidden states of all rows [rows,
 * width], the last one of each sequence [sequences, width] and the last cell of each sequence
 * [sequences, hidden], which only LSTM has. So does its gradient.
 */
public abstract sealed class Recurrence permits LstmSteps, GruSteps, RnnSteps {
  final Steps steps;
  final int hidden;

  /** The size of the hidden state, less than {@code hidden} with a projection. */
  final int width;

  final Kept kept;

  Recurrence(Steps steps, int hidden, int width, Kept kept) {
    this.steps = steps;
    this.hidden = hidden;
    this.width = width;
    this.kept = kept;
  }

  /** The gates that the hidden state is multiplied for. */
  abstract int gates();

  /** Where the last hidden states stand in the result. */
  final int lastAt() {
    return steps.rows() * width;
  }

  /** Where the last cells stand in the result. */
  final int cellAt() {
    return lastAt() + steps.sequences() * width;
  }

  /** Multiplies a block of columns for each gate, and applies their functions. */
  abstract void forward(Panels weight, int block, int n, int start, int col, int cols);

  /**
   * The gradients of the gates in a block of columns.
   *
   * @param dh the gradient of the hidden state, from {@code at} on, rows {@code row} apart
   */
  abstract void backward(int n, int start, int col, int cols, float[] dh, int at, int row);

  /**
   * Walks forward. The result already holds the first state where the last one will be.
   *
   * @param weight [gates · hidden, width], contiguous
   * @param projection [width, hidden], contiguous; null for none
   */
  final void walk(
      float[] weight, int weightAt, float[] projection, int projectionAt, float[] result) {
    Panels panels = Panels.of(weight, weightAt, 1, width, width, gates(), hidden);
    Panels project =
        projection == null
            ? null
            : Panels.of(projection, projectionAt, 1, hidden, hidden, 1, width);
    for (int i = 0; i < steps.count(); i++) {
      int t = steps.step(i);
      int n = steps.batch(t);
      int start = steps.start(t);
      int at = kept.row(start);
      System.arraycopy(result, lastAt(), kept.before(), at * width, n * width);
      Parallel.rows(
          Panels.blocks(hidden),
          (long) n * Panels.WIDTH * gates() * (width + 30),
          (from, to) -> {
            for (int block = from; block < to; block++) {
              int col = block * Panels.WIDTH;
              forward(panels, block, n, start, col, Math.min(Panels.WIDTH, hidden - col));
            }
          });
      if (project != null) {
        project(project, n, start, result);
      }
    }
  }

  private void project(Panels project, int n, int start, float[] result) {
    int from = kept.row(start) * hidden;
    Parallel.rows(
        Panels.blocks(width),
        (long) n * Panels.WIDTH * hidden,
        (first, last) -> {
          for (int block = first; block < last; block++) {
            int col = block * Panels.WIDTH;
            int cols = Math.min(Panels.WIDTH, width - col);
            int to = start * width + col;
            project.product(
                0, block, n, cols, kept.raw(), from, hidden, result, to, width, null, 0, 0);
            for (int r = 0; r < n; r++) {
              System.arraycopy(result, to + r * width, result, lastAt() + r * width + col, cols);
            }
          }
        });
  }

  /**
   * Walks backward.
   *
   * @param weight as forward
   * @param projection as forward
   * @param g the gradient of the result
   * @param byState where the gradients stand that the hidden state was multiplied for [rows, gates
   *     · hidden]
   * @param dState takes the gradient of the first hidden state [sequences, width]
   * @param projected takes the gradient of what the projection gave [rows, width]; null for none
   */
  final void walkBack(
      float[] weight,
      int weightAt,
      float[] projection,
      int projectionAt,
      float[] g,
      int gAt,
      float[] byState,
      float[] dState,
      float[] projected) {
    int depth = gates() * hidden;
    Panels panels = Panels.of(weight, weightAt, width, 1, depth, 1, width);
    Panels project =
        projection == null
            ? null
            : Panels.of(projection, projectionAt, hidden, 1, width, 1, hidden);
    float[] raw = project == null ? null : new float[steps.sequences() * hidden];
    System.arraycopy(g, gAt + lastAt(), dState, 0, steps.sequences() * width);
    for (int i = steps.count() - 1; i >= -1; i--) {
      // The step that was done before gives its part of the gradient first.
      boolean first = i == steps.count() - 1;
      int later = first ? 0 : steps.step(i + 1);
      int laterRows = first ? 0 : steps.batch(later);
      int from = first ? 0 : steps.start(later) * depth;
      int t = i < 0 ? 0 : steps.step(i);
      int n = i < 0 ? 0 : steps.batch(t);
      int start = i < 0 ? 0 : steps.start(t);
      Parallel.rows(
          Panels.blocks(width),
          (long) Math.max(n, laterRows) * Panels.WIDTH * (depth + 30),
          (firstBlock, end) -> {
            for (int block = firstBlock; block < end; block++) {
              int col = block * Panels.WIDTH;
              int cols = Math.min(Panels.WIDTH, width - col);
              if (laterRows > 0) {
                float[] d = keepsState() ? dState : null;
                panels.product(
                    0, block, laterRows, cols, byState, from, depth, dState, col, width, d, col,
                    width);
              }
              add(g, gAt + start * width + col, dState, col, n, cols);
              if (project == null && n > 0) {
                backward(n, start, col, cols, dState, col, width);
              }
            }
          });
      if (project != null && n > 0) {
        System.arraycopy(dState, 0, projected, start * width, n * width);
        Parallel.rows(
            Panels.blocks(hidden),
            (long) n * Panels.WIDTH * (width + 30),
            (firstBlock, end) -> {
              for (int block = firstBlock; block < end; block++) {
                int col = block * Panels.WIDTH;
                int cols = Math.min(Panels.WIDTH, hidden - col);
                project.product(0, block, n, cols, dState, 0, width, raw, col, hidden, null, 0, 0);
                backward(n, start, col, cols, raw, col, hidden);
              }
            });
      }
    }
  }

  /** Whether a step lets part of the hidden state through, and left its gradient in its place. */
  boolean keepsState() {
    return false;
  }

  private void add(float[] g, int from, float[] dState, int col, int n, int cols) {
    for (int r = 0; r < n; r++) {
      int at = from + r * width;
      int to = col + r * width;
      for (int j = 0; j < cols; j++) {
        dState[to + j] += g[at + j];
      }
    }
  }
}
