package gradus.tensor.kernel;

/**
 * {@code table[ids[i]] += factor · g[i]} for rows of cols floats; see {@link Rows#scatterAdd}.
 *
 * @param ids the row of the table for each row of g; those below 0 are left out
 */
record ScatterAdd(
    float[] g,
    int gOff,
    float factor,
    long[] ids,
    int idsOff,
    int count,
    float[] table,
    int tableOff,
    int cols) {

  private static final boolean VECTORS = Lanes.COUNT > 0;

  /** Adds all rows on all cores. */
  void run() {
    // Each part owns the ids whose last bits are equal and adds them in the order
    // of i: no two threads meet in a row, and the sums do not depend on how many parts there are.
    int parts =
        (long) count * cols < Parallel.SERIAL_BELOW
            ? 1
            : Integer.highestOneBit(4 * Parallel.threads() - 1);
    Parallel.rows(parts, (long) count * cols / parts, (from, to) -> addParts(from, to, parts - 1));
  }

  /** The ids of some parts, two at a time: a part is the bits of an id under the mask. */
  private void addParts(int from, int to, int mask) {
    int waiting = -1;
    for (int i = 0; i < count; i++) {
      int id = id(i);
      int part = id & mask;
      if (id < 0 || part < from || part >= to) {
        continue;
      }
      if (waiting < 0) {
        waiting = i;
      } else {
        addBoth(waiting, i);
        waiting = -1;
      }
    }
    if (waiting >= 0) {
      add(waiting);
    }
  }

  private int id(int i) {
    return Math.toIntExact(ids[idsOff + i]);
  }

  private int place(int i) {
    return tableOff + id(i) * cols;
  }

  private void addBoth(int i, int j) {
    if (VECTORS && id(i) != id(j)) {
      int from = gOff + i * cols;
      VectorRows.addBothScaled(g, from, gOff + j * cols, factor, table, place(i), place(j), cols);
    } else {
      add(i);
      add(j);
    }
  }

  private void add(int i) {
    int from = gOff + i * cols;
    int at = place(i);
    if (VECTORS) {
      VectorRows.addScaled(g, from, factor, table, at, cols);
      return;
    }
    for (int j = 0; j < cols; j++) {
      table[at + j] += g[from + j] * factor;
    }
  }
}
