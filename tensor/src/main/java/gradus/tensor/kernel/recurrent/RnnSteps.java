package gradus.tensor.kernel.recurrent;

import gradus.tensor.kernel.Scratch;
import gradus.tensor.kernel.op.UnaryOps;
import gradus.tensor.kernel.pointwise.Loop;
import gradus.tensor.kernel.pointwise.LoopTemplates;

/** The plain recurrent layer: {@code h' = tanh(x + W · h)}, or relu of it; Elman 1990. */
public final class RnnSteps extends Recurrence {
  private static final Loop RELU = LoopTemplates.of(UnaryOps.RELU);
  private static final Loop TANH = LoopTemplates.of(UnaryOps.TANH);

  private final boolean relu;
  private float[] x;
  private int xAt;
  private float[] result;
  private float[] dx;

  /** A layer of so many hidden units. */
  public RnnSteps(Steps steps, int hidden, boolean relu, Kept kept) {
    super(steps, hidden, hidden, kept);
    this.relu = relu;
  }

  @Override
  int gates() {
    return 1;
  }

  /**
   * Walks forward.
   *
   * @param x what the input gives [rows, hidden]
   * @param weight [hidden, hidden]
   * @param result see {@link Recurrence}; the first hidden state stands where the last will
   */
  public void forward(float[] x, int xAt, float[] weight, int weightAt, float[] result) {
    this.x = x;
    this.xAt = xAt;
    this.result = result;
    walk(weight, weightAt, null, 0, result);
  }

  @Override
  void forward(Panels weight, int block, int n, int start, int col, int cols) {
    int row = kept.row(start);
    int size = n * cols;
    float[] sums = Scratch.floats(size);
    float[] gates = kept.gates();
    int at = row * hidden + col * n;
    int to = start * hidden + col;
    weight.product(
        0, block, n, cols, kept.before(), row * hidden, hidden, sums, 0, cols, x, xAt + to, hidden);
    (relu ? RELU : TANH).run(sums, 0, 1, null, 0, 0, null, 0, 0, gates, at, size);
    for (int r = 0; r < n; r++) {
      System.arraycopy(gates, at + r * cols, result, to + r * hidden, cols);
      System.arraycopy(gates, at + r * cols, result, lastAt() + r * hidden + col, cols);
    }
  }

  /**
   * Walks backward.
   *
   * @param g the gradient of the result
   * @param dx takes that of {@code x}, which is also that of the product with the state
   * @param dState takes that of the first hidden state [sequences, hidden]
   */
  public void backward(
      float[] weight, int weightAt, float[] g, int gAt, float[] dx, float[] dState) {
    this.dx = dx;
    walkBack(weight, weightAt, null, 0, g, gAt, dx, dState, null);
  }

  @Override
  void backward(int n, int start, int col, int cols, float[] dh, int dhAt, int row) {
    float[] gates = kept.gates();
    for (int r = 0; r < n; r++) {
      int at = start * hidden + col * n + r * cols;
      int from = dhAt + r * row;
      int to = (start + r) * hidden + col;
      if (relu) {
        for (int j = 0; j < cols; j++) {
          dx[to + j] = gates[at + j] > 0 ? dh[from + j] : 0;
        }
      } else {
        for (int j = 0; j < cols; j++) {
          float y = gates[at + j];
          dx[to + j] = dh[from + j] * (1 - y * y);
        }
      }
    }
  }
}
