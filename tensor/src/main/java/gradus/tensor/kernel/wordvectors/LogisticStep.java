package gradus.tensor.kernel.wordvectors;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.WarmUp;
import java.util.Arrays;

/**
 * A step of gradient descent on {@code Σ −log p} over all pairs of some input rows and some output
 * rows, where p is the logistic function of their dot product, or one less that: the inner loop of
 * word2vec and fastText.
 *
 * <p>All scores are of the rows as they are before the step, so that the step is that of the
 * gradient of the sum. A row that is named twice moves twice. Rows are {@code stride} floats long,
 * a multiple of {@link #PADDING}, zeros behind the numbers in use; they stay so.
 *
 * <p>An object serves one thread; several threads may move rows of the same tables, and lose some
 * of each other's steps if they meet (Hogwild).
 *
 * <p>Source: Ji, Satish, Li and Dubey, "Parallelizing Word2Vec in Shared and Distributed Memory",
 * 2016: a window against one set of negatives is a small product of matrices.
 */
public final class LogisticStep {

  /** Rows are a multiple of so many floats long: whole vectors on every machine. */
  public static final int PADDING = 16;

  /** Output rows that are held in registers together. */
  static final int TILE = 6;

  static final int LANES = Lanes.COUNT == 0 ? PADDING : Lanes.COUNT;

  private static final WarmUp WARM_UP = new WarmUp();
  private static final WarmUp SOFTMAX = new WarmUp();

  final int stride;

  /** Where each input row begins in its table. */
  int[] inputs;

  /** Where each output row begins in its table. */
  int[] outputs;

  /** What each output row should be: 1 if it belongs to the inputs, else 0. */
  float[] labels;

  /** For each pair, input by input, its score, and later the step along the other one's row. */
  float[] pairs;

  /** For each pair its label, and its loss. */
  float[] pairLabels;

  float[] pairLosses;

  /** What the inputs move by, where they are not moved themselves; and where each one's begins. */
  float[] gradient;

  int[] gradientAt;

  /** The same for the outputs. */
  float[] outputMoves;

  int[] outputMovesAt;

  private boolean outputsDiffer;
  private final float[] sums = new float[LANES];

  /**
   * Room for steps.
   *
   * @param stride the length of a row
   * @param inputs how many input rows there may be
   * @param outputs how many output rows
   */
  public LogisticStep(int stride, int inputs, int outputs) {
    this.stride = stride;
    this.inputs = new int[inputs];
    this.outputs = new int[outputs];
    this.labels = new float[outputs];
    int most = Math.ceilDiv(Math.multiplyExact(inputs, outputs), PADDING) * PADDING;
    this.pairs = new float[most];
    this.pairLabels = new float[most];
    this.pairLosses = new float[most];
    this.gradient = new float[Math.multiplyExact(inputs, stride)];
    this.gradientAt = new int[inputs];
    Arrays.setAll(gradientAt, i -> i * stride);
    this.outputMoves = new float[Math.multiplyExact(outputs, stride)];
    this.outputMovesAt = new int[outputs];
    Arrays.setAll(outputMovesAt, i -> i * stride);
  }

  /**
   * What moves.
   *
   * @param in the table of the inputs
   * @param out the table of the outputs
   * @param inTo where the moves of the inputs are added
   * @param inToAt the place of each
   * @param outTo where the moves of the outputs are added
   * @param outToAt the place of each
   */
  record Moving(
      float[] in,
      int ins,
      float[] out,
      int outs,
      float[] inTo,
      int[] inToAt,
      float[] outTo,
      int[] outToAt) {}

  /** The length of a row. */
  public int stride() {
    return stride;
  }

  /** Names an input row by where it begins. */
  public void input(int place, int at) {
    inputs[place] = at;
  }

  /**
   * Names an output row.
   *
   * @param place its number in this step
   * @param at where it begins
   * @param label 1 if it belongs to the inputs, else 0
   */
  public void output(int place, int at, float label) {
    outputs[place] = at;
    labels[place] = label;
  }

  /** What the inputs would move by, one after the other, as {@link #gradient} found it. */
  public float[] gradient() {
    return gradient;
  }

  /**
   * Moves both the input and the output rows.
   *
   * @return the loss before the step
   */
  public double move(float[] in, int ins, float[] out, int outs, float rate) {
    if (isOneTile(outs) && differ(ins)) {
      return step(in, ins, out, outs, rate, in, inputs);
    }
    double loss = gradient(in, ins, out, outs, rate);
    for (int i = 0; i < ins; i++) {
      RowSums.add(gradient, i * stride, in, inputs[i], stride);
    }
    return loss;
  }

  /** Whether all output rows are read before one moves. */
  private static boolean isOneTile(int outs) {
    return outs == TILE || outs == 1;
  }

