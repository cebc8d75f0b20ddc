package gradus.bench.compare;

import java.util.List;

/**
 * What came out for a row on so many threads.
 *
 * @param row what was compared
 * @param threads on how many
 * @param gradus median time of Gradus in µs
 * @param peer median time of the peer in µs; NaN if there is none
 * @param ratio median of peer / Gradus over the pairs: above 1 Gradus is faster
 * @param low the lower quartile of the ratios
 * @param high the upper quartile of the ratios
 * @param best the peer's best time / Gradus's best: what neighbours on the machine disturb least
 * @param limitPercent how much of the machine's limit Gradus reaches; NaN if there is none
 * @param unscoped median time of Gradus in µs outside of a {@code Memory.scope()}
 * @param heapKib what a step allocates on the heap, in KiB
 * @param others the same beside other peers
 * @param note what went wrong, or empty
 */
record Result(
    Row row,
    int threads,
    double gradus,
    double peer,
    double ratio,
    double low,
    double high,
    double best,
    double limitPercent,
    double unscoped,
    double heapKib,
    List<Other> others,
    String note) {

  /**
   * What came out beside another peer.
   *
   * @param peer its name
   * @param micros its median time in µs; NaN if it failed
   * @param ratio median of its time / Gradus's
   * @param note why it failed, or empty
   */
  record Other(String peer, double micros, double ratio, String note) {}

  /** A row that could not be timed, with the reason. */
  static Result failed(Row row, int threads, String reason) {
    double no = Double.NaN;
    return new Result(row, threads, no, no, no, no, no, no, no, no, no, List.of(), reason);
  }

  /** The same with what came out beside other peers. */
  Result with(List<Other> beside) {
    return new Result(
        row,
        threads,
        gradus,
        peer,
        ratio,
        low,
        high,
        best,
        limitPercent,
        unscoped,
        heapKib,
        beside,
        note);
  }

  /** How far apart the quartiles of the ratio lie, as a part of the ratio. */
  double spread() {
    return (high - low) / ratio;
  }

  /** Whether the row is as much faster than the peer as it has to be. */
  boolean meetsBar() {
    return ratio >= row.bar();
  }

  /** Whether the quartiles and the best times say the same of the bar as the median. */
  boolean isCertain() {
    double bar = row.bar();
    return low >= bar == meetsBar() && high >= bar == meetsBar() && best >= bar == meetsBar();
  }

  /** How many rows meet their bar, and how many are faster than the peer at all, by threads. */
  static List<String> summary(List<Result> results) {
    return results.stream().map(Result::threads).distinct().map(t -> summary(t, results)).toList();
  }

  private static String summary(int threads, List<Result> results) {
    List<Result> mine = results.stream().filter(r -> r.threads == threads).toList();
    return "%d thread%s: %d of %d rows meet their bar, %d are faster than their peer"
        .formatted(
            threads,
            threads == 1 ? "" : "s",
            mine.stream().filter(Result::meetsBar).count(),
            mine.size(),
            mine.stream().filter(r -> r.ratio > 1).count());
  }
}
