package gradus.tensor.kernel.table;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of a table copied and added to, four at a time: a row is too short for the processor to read
 * ahead well, and rows side by side keep more of memory busy.
 */
final class VectorRowMoves {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private VectorRowMoves() {}

  /** Copies rows of n floats that begin at a0, a1, a2, a3 to where they follow each other. */
  static void copyFour(float[] table, int a0, int a1, int a2, int a3, float[] out, int to, int n) {
    int bound = SPECIES.loopBound(n);
    int to1 = to + n;
    int to2 = to1 + n;
    int to3 = to2 + n;
    for (int i = 0; i < bound; i += LENGTH) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, table, a0 + i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, table, a1 + i);
      FloatVector v2 = FloatVector.fromArray(SPECIES, table, a2 + i);
      FloatVector v3 = FloatVector.fromArray(SPECIES, table, a3 + i);
      v0.intoArray(out, to + i);
      v1.intoArray(out, to1 + i);
      v2.intoArray(out, to2 + i);
      v3.intoArray(out, to3 + i);
    }
    if (bound < n) {
      int rest = n - bound;
      System.arraycopy(table, a0 + bound, out, to + bound, rest);
      System.arraycopy(table, a1 + bound, out, to1 + bound, rest);
      System.arraycopy(table, a2 + bound, out, to2 + bound, rest);
      System.arraycopy(table, a3 + bound, out, to3 + bound, rest);
    }
  }

  /** {@code table[at..] += factor · g[from..]}, n elements. */
  static void addScaled(float[] g, int from, float factor, float[] table, int at, int n) {
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += LENGTH) {
      FloatVector sum = FloatVector.fromArray(SPECIES, table, at + i);
      sum.add(FloatVector.fromArray(SPECIES, g, from + i).mul(f)).intoArray(table, at + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector sum = FloatVector.fromArray(SPECIES, table, at + i, mask);
      FloatVector v = FloatVector.fromArray(SPECIES, g, from + i, mask);
      sum.add(v.mul(f)).intoArray(table, at + i, mask);
    }
  }

  /**
   * The same for the rows of g and of the table that begin at g0 and a0, g1 and a1, and so on;
   * those of the table are four different ones.
   */
  static void addFourScaled(
      float[] g,
      int g0,
      int g1,
      int g2,
      int g3,
      float factor,
      float[] table,
      int a0,
      int a1,
      int a2,
      int a3,
      int n) {
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    int bound = SPECIES.loopBound(n);
    for (int i = 0; i < bound; i += LENGTH) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, g, g0 + i).mul(f);
      FloatVector v1 = FloatVector.fromArray(SPECIES, g, g1 + i).mul(f);
      FloatVector v2 = FloatVector.fromArray(SPECIES, g, g2 + i).mul(f);
      FloatVector v3 = FloatVector.fromArray(SPECIES, g, g3 + i).mul(f);
      FloatVector sum0 = FloatVector.fromArray(SPECIES, table, a0 + i).add(v0);
      FloatVector sum1 = FloatVector.fromArray(SPECIES, table, a1 + i).add(v1);
      FloatVector sum2 = FloatVector.fromArray(SPECIES, table, a2 + i).add(v2);
      FloatVector sum3 = FloatVector.fromArray(SPECIES, table, a3 + i).add(v3);
      sum0.intoArray(table, a0 + i);
      sum1.intoArray(table, a1 + i);
      sum2.intoArray(table, a2 + i);
      sum3.intoArray(table, a3 + i);
    }
    if (bound < n) {
      addScaled(g, g0 + bound, factor, table, a0 + bound, n - bound);
      addScaled(g, g1 + bound, factor, table, a1 + bound, n - bound);
      addScaled(g, g2 + bound, factor, table, a2 + bound, n - bound);
      addScaled(g, g3 + bound, factor, table, a3 + bound, n - bound);
    }
  }
}
