package gradus.tensor.kernel.recurrent;

/**
 * What a forward walk writes down for the backward one: for every step, or if there will be none,
 * over and over for the present one.
 *
 * @param everyStep whether each step has a place of its own
 * @param gates the gates after their functions; step by step, and in a step column block by block,
 *     gate by gate
 * @param before the hidden state before the step, row by row [rows, width]
 * @param cells LSTM: the cell before the step, row by row [rows, hidden]
 * @param tanhs LSTM: tanh of the cell after the step, laid out as one gate
 * @param raw LSTM with a projection: the hidden state before it, row by row [rows, hidden]
 */
public record Kept(
    boolean everyStep, float[] gates, float[] before, float[] cells, float[] tanhs, float[] raw) {

  /** Where the rows of a step begin that starts with row {@code start}. */
  int row(int start) {
    return everyStep ? start : 0;
  }
}
