package gradus.tensor;

/**
 * A place in an index list of {@link Indexing#at}: what Python writes as {@code :}, {@code 1:5:2},
 * {@code None} and {@code ...}. A string there is Python's own text: {@code x.at(":", "0::2")}.
 */
public sealed interface Index {
  /** All of a dimension: {@code :}. */
  Index ALL = new Slice(null, null, 1);

  /** A new dimension of size 1: {@code None}. */
  Index NEW_AXIS = new NewAxis();

  /** As many {@link #ALL} as are missing: {@code ...}. */
  Index ELLIPSIS = new Ellipsis();

  /**
   * From {@code start} to before {@code stop}: {@code start:stop:step}.
   *
   * @param start first index, or null; negative counts from the end
   * @param stop index after the last, or null
   * @param step 1 or more
   */
  record Slice(Integer start, Integer stop, int step) implements Index {}

  /** See {@link #NEW_AXIS}. */
  record NewAxis() implements Index {}

  /** See {@link #ELLIPSIS}. */
  record Ellipsis() implements Index {}

  /** {@code start:stop}. */
  static Index slice(Integer start, Integer stop) {
    return new Slice(start, stop, 1);
  }

  /** {@code start:stop:step}. */
  static Index slice(Integer start, Integer stop, int step) {
    return new Slice(start, stop, step);
  }

  /** {@code start:}. */
  static Index from(int start) {
    return new Slice(start, null, 1);
  }

  /** {@code :stop}. */
  static Index to(int stop) {
    return new Slice(null, stop, 1);
  }
}
