package gradus.tensor.kernel.matmul;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of C two vectors wide, for the widths with 16 registers (12 accumulators, 2 vectors of B,
 * one of A); otherwise as {@link MatMulTile4}.
 */
final class MatMulTile2 {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private MatMulTile2() {}

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
    FloatVector c0a = FloatVector.zero(SPECIES);
    FloatVector c0b = FloatVector.zero(SPECIES);
    FloatVector c1a = FloatVector.zero(SPECIES);
    FloatVector c1b = FloatVector.zero(SPECIES);
    FloatVector c2a = FloatVector.zero(SPECIES);
    FloatVector c2b = FloatVector.zero(SPECIES);
    FloatVector c3a = FloatVector.zero(SPECIES);
    FloatVector c3b = FloatVector.zero(SPECIES);
    FloatVector c4a = FloatVector.zero(SPECIES);
    FloatVector c4b = FloatVector.zero(SPECIES);
    FloatVector c5a = FloatVector.zero(SPECIES);
    FloatVector c5b = FloatVector.zero(SPECIES);
    int row2 = 2 * aRow;
    int row3 = 3 * aRow;
    int row4 = 4 * aRow;
    int row5 = 5 * aRow;
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector bb = FloatVector.fromArray(SPECIES, b, bOff + LENGTH);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0a = x.fma(ba, c0a);
      c0b = x.fma(bb, c0b);
      x = FloatVector.broadcast(SPECIES, a[aOff + aRow]);
      c1a = x.fma(ba, c1a);
      c1b = x.fma(bb, c1b);
      x = FloatVector.broadcast(SPECIES, a[aOff + row2]);
      c2a = x.fma(ba, c2a);
      c2b = x.fma(bb, c2b);
      x = FloatVector.broadcast(SPECIES, a[aOff + row3]);
      c3a = x.fma(ba, c3a);
      c3b = x.fma(bb, c3b);
      x = FloatVector.broadcast(SPECIES, a[aOff + row4]);
      c4a = x.fma(ba, c4a);
      c4b = x.fma(bb, c4b);
      x = FloatVector.broadcast(SPECIES, a[aOff + row5]);
      c5a = x.fma(ba, c5a);
      c5b = x.fma(bb, c5b);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0a = c0a.add(FloatVector.fromArray(SPECIES, d, dOff));
      c0b = c0b.add(FloatVector.fromArray(SPECIES, d, dOff + LENGTH));
      c1a = c1a.add(FloatVector.fromArray(SPECIES, d, dOff + dRow));
      c1b = c1b.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + LENGTH));
      c2a = c2a.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow));
      c2b = c2b.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow + LENGTH));
      c3a = c3a.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow));
      c3b = c3b.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow + LENGTH));
      c4a = c4a.add(FloatVector.fromArray(SPECIES, d, dOff + 4 * dRow));
      c4b = c4b.add(FloatVector.fromArray(SPECIES, d, dOff + 4 * dRow + LENGTH));
      c5a = c5a.add(FloatVector.fromArray(SPECIES, d, dOff + 5 * dRow));
      c5b = c5b.add(FloatVector.fromArray(SPECIES, d, dOff + 5 * dRow + LENGTH));
    }
    c0a.intoArray(c, cOff);
    c0b.intoArray(c, cOff + LENGTH);
    c1a.intoArray(c, cOff + cRow);
    c1b.intoArray(c, cOff + cRow + LENGTH);
    c2a.intoArray(c, cOff + 2 * cRow);
    c2b.intoArray(c, cOff + 2 * cRow + LENGTH);
    c3a.intoArray(c, cOff + 3 * cRow);
    c3b.intoArray(c, cOff + 3 * cRow + LENGTH);
    c4a.intoArray(c, cOff + 4 * cRow);
    c4b.intoArray(c, cOff + 4 * cRow + LENGTH);
    c5a.intoArray(c, cOff + 5 * cRow);
    c5b.intoArray(c, cOff + 5 * cRow + LENGTH);
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
    FloatVector c0a = FloatVector.zero(SPECIES);
    FloatVector c0b = FloatVector.zero(SPECIES);
    FloatVector c1a = FloatVector.zero(SPECIES);
    FloatVector c1b = FloatVector.zero(SPECIES);
    FloatVector c2a = FloatVector.zero(SPECIES);
    FloatVector c2b = FloatVector.zero(SPECIES);
    FloatVector c3a = FloatVector.zero(SPECIES);
    FloatVector c3b = FloatVector.zero(SPECIES);
    int row2 = 2 * aRow;
    int row3 = 3 * aRow;
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector bb = FloatVector.fromArray(SPECIES, b, bOff + LENGTH);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0a = x.fma(ba, c0a);
      c0b = x.fma(bb, c0b);
      x = FloatVector.broadcast(SPECIES, a[aOff + aRow]);
      c1a = x.fma(ba, c1a);
      c1b = x.fma(bb, c1b);
      x = FloatVector.broadcast(SPECIES, a[aOff + row2]);
      c2a = x.fma(ba, c2a);
      c2b = x.fma(bb, c2b);
      x = FloatVector.broadcast(SPECIES, a[aOff + row3]);
      c3a = x.fma(ba, c3a);
      c3b = x.fma(bb, c3b);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0a = c0a.add(FloatVector.fromArray(SPECIES, d, dOff));
      c0b = c0b.add(FloatVector.fromArray(SPECIES, d, dOff + LENGTH));
      c1a = c1a.add(FloatVector.fromArray(SPECIES, d, dOff + dRow));
      c1b = c1b.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + LENGTH));
      c2a = c2a.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow));
      c2b = c2b.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow + LENGTH));
      c3a = c3a.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow));
      c3b = c3b.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow + LENGTH));
    }
    c0a.intoArray(c, cOff);
    c0b.intoArray(c, cOff + LENGTH);
    c1a.intoArray(c, cOff + cRow);
    c1b.intoArray(c, cOff + cRow + LENGTH);
    c2a.intoArray(c, cOff + 2 * cRow);
    c2b.intoArray(c, cOff + 2 * cRow + LENGTH);
    c3a.intoArray(c, cOff + 3 * cRow);
    c3b.intoArray(c, cOff + 3 * cRow + LENGTH);
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
    FloatVector c0a = FloatVector.zero(SPECIES);
    FloatVector c0b = FloatVector.zero(SPECIES);
    FloatVector c1a = FloatVector.zero(SPECIES);
    FloatVector c1b = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector bb = FloatVector.fromArray(SPECIES, b, bOff + LENGTH);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0a = x.fma(ba, c0a);
      c0b = x.fma(bb, c0b);
      x = FloatVector.broadcast(SPECIES, a[aOff + aRow]);
      c1a = x.fma(ba, c1a);
      c1b = x.fma(bb, c1b);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0a = c0a.add(FloatVector.fromArray(SPECIES, d, dOff));
      c0b = c0b.add(FloatVector.fromArray(SPECIES, d, dOff + LENGTH));
      c1a = c1a.add(FloatVector.fromArray(SPECIES, d, dOff + dRow));
      c1b = c1b.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + LENGTH));
    }
    c0a.intoArray(c, cOff);
    c0b.intoArray(c, cOff + LENGTH);
    c1a.intoArray(c, cOff + cRow);
    c1b.intoArray(c, cOff + cRow + LENGTH);
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
    FloatVector c0a = FloatVector.zero(SPECIES);
    FloatVector c0b = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector bb = FloatVector.fromArray(SPECIES, b, bOff + LENGTH);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0a = x.fma(ba, c0a);
      c0b = x.fma(bb, c0b);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0a = c0a.add(FloatVector.fromArray(SPECIES, d, dOff));
      c0b = c0b.add(FloatVector.fromArray(SPECIES, d, dOff + LENGTH));
    }
    c0a.intoArray(c, cOff);
    c0b.intoArray(c, cOff + LENGTH);
  }
}