  /** Whether no input row is named twice: then each may move as soon as it was read. */
  private boolean differ(int ins) {
    for (int i = 1; i < ins; i++) {
      for (int j = 0; j < i; j++) {
        if (inputs[i] == inputs[j]) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Moves the output rows only, and leaves in {@link #gradient()} what the inputs are to move by.
   *
   * @return the loss before the step
   */
  public double gradient(float[] in, int ins, float[] out, int outs, float rate) {
    clear(ins);
    return step(in, ins, out, outs, rate, gradient, gradientAt);
  }

  private void clear(int ins) {
    Arrays.fill(gradient, 0, ins * stride, 0);
  }

  /** Says that no output row is named twice, so that they may move at once. */
  public void outputsDiffer() {
    outputsDiffer = true;
  }

  /**
   * A step of one input row on {@code −log softmax(scores)[target]} over all output rows, which
   * must differ; all move.
   *
   * @return the loss before the step
   */
  public double softmax(float[] in, float[] out, int outs, int target, float rate) {
    clear(1);
    var moving = new Moving(in, 1, out, outs, gradient, gradientAt, out, outputs);
    long turn = Lanes.COUNT == 0 ? WarmUp.PLAIN : SOFTMAX.turn();
    double loss = softmax(moving, target, rate, turn != WarmUp.PLAIN);
    if (turn != WarmUp.PLAIN) {
      SOFTMAX.done(turn, 3 * outs * stride);
    }
    RowSums.add(gradient, 0, in, inputs[0], stride);
    return loss;
  }

  double softmax(Moving moving, int target, float rate, boolean vectors) {
    int outs = moving.outs;
    scores(moving, vectors);
    float max = pairs[0];
    for (int i = 1; i < outs; i++) {
      max = Math.max(max, pairs[i]);
    }
    for (int i = 0; i < outs; i++) {
      pairs[i] -= max;
    }
    exponentials(outs, vectors);
    double sum = 0;
    for (int i = 0; i < outs; i++) {
      sum += pairLosses[i];
    }
    double loss = Math.log(sum) - pairs[target];
    float share = (float) (1 / sum);
    for (int i = 0; i < outs; i++) {
      pairs[i] = ((i == target ? 1 : 0) - pairLosses[i] * share) * rate;
    }
    move(moving, vectors);
    return loss;
  }

  private double step(
      float[] in, int ins, float[] out, int outs, float rate, float[] moved, int[] movedAt) {
    boolean direct = outputsDiffer || isOneTile(outs);
    float[] to = direct ? out : outputMoves;
    int[] toAt = direct ? outputs : outputMovesAt;
    if (!direct) {
      Arrays.fill(outputMoves, 0, outs * stride, 0);
    }
    var moving = new Moving(in, ins, out, outs, moved, movedAt, to, toAt);
    long turn = Lanes.COUNT == 0 ? WarmUp.PLAIN : WARM_UP.turn();
    double loss = logistic(moving, rate, turn != WarmUp.PLAIN);
    if (turn != WarmUp.PLAIN) {
      WARM_UP.done(turn, 3 * ins * outs * stride);
    }
    for (int o = 0; o < outs && !direct; o++) {
      RowSums.add(outputMoves, o * stride, out, outputs[o], stride);
    }
    return loss;
  }

  double logistic(Moving moving, float rate, boolean vectors) {
    int outs = moving.outs;
    int n = moving.ins * outs;
    for (int i = 0; i < n; i += outs) {
      System.arraycopy(labels, 0, pairLabels, i, outs);
    }
    scores(moving, vectors);
    exponentials(n, vectors);
    if (vectors) {
      VectorLogisticStep.logistic(this, padded(n), rate);
    } else {
      PlainLogisticStep.logistic(this, n, rate);
    }
    move(moving, vectors);
    double loss = 0;
    for (int i = 0; i < n; i++) {
      loss += pairLosses[i];
    }
    return loss;
  }

  /** To whole vectors. */
  private static int padded(int n) {
    return (n + PADDING - 1) & -PADDING;
  }

  private void scores(Moving moving, boolean vectors) {
    if (vectors) {
      VectorLogisticStep.scores(this, moving);
    } else {
      PlainLogisticStep.scores(this, moving, sums);
    }
  }

  /** {@code exp(−|score|)} of so many pairs, into the losses. */
  private void exponentials(int n, boolean vectors) {
    if (vectors) {
      VectorLogisticStep.exponentials(this, padded(n));
    } else {
      PlainLogisticStep.exponentials(this, n);
    }
  }

  private void move(Moving moving, boolean vectors) {
    if (vectors) {
      VectorLogisticStep.move(this, moving);
    } else {
      PlainLogisticStep.move(this, moving);
    }
  }
}
