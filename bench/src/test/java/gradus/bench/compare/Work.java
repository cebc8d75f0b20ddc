package gradus.bench.compare;

/**
 * What a row cannot do without, however clever the code: from it follows the shortest time.
 *
 * @param flops additions and multiplications that the multiply-add units could do
 * @param bytes of operands read and results written, each once
 */
record Work(double flops, double bytes) {

  /** A row that is all overhead: no limit of the machine says how fast it could be. */
  static final Work NONE = new Work(0, 0);

  /** Reading and writing so many floats. */
  static Work floats(double count) {
    return new Work(0, 4 * count);
  }

  /** So many products of [m, k] with [k, n]. */
  static Work products(int count, int m, int k, int n) {
    double floats = (double) m * k + (double) k * n + (double) m * n;
    return new Work(2.0 * count * m * k * n, 4 * count * floats);
  }

  /** So much arithmetic, memory aside. */
  static Work flops(double count) {
    return new Work(count, 0);
  }
}
