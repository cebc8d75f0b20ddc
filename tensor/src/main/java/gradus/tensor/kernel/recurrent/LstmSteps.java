package gradus.tensor.kernel.recurrent;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Scratch;
import gradus.tensor.kernel.WarmUp;
import gradus.tensor.kernel.op.UnaryOps;
import gradus.tensor.kernel.pointwise.Loop;
import gradus.tensor.kernel.pointwise.LoopTemplates;

/**
 * The long short-term memory. With i, f, g, o the gates: {@code c' = f ∘ c + i ∘ g} and {@code h' =
 * o ∘ tanh c'}; Hochreiter and Schmidhuber 1997.
 */
public final class LstmSteps extends Recurrence {
  private static final Loop SIGMOID = LoopTemplates.of(UnaryOps.SIGMOID);
  private static final Loop TANH = LoopTemplates.of(UnaryOps.TANH);

  private static final WarmUp CELL = new WarmUp();
  private static final WarmUp STATE = new WarmUp();
  private static final WarmUp GRADIENT = new WarmUp();

  private final boolean projected;
  private float[] x;
  private int xAt;
  private float[] result;
  private float[] dx;
  private float[] dCell;

  /** A layer of so many hidden units, whose state is projected to {@code width} numbers. */
  public LstmSteps(Steps steps, int hidden, int width, Kept kept) {
    super(steps, hidden, width, kept);
    projected = kept.raw() != null;
  }

  @Override
  int gates() {
    return 4;
  }

  /**
   * Walks forward.
   *
   * @param x what the input gives to the gates [rows, 4 · hidden]
   * @param weight [4 · hidden, width]
   * @param projection [width, hidden]; null for none
   * @param result see {@link Recurrence}; the first hidden state and cell stand where the last will
   */
  public void forward(
      float[] x,
      int xAt,
      float[] weight,
      int weightAt,
      float[] projection,
      int projectionAt,
      float[] result) {
    this.x = x;
    this.xAt = xAt;
    this.result = result;
    walk(weight, weightAt, projection, projectionAt, result);
  }

  @Override
  void forward(Panels weight, int block, int n, int start, int col, int cols) {
    int row = kept.row(start);
    int size = n * cols;
    float[] sums = Scratch.floats(4 * size);
    int all = 4 * hidden;
    for (int gate = 0; gate < 4; gate++) {
      int from = xAt + start * all + gate * hidden + col;
      weight.product(
          gate,
          block,
          n,
          cols,
          kept.before(),
          row * width,
          width,
          sums,
          gate * size,
          cols,
          x,
          from,
          all);
    }
    float[] gates = kept.gates();
    int at = row * all + 4 * col * n;
    SIGMOID.run(sums, 0, 1, null, 0, 0, null, 0, 0, gates, at, 2 * size);
    TANH.run(sums, 2 * size, 1, null, 0, 0, null, 0, 0, gates, at + 2 * size, size);
    SIGMOID.run(sums, 3 * size, 1, null, 0, 0, null, 0, 0, gates, at + 3 * size, size);
    int cell = cellAt() + col;
    int before = row * hidden + col;
    int tanh = row * hidden + col * n;
    long turn = turn(CELL, size);
    int whole = turn == WarmUp.PLAIN ? 0 : cols - cols % Lanes.COUNT;
    if (whole > 0) {
      VectorSteps.lstmCell(
          n,
          whole,
          cols,
          hidden,
          gates,
          at,
          result,
          cell,
          kept.cells(),
          before,
          kept.tanhs(),
          tanh);
      CELL.done(turn, n * whole);
    }
    cell(n, whole, cols, gates, at, cell, before, tanh);
    TANH.run(kept.tanhs(), tanh, 1, null, 0, 0, null, 0, 0, kept.tanhs(), tanh, size);
    state(n, start, col, cols, gates, at + 3 * size, tanh);
  }

