package gradus.tensor.kernel.recurrent;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Scratch;
import gradus.tensor.kernel.WarmUp;
import gradus.tensor.kernel.op.UnaryOps;
import gradus.tensor.kernel.pointwise.Loop;
import gradus.tensor.kernel.pointwise.LoopTemplates;

/**
 * The gated recurrent unit. With r, z the gates and q what the state gives to the new value: {@code
 * n = tanh(x + r ∘ q)} and {@code h' = (1 - z) ∘ n + z ∘ h}; Cho et al. 2014.
 *
 * <p>Kept are r, z, q, n in this order.
 */
public final class GruSteps extends Recurrence {
  private static final Loop SIGMOID = LoopTemplates.of(UnaryOps.SIGMOID);
  private static final Loop TANH = LoopTemplates.of(UnaryOps.TANH);

  private static final WarmUp NEW = new WarmUp();
  private static final WarmUp STATE = new WarmUp();
  private static final WarmUp GRADIENT = new WarmUp();

  private float[] x;
  private int xAt;
  private float[] bias;
  private int biasAt;
  private float[] result;
  private float[] dx;
  private float[] byState;

  /** A layer of so many hidden units. */
  public GruSteps(Steps steps, int hidden, Kept kept) {
    super(steps, hidden, hidden, kept);
  }

  @Override
  int gates() {
    return 3;
  }

  @Override
  boolean keepsState() {
    return true;
  }

  /**
   * Walks forward.
   *
   * @param x what the input gives to r, z and n [rows, 3 · hidden]
   * @param weight [3 · hidden, hidden]
   * @param bias what is added to q [hidden]; null for none
   * @param result see {@link Recurrence}; the first hidden state stands where the last will
   */
  public void forward(
      float[] x, int xAt, float[] weight, int weightAt, float[] bias, int biasAt, float[] result) {
    this.x = x;
    this.xAt = xAt;
    this.bias = bias;
    this.biasAt = biasAt;
    this.result = result;
    walk(weight, weightAt, null, 0, result);
  }

  @Override
  void forward(Panels weight, int block, int n, int start, int col, int cols) {
    int row = kept.row(start);
    int size = n * cols;
    float[] sums = Scratch.floats(2 * size);
    float[] gates = kept.gates();
    int at = row * 4 * hidden + 4 * col * n;
    int xRow = 3 * hidden;
    int from = xAt + start * xRow + col;
    int state = row * hidden;
    float[] before = kept.before();
    for (int gate = 0; gate < 2; gate++) {
      weight.product(
          gate,
          block,
          n,
          cols,
          before,
          state,
          hidden,
          sums,
          gate * size,
          cols,
          x,
          from + gate * hidden,
          xRow);
    }
    weight.product(
        2,
        block,
        n,
        cols,
        before,
        state,
        hidden,
        gates,
        at + 2 * size,
        cols,
        bias,
        biasAt + col,
        0);
    SIGMOID.run(sums, 0, 1, null, 0, 0, null, 0, 0, gates, at, 2 * size);
    int xNew = from + 2 * hidden;
    int made = at + 3 * size;
    long turn = LstmSteps.turn(NEW, size);
    int whole = turn == WarmUp.PLAIN ? 0 : cols - cols % Lanes.COUNT;
    if (whole > 0) {
      VectorSteps.gruNew(n, whole, cols, gates, at, x, xNew, xRow);
      NEW.done(turn, n * whole);
    }
    for (int r = 0; r < n; r++) {
      for (int j = whole; j < cols; j++) {
        int a = at + r * cols + j;
        gates[a + 3 * size] = Math.fma(gates[a], gates[a + 2 * size], x[xNew + r * xRow + j]);
      }
    }
    TANH.run(gates, made, 1, null, 0, 0, null, 0, 0, gates, made, size);
    state(n, start, col, cols, at);
  }

  private void state(int n, int start, int col, int cols, int at) {
    int size = n * cols;
    float[] gates = kept.gates();
    float[] before = kept.before();
    int from = kept.row(start) * hidden + col;
    int to = start * hidden + col;
    long turn = LstmSteps.turn(STATE, size);
    int whole = turn == WarmUp.PLAIN ? 0 : cols - cols % Lanes.COUNT;
    if (whole > 0) {
      VectorSteps.gruState(n, whole, cols, hidden, gates, at, before, from, result, to);
      STATE.done(turn, n * whole);
    }
    for (int r = 0; r < n; r++) {
      for (int j = whole; j < cols; j++) {
        int a = at + r * cols + j;
        float made = gates[a + 3 * size];
        float h = before[from + r * hidden + j];
        result[to + r * hidden + j] = Math.fma(gates[a + size], h - made, made);
      }
      System.arraycopy(result, to + r * hidden, result, lastAt() + r * hidden + col, cols);
    }
  }

  /**
   * Walks backward.
   *
   * @param g the gradient of the result
   * @param dx takes that of {@code x}
   * @param byState takes that of the product with the state [rows, 3 · hidden]
   * @param dState takes that of the first hidden state [sequences, hidden]
   */
  public void backward(
      float[] weight,
      int weightAt,
      float[] g,
      int gAt,
      float[] dx,
      float[] byState,
      float[] dState) {
    this.dx = dx;
    this.byState = byState;
    walkBack(weight, weightAt, null, 0, g, gAt, byState, dState, null);
  }

  @Override
  void backward(int n, int start, int col, int cols, float[] dh, int dhAt, int row) {
    int size = n * cols;
    int at = start * 4 * hidden + 4 * col * n;
    int from = start * hidden + col;
    int to = start * 3 * hidden + col;
    float[] gates = kept.gates();
    float[] before = kept.before();
    long turn = LstmSteps.turn(GRADIENT, 4 * size);
    int whole = turn == WarmUp.PLAIN ? 0 : cols - cols % Lanes.COUNT;
    if (whole > 0) {
      VectorSteps.gruGradient(
          n, whole, cols, hidden, gates, at, before, from, dh, dhAt, dx, byState, to);
      GRADIENT.done(turn, 4 * n * whole);
    }
    for (int i = 0; i < n; i++) {
      for (int j = whole; j < cols; j++) {
        int a = at + i * cols + j;
        float r = gates[a];
        float z = gates[a + size];
        float q = gates[a + 2 * size];
        float made = gates[a + 3 * size];
        float d = dh[dhAt + i * hidden + j];
        float h = before[from + i * hidden + j];
        float dNew = d * (1 - z) * Math.fma(-made, made, 1);
        float dReset = dNew * q * (r * (1 - r));
        float dUpdate = d * (h - made) * (z * (1 - z));
        int b = to + i * 3 * hidden + j;
        dx[b] = dReset;
        dx[b + hidden] = dUpdate;
        dx[b + 2 * hidden] = dNew;
        byState[b] = dReset;
        byState[b + hidden] = dUpdate;
        byState[b + 2 * hidden] = dNew * r;
        dh[dhAt + i * hidden + j] = d * z;
      }
    }
  }
}
