package gradus.tensor.kernel.matmul;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of C one vector wide: what remains at the right edge. There are no masks: where fewer
 * columns than lanes are left, {@link MatMulTiles} has whole vectors written to a buffer. Otherwise
 * as {@link MatMulTile4}.
 */
final class MatMulTile1 {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;

  private MatMulTile1() {}

  static void rows6(
      int k,
      float[] a,
      int aOff,
      int aRow,
      int aCol,
      float[] b,
      int bOff,
      int bRow,
      float[] c,
      int cOff,
      int cRow,
      float[] d,
      int dOff,
      int dRow) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    FloatVector c4 = FloatVector.zero(SPECIES);
    FloatVector c5 = FloatVector.zero(SPECIES);
    int row2 = 2 * aRow;
    int row3 = 3 * aRow;
    int row4 = 4 * aRow;
    int row5 = 5 * aRow;
    for (int p = 0; p < k; p++) {
      FloatVector bs = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0 = x.fma(bs, c0);
      x = FloatVector.broadcast(SPECIES, a[aOff + aRow]);
      c1 = x.fma(bs, c1);
      x = FloatVector.broadcast(SPECIES, a[aOff + row2]);
      c2 = x.fma(bs, c2);
      x = FloatVector.broadcast(SPECIES, a[aOff + row3]);
      c3 = x.fma(bs, c3);
      x = FloatVector.broadcast(SPECIES, a[aOff + row4]);
      c4 = x.fma(bs, c4);
      x = FloatVector.broadcast(SPECIES, a[aOff + row5]);
      c5 = x.fma(bs, c5);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0 = c0.add(FloatVector.fromArray(SPECIES, d, dOff));
      c1 = c1.add(FloatVector.fromArray(SPECIES, d, dOff + dRow));
      c2 = c2.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow));
      c3 = c3.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow));
      c4 = c4.add(FloatVector.fromArray(SPECIES, d, dOff + 4 * dRow));
      c5 = c5.add(FloatVector.fromArray(SPECIES, d, dOff + 5 * dRow));
    }
    c0.intoArray(c, cOff);
    c1.intoArray(c, cOff + cRow);
    c2.intoArray(c, cOff + 2 * cRow);
    c3.intoArray(c, cOff + 3 * cRow);
    c4.intoArray(c, cOff + 4 * cRow);
    c5.intoArray(c, cOff + 5 * cRow);
  }

  static void rows4(
      int k,
      float[] a,
      int aOff,
      int aRow,
      int aCol,
      float[] b,
      int bOff,
      int bRow,
      float[] c,
      int cOff,
      int cRow,
      float[] d,
      int dOff,
      int dRow) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    FloatVector c2 = FloatVector.zero(SPECIES);
    FloatVector c3 = FloatVector.zero(SPECIES);
    int row2 = 2 * aRow;
    int row3 = 3 * aRow;
    for (int p = 0; p < k; p++) {
      FloatVector bs = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0 = x.fma(bs, c0);
      x = FloatVector.broadcast(SPECIES, a[aOff + aRow]);
      c1 = x.fma(bs, c1);
      x = FloatVector.broadcast(SPECIES, a[aOff + row2]);
      c2 = x.fma(bs, c2);
      x = FloatVector.broadcast(SPECIES, a[aOff + row3]);
      c3 = x.fma(bs, c3);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0 = c0.add(FloatVector.fromArray(SPECIES, d, dOff));
      c1 = c1.add(FloatVector.fromArray(SPECIES, d, dOff + dRow));
      c2 = c2.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow));
      c3 = c3.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow));
    }
    c0.intoArray(c, cOff);
    c1.intoArray(c, cOff + cRow);
    c2.intoArray(c, cOff + 2 * cRow);
    c3.intoArray(c, cOff + 3 * cRow);
  }

  static void rows2(
      int k,
      float[] a,
      int aOff,
      int aRow,
      int aCol,
      float[] b,
      int bOff,
      int bRow,
      float[] c,
      int cOff,
      int cRow,
      float[] d,
      int dOff,
      int dRow) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector bs = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0 = x.fma(bs, c0);
      x = FloatVector.broadcast(SPECIES, a[aOff + aRow]);
      c1 = x.fma(bs, c1);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0 = c0.add(FloatVector.fromArray(SPECIES, d, dOff));
      c1 = c1.add(FloatVector.fromArray(SPECIES, d, dOff + dRow));
    }
    c0.intoArray(c, cOff);
    c1.intoArray(c, cOff + cRow);
  }

  static void rows1(
      int k,
      float[] a,
      int aOff,
      int aRow,
      int aCol,
      float[] b,
      int bOff,
      int bRow,
      float[] c,
      int cOff,
      int cRow,
      float[] d,
      int dOff,
      int dRow) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector bs = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0 = x.fma(bs, c0);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0 = c0.add(FloatVector.fromArray(SPECIES, d, dOff));
    }
    c0.intoArray(c, cOff);
  }
}