  private void cell(
      int n, int from, int cols, float[] gates, int at, int cell, int before, int tanh) {
    float[] cells = kept.cells();
    float[] tanhs = kept.tanhs();
    int size = n * cols;
    for (int r = 0; r < n; r++) {
      for (int j = from; j < cols; j++) {
        int g = at + r * cols + j;
        float c = result[cell + r * hidden + j];
        cells[before + r * hidden + j] = c;
        c = Math.fma(gates[g + size], c, gates[g] * gates[g + 2 * size]);
        result[cell + r * hidden + j] = c;
        tanhs[tanh + r * cols + j] = c;
      }
    }
  }

  private void state(int n, int start, int col, int cols, float[] gates, int o, int tanh) {
    float[] tanhs = kept.tanhs();
    float[] to = projected ? kept.raw() : result;
    int at = projected ? kept.row(start) * hidden + col : start * width + col;
    int row = projected ? hidden : width;
    long turn = turn(STATE, n * cols);
    int whole = turn == WarmUp.PLAIN ? 0 : cols - cols % Lanes.COUNT;
    if (whole > 0) {
      VectorSteps.product(n, whole, cols, gates, o, tanhs, tanh, to, at, row);
      STATE.done(turn, n * whole);
    }
    for (int r = 0; r < n; r++) {
      for (int j = whole; j < cols; j++) {
        to[at + r * row + j] = gates[o + r * cols + j] * tanhs[tanh + r * cols + j];
      }
      if (!projected) {
        System.arraycopy(result, at + r * row, result, lastAt() + r * row + col, cols);
      }
    }
  }

  /**
   * Walks backward.
   *
   * @param g the gradient of the result
   * @param dx takes that of {@code x}, which is also that of the product with the state
   * @param dState takes that of the first hidden state [sequences, width]
   * @param dCell takes that of the first cell [sequences, hidden]
   * @param dProjected takes that of the projections [rows, width]; null for none
   */
  public void backward(
      float[] weight,
      int weightAt,
      float[] projection,
      int projectionAt,
      float[] g,
      int gAt,
      float[] dx,
      float[] dState,
      float[] dCell,
      float[] dProjected) {
    this.dx = dx;
    this.dCell = dCell;
    System.arraycopy(g, gAt + cellAt(), dCell, 0, steps.sequences() * hidden);
    walkBack(weight, weightAt, projection, projectionAt, g, gAt, dx, dState, dProjected);
  }

  @Override
  void backward(int n, int start, int col, int cols, float[] dh, int dhAt, int row) {
    int size = n * cols;
    int all = 4 * hidden;
    int at = start * all + 4 * col * n;
    int before = start * hidden + col;
    int tanh = start * hidden + col * n;
    int to = start * all + col;
    long turn = turn(GRADIENT, 4 * size);
    int whole = turn == WarmUp.PLAIN ? 0 : cols - cols % Lanes.COUNT;
    if (whole > 0) {
      VectorSteps.lstmGradient(
          n,
          whole,
          cols,
          hidden,
          kept.gates(),
          at,
          kept.cells(),
          before,
          kept.tanhs(),
          tanh,
          dh,
          dhAt,
          row,
          dCell,
          col,
          dx,
          to);
      GRADIENT.done(turn, 4 * n * whole);
    }
    float[] gates = kept.gates();
    for (int r = 0; r < n; r++) {
      for (int j = whole; j < cols; j++) {
        int a = at + r * cols + j;
        float i = gates[a];
        float f = gates[a + size];
        float g = gates[a + 2 * size];
        float o = gates[a + 3 * size];
        float c = kept.cells()[before + r * hidden + j];
        float t = kept.tanhs()[tanh + r * cols + j];
        float d = dh[dhAt + r * row + j];
        float dc = Math.fma(d * o, Math.fma(-t, t, 1), dCell[col + r * hidden + j]);
        int b = to + r * all + j;
        dx[b] = dc * g * (i * (1 - i));
        dx[b + hidden] = dc * c * (f * (1 - f));
        dx[b + 2 * hidden] = dc * i * Math.fma(-g, g, 1);
        dx[b + 3 * hidden] = d * t * (o * (1 - o));
        dCell[col + r * hidden + j] = dc * f;
      }
    }
  }

  /** Whose turn it is; without vectors the plain form's. */
  static long turn(WarmUp warmUp, int floats) {
    return Lanes.COUNT == 0 ? WarmUp.PLAIN : warmUp.turn(floats);
  }
}
