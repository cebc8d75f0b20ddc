package gradus.tensor.kernel.recurrent;

/**
 * The steps of a batch of sequences whose rows lie one step after the other: in step t there are
 * {@code batch(t)} of them, the first ones, since the longest sequence comes first.
 */
public final class Steps {
  private final int[] batch;
  private final int[] starts;

  /** Whether the last step comes first. */
  private final boolean reverse;

  /**
   * Steps of the given sizes.
   *
   * @param batch how many sequences take part in each step, never more than in the one before
   * @param reverse whether to walk from the end to the beginning
   */
  public Steps(int[] batch, boolean reverse) {
    this.batch = batch;
    this.reverse = reverse;
    starts = new int[batch.length + 1];
    for (int t = 0; t < batch.length; t++) {
      starts[t + 1] = starts[t] + batch[t];
    }
  }

  int count() {
    return batch.length;
  }

  /** The step that comes {@code i}-th. */
  int step(int i) {
    return reverse ? batch.length - 1 - i : i;
  }

  int batch(int step) {
    return batch[step];
  }

  /** The first row of a step. */
  int start(int step) {
    return starts[step];
  }

  /** The rows of all steps. */
  public int rows() {
    return starts[batch.length];
  }

  /** The number of sequences. */
  public int sequences() {
    return batch.length == 0 ? 0 : batch[0];
  }
}
