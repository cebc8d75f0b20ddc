package gradus.tensor.kernel.matmul;

import static gradus.tensor.kernel.math.VectorMath.sum;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of C as dot products, for few rows times a transposed B: the rows of A and the columns of B
 * lie contiguous along k, so both are read as they are. A tile is up to four columns wide; where
 * fewer are left, the last one is computed again and not stored. Here k is a multiple of the lanes;
 * {@link MatMulPlan} adds what remains.
 */
final class MatMulDot {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;

  private MatMulDot() {}

  static void rows4(
      int k,
      float[] a,
      int aOff,
      int aRow,
      float[] b,
      int bOff,
      int bCol,
      int columns,
      float[] c,
      int cOff,
      int cRow,
      boolean add) {
    int col1 = Math.min(1, columns - 1) * bCol;
    int col2 = Math.min(2, columns - 1) * bCol;
    int col3 = Math.min(3, columns - 1) * bCol;
    FloatVector w0 = FloatVector.zero(SPECIES);
    FloatVector x0 = FloatVector.zero(SPECIES);
    FloatVector y0 = FloatVector.zero(SPECIES);
    FloatVector z0 = FloatVector.zero(SPECIES);
    FloatVector w1 = FloatVector.zero(SPECIES);
    FloatVector x1 = FloatVector.zero(SPECIES);
    FloatVector y1 = FloatVector.zero(SPECIES);
    FloatVector z1 = FloatVector.zero(SPECIES);
    FloatVector w2 = FloatVector.zero(SPECIES);
    FloatVector x2 = FloatVector.zero(SPECIES);
    FloatVector y2 = FloatVector.zero(SPECIES);
    FloatVector z2 = FloatVector.zero(SPECIES);
    FloatVector w3 = FloatVector.zero(SPECIES);
    FloatVector x3 = FloatVector.zero(SPECIES);
    FloatVector y3 = FloatVector.zero(SPECIES);
    FloatVector z3 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p += SPECIES.length()) {
      FloatVector wb = FloatVector.fromArray(SPECIES, b, bOff + p);
      FloatVector xb = FloatVector.fromArray(SPECIES, b, bOff + p + col1);
      FloatVector yb = FloatVector.fromArray(SPECIES, b, bOff + p + col2);
      FloatVector zb = FloatVector.fromArray(SPECIES, b, bOff + p + col3);
      FloatVector ra = FloatVector.fromArray(SPECIES, a, aOff + p);
      w0 = ra.fma(wb, w0);
      x0 = ra.fma(xb, x0);
      y0 = ra.fma(yb, y0);
      z0 = ra.fma(zb, z0);
      ra = FloatVector.fromArray(SPECIES, a, aOff + p + aRow);
      w1 = ra.fma(wb, w1);
      x1 = ra.fma(xb, x1);
      y1 = ra.fma(yb, y1);
      z1 = ra.fma(zb, z1);
      ra = FloatVector.fromArray(SPECIES, a, aOff + p + 2 * aRow);
      w2 = ra.fma(wb, w2);
      x2 = ra.fma(xb, x2);
      y2 = ra.fma(yb, y2);
      z2 = ra.fma(zb, z2);
      ra = FloatVector.fromArray(SPECIES, a, aOff + p + 3 * aRow);
      w3 = ra.fma(wb, w3);
      x3 = ra.fma(xb, x3);
      y3 = ra.fma(yb, y3);
      z3 = ra.fma(zb, z3);
    }
    put(c, cOff, sum(w0), add);
    put(c, cOff + cRow, sum(w1), add);
    put(c, cOff + 2 * cRow, sum(w2), add);
    put(c, cOff + 3 * cRow, sum(w3), add);
    if (columns > 1) {
      put(c, cOff + 1, sum(x0), add);
      put(c, cOff + cRow + 1, sum(x1), add);
      put(c, cOff + 2 * cRow + 1, sum(x2), add);
      put(c, cOff + 3 * cRow + 1, sum(x3), add);
    }
    if (columns > 2) {
      put(c, cOff + 2, sum(y0), add);
      put(c, cOff + cRow + 2, sum(y1), add);
      put(c, cOff + 2 * cRow + 2, sum(y2), add);
      put(c, cOff + 3 * cRow + 2, sum(y3), add);
    }
    if (columns > 3) {
      put(c, cOff + 3, sum(z0), add);
      put(c, cOff + cRow + 3, sum(z1), add);
      put(c, cOff + 2 * cRow + 3, sum(z2), add);
      put(c, cOff + 3 * cRow + 3, sum(z3), add);
    }
  }

  static void rows2(
      int k,
      float[] a,
      int aOff,
      int aRow,
      float[] b,
      int bOff,
      int bCol,
      int columns,
      float[] c,
      int cOff,
      int cRow,
      boolean add) {
    int col1 = Math.min(1, columns - 1) * bCol;
    int col2 = Math.min(2, columns - 1) * bCol;
    int col3 = Math.min(3, columns - 1) * bCol;
    FloatVector w0 = FloatVector.zero(SPECIES);
    FloatVector x0 = FloatVector.zero(SPECIES);
    FloatVector y0 = FloatVector.zero(SPECIES);
    FloatVector z0 = FloatVector.zero(SPECIES);
    FloatVector w1 = FloatVector.zero(SPECIES);
    FloatVector x1 = FloatVector.zero(SPECIES);
    FloatVector y1 = FloatVector.zero(SPECIES);
    FloatVector z1 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p += SPECIES.length()) {
      FloatVector wb = FloatVector.fromArray(SPECIES, b, bOff + p);
      FloatVector xb = FloatVector.fromArray(SPECIES, b, bOff + p + col1);
      FloatVector yb = FloatVector.fromArray(SPECIES, b, bOff + p + col2);
      FloatVector zb = FloatVector.fromArray(SPECIES, b, bOff + p + col3);
      FloatVector ra = FloatVector.fromArray(SPECIES, a, aOff + p);
      w0 = ra.fma(wb, w0);
      x0 = ra.fma(xb, x0);
      y0 = ra.fma(yb, y0);
      z0 = ra.fma(zb, z0);
      ra = FloatVector.fromArray(SPECIES, a, aOff + p + aRow);
      w1 = ra.fma(wb, w1);
      x1 = ra.fma(xb, x1);
      y1 = ra.fma(yb, y1);
      z1 = ra.fma(zb, z1);
    }
    put(c, cOff, sum(w0), add);
    put(c, cOff + cRow, sum(w1), add);
    if (columns > 1) {
      put(c, cOff + 1, sum(x0), add);
      put(c, cOff + cRow + 1, sum(x1), add);
    }
    if (columns > 2) {
      put(c, cOff + 2, sum(y0), add);
      put(c, cOff + cRow + 2, sum(y1), add);
    }
    if (columns > 3) {
      put(c, cOff + 3, sum(z0), add);
      put(c, cOff + cRow + 3, sum(z1), add);
    }
  }

  static void rows1(
      int k,
      float[] a,
      int aOff,
      int aRow,
      float[] b,
      int bOff,
      int bCol,
      int columns,
      float[] c,
      int cOff,
      int cRow,
      boolean add) {
    int col1 = Math.min(1, columns - 1) * bCol;
    int col2 = Math.min(2, columns - 1) * bCol;
    int col3 = Math.min(3, columns - 1) * bCol;
    FloatVector w0 = FloatVector.zero(SPECIES);
    FloatVector x0 = FloatVector.zero(SPECIES);
    FloatVector y0 = FloatVector.zero(SPECIES);
    FloatVector z0 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p += SPECIES.length()) {
      FloatVector wb = FloatVector.fromArray(SPECIES, b, bOff + p);
      FloatVector xb = FloatVector.fromArray(SPECIES, b, bOff + p + col1);
      FloatVector yb = FloatVector.fromArray(SPECIES, b, bOff + p + col2);
      FloatVector zb = FloatVector.fromArray(SPECIES, b, bOff + p + col3);
      FloatVector ra = FloatVector.fromArray(SPECIES, a, aOff + p);
      w0 = ra.fma(wb, w0);
      x0 = ra.fma(xb, x0);
      y0 = ra.fma(yb, y0);
      z0 = ra.fma(zb, z0);
    }
    put(c, cOff, sum(w0), add);
    if (columns > 1) {
      put(c, cOff + 1, sum(x0), add);
    }
    if (columns > 2) {
      put(c, cOff + 2, sum(y0), add);
    }
    if (columns > 3) {
      put(c, cOff + 3, sum(z0), add);
    }
  }

  private static void put(float[] c, int at, float sum, boolean add) {
    c[at] = add ? c[at] + sum : sum;
  }
}
