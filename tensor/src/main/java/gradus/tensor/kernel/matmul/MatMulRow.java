package gradus.tensor.kernel.matmul;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One row times a matrix, which is bound by the memory that B comes from: its rows are read along
 * their length, eight at a time, while the block of C they are added to stays in the L1 cache.
 */
final class MatMulRow {

  /** Columns of a block of C: 4 KiB. */
  static final int BLOCK = 1024;

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;

  private MatMulRow() {}

  /** {@code C[1, n] += A[1, k] · B[k, n]}. */
  static void run(
      int n,
      int k,
      float[] a,
      int aOff,
      int aCol,
      float[] b,
      int bOff,
      int bRow,
      float[] c,
      int to) {
    int p = 0;
    for (; p + 8 <= k; p += 8) {
      eight(n, a, aOff + p * aCol, aCol, b, bOff + p * bRow, bRow, c, to);
    }
    for (; p < k; p++) {
      one(n, a[aOff + p * aCol], b, bOff + p * bRow, c, to);
    }
  }

  private static void eight(
      int n, float[] a, int at, int aCol, float[] b, int bOff, int bRow, float[] c, int to) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, a[at]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, a[at + aCol]);
    FloatVector a2 = FloatVector.broadcast(SPECIES, a[at + 2 * aCol]);
    FloatVector a3 = FloatVector.broadcast(SPECIES, a[at + 3 * aCol]);
    FloatVector a4 = FloatVector.broadcast(SPECIES, a[at + 4 * aCol]);
    FloatVector a5 = FloatVector.broadcast(SPECIES, a[at + 5 * aCol]);
    FloatVector a6 = FloatVector.broadcast(SPECIES, a[at + 6 * aCol]);
    FloatVector a7 = FloatVector.broadcast(SPECIES, a[at + 7 * aCol]);
    int bound = SPECIES.loopBound(n);
    int j = 0;
    for (; j < bound; j += SPECIES.length()) {
      int from = bOff + j;
      FloatVector sum = FloatVector.fromArray(SPECIES, c, to + j);
      sum = a0.fma(FloatVector.fromArray(SPECIES, b, from), sum);
      sum = a1.fma(FloatVector.fromArray(SPECIES, b, from + bRow), sum);
      sum = a2.fma(FloatVector.fromArray(SPECIES, b, from + 2 * bRow), sum);
      sum = a3.fma(FloatVector.fromArray(SPECIES, b, from + 3 * bRow), sum);
      sum = a4.fma(FloatVector.fromArray(SPECIES, b, from + 4 * bRow), sum);
      sum = a5.fma(FloatVector.fromArray(SPECIES, b, from + 5 * bRow), sum);
      sum = a6.fma(FloatVector.fromArray(SPECIES, b, from + 6 * bRow), sum);
      sum = a7.fma(FloatVector.fromArray(SPECIES, b, from + 7 * bRow), sum);
      sum.intoArray(c, to + j);
    }
    for (; j < n; j++) {
      float sum = c[to + j];
      for (int p = 0; p < 8; p++) {
        sum = Math.fma(a[at + p * aCol], b[bOff + p * bRow + j], sum);
      }
      c[to + j] = sum;
    }
  }

  private static void one(int n, float factor, float[] b, int bOff, float[] c, int to) {
    FloatVector a = FloatVector.broadcast(SPECIES, factor);
    int bound = SPECIES.loopBound(n);
    int j = 0;
    for (; j < bound; j += SPECIES.length()) {
      FloatVector sum = FloatVector.fromArray(SPECIES, c, to + j);
      a.fma(FloatVector.fromArray(SPECIES, b, bOff + j), sum).intoArray(c, to + j);
    }
    for (; j < n; j++) {
      c[to + j] = Math.fma(factor, b[bOff + j], c[to + j]);
    }
  }
}
