package gradus.tensor.kernel.matmul;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of C four vectors wide: {@code C[rows, 4·LENGTH] = A[rows, k] · B[k, 4·LENGTH] + D}, D null
 * for none.
 *
 * <p>For 16 lanes, where there are 32 registers: 6 rows × 4 vectors are 24 accumulators, and each
 * step of k loads 4 vectors and 6 scalars for 24 multiply-adds, which reaches the machine's peak.
 * Every accumulator is a local variable of its own: an array of vectors, or a method that takes
 * them and is not inlined, would put them into memory. A and B have any row strides; their bounds
 * checks hide behind the multiply-adds.
 */
final class MatMulTile4 {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private MatMulTile4() {}

  /**
   * Six rows; while B passes through the registers, it is also packed for the tiles that follow.
   *
   * @param packed where the rows of B go, one behind the other; null to leave them where they are
   */
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
      int dRow,
      float[] packed,
      int packedOff) {
    FloatVector c0a = FloatVector.zero(SPECIES);
    FloatVector c0b = FloatVector.zero(SPECIES);
    FloatVector c0c = FloatVector.zero(SPECIES);
    FloatVector c0d = FloatVector.zero(SPECIES);
    FloatVector c1a = FloatVector.zero(SPECIES);
    FloatVector c1b = FloatVector.zero(SPECIES);
    FloatVector c1c = FloatVector.zero(SPECIES);
    FloatVector c1d = FloatVector.zero(SPECIES);
    FloatVector c2a = FloatVector.zero(SPECIES);
    FloatVector c2b = FloatVector.zero(SPECIES);
    FloatVector c2c = FloatVector.zero(SPECIES);
    FloatVector c2d = FloatVector.zero(SPECIES);
    FloatVector c3a = FloatVector.zero(SPECIES);
    FloatVector c3b = FloatVector.zero(SPECIES);
    FloatVector c3c = FloatVector.zero(SPECIES);
    FloatVector c3d = FloatVector.zero(SPECIES);
    FloatVector c4a = FloatVector.zero(SPECIES);
    FloatVector c4b = FloatVector.zero(SPECIES);
    FloatVector c4c = FloatVector.zero(SPECIES);
    FloatVector c4d = FloatVector.zero(SPECIES);
    FloatVector c5a = FloatVector.zero(SPECIES);
    FloatVector c5b = FloatVector.zero(SPECIES);
    FloatVector c5c = FloatVector.zero(SPECIES);
    FloatVector c5d = FloatVector.zero(SPECIES);
    int row2 = 2 * aRow;
    int row3 = 3 * aRow;
    int row4 = 4 * aRow;
    int row5 = 5 * aRow;
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector bb = FloatVector.fromArray(SPECIES, b, bOff + LENGTH);
      FloatVector bc = FloatVector.fromArray(SPECIES, b, bOff + 2 * LENGTH);
      FloatVector bd = FloatVector.fromArray(SPECIES, b, bOff + 3 * LENGTH);
      if (packed != null) {
        ba.intoArray(packed, packedOff);
        bb.intoArray(packed, packedOff + LENGTH);
        bc.intoArray(packed, packedOff + 2 * LENGTH);
        bd.intoArray(packed, packedOff + 3 * LENGTH);
        packedOff += 4 * LENGTH;
      }
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0a = x.fma(ba, c0a);
      c0b = x.fma(bb, c0b);
      c0c = x.fma(bc, c0c);
      c0d = x.fma(bd, c0d);
      x = FloatVector.broadcast(SPECIES, a[aOff + aRow]);
      c1a = x.fma(ba, c1a);
      c1b = x.fma(bb, c1b);
      c1c = x.fma(bc, c1c);
      c1d = x.fma(bd, c1d);
      x = FloatVector.broadcast(SPECIES, a[aOff + row2]);
      c2a = x.fma(ba, c2a);
      c2b = x.fma(bb, c2b);
      c2c = x.fma(bc, c2c);
      c2d = x.fma(bd, c2d);
      x = FloatVector.broadcast(SPECIES, a[aOff + row3]);
      c3a = x.fma(ba, c3a);
      c3b = x.fma(bb, c3b);
      c3c = x.fma(bc, c3c);
      c3d = x.fma(bd, c3d);
      x = FloatVector.broadcast(SPECIES, a[aOff + row4]);
      c4a = x.fma(ba, c4a);
      c4b = x.fma(bb, c4b);
      c4c = x.fma(bc, c4c);
      c4d = x.fma(bd, c4d);
      x = FloatVector.broadcast(SPECIES, a[aOff + row5]);
      c5a = x.fma(ba, c5a);
      c5b = x.fma(bb, c5b);
      c5c = x.fma(bc, c5c);
      c5d = x.fma(bd, c5d);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0a = c0a.add(FloatVector.fromArray(SPECIES, d, dOff));
      c0b = c0b.add(FloatVector.fromArray(SPECIES, d, dOff + LENGTH));
      c0c = c0c.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * LENGTH));
      c0d = c0d.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * LENGTH));
      c1a = c1a.add(FloatVector.fromArray(SPECIES, d, dOff + dRow));
      c1b = c1b.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + LENGTH));
      c1c = c1c.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + 2 * LENGTH));
      c1d = c1d.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + 3 * LENGTH));
      c2a = c2a.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow));
      c2b = c2b.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow + LENGTH));
      c2c = c2c.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow + 2 * LENGTH));
      c2d = c2d.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow + 3 * LENGTH));
      c3a = c3a.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow));
      c3b = c3b.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow + LENGTH));
      c3c = c3c.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow + 2 * LENGTH));
      c3d = c3d.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow + 3 * LENGTH));
      c4a = c4a.add(FloatVector.fromArray(SPECIES, d, dOff + 4 * dRow));
      c4b = c4b.add(FloatVector.fromArray(SPECIES, d, dOff + 4 * dRow + LENGTH));
      c4c = c4c.add(FloatVector.fromArray(SPECIES, d, dOff + 4 * dRow + 2 * LENGTH));
      c4d = c4d.add(FloatVector.fromArray(SPECIES, d, dOff + 4 * dRow + 3 * LENGTH));
      c5a = c5a.add(FloatVector.fromArray(SPECIES, d, dOff + 5 * dRow));
      c5b = c5b.add(FloatVector.fromArray(SPECIES, d, dOff + 5 * dRow + LENGTH));
      c5c = c5c.add(FloatVector.fromArray(SPECIES, d, dOff + 5 * dRow + 2 * LENGTH));
      c5d = c5d.add(FloatVector.fromArray(SPECIES, d, dOff + 5 * dRow + 3 * LENGTH));
    }
    c0a.intoArray(c, cOff);
    c0b.intoArray(c, cOff + LENGTH);
    c0c.intoArray(c, cOff + 2 * LENGTH);
    c0d.intoArray(c, cOff + 3 * LENGTH);
    c1a.intoArray(c, cOff + cRow);
    c1b.intoArray(c, cOff + cRow + LENGTH);
    c1c.intoArray(c, cOff + cRow + 2 * LENGTH);
    c1d.intoArray(c, cOff + cRow + 3 * LENGTH);
    c2a.intoArray(c, cOff + 2 * cRow);
    c2b.intoArray(c, cOff + 2 * cRow + LENGTH);
    c2c.intoArray(c, cOff + 2 * cRow + 2 * LENGTH);
    c2d.intoArray(c, cOff + 2 * cRow + 3 * LENGTH);
    c3a.intoArray(c, cOff + 3 * cRow);
    c3b.intoArray(c, cOff + 3 * cRow + LENGTH);
    c3c.intoArray(c, cOff + 3 * cRow + 2 * LENGTH);
    c3d.intoArray(c, cOff + 3 * cRow + 3 * LENGTH);
    c4a.intoArray(c, cOff + 4 * cRow);
    c4b.intoArray(c, cOff + 4 * cRow + LENGTH);
    c4c.intoArray(c, cOff + 4 * cRow + 2 * LENGTH);
    c4d.intoArray(c, cOff + 4 * cRow + 3 * LENGTH);
    c5a.intoArray(c, cOff + 5 * cRow);
    c5b.intoArray(c, cOff + 5 * cRow + LENGTH);
    c5c.intoArray(c, cOff + 5 * cRow + 2 * LENGTH);
    c5d.intoArray(c, cOff + 5 * cRow + 3 * LENGTH);
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
    FloatVector c0c = FloatVector.zero(SPECIES);
    FloatVector c0d = FloatVector.zero(SPECIES);
    FloatVector c1a = FloatVector.zero(SPECIES);
    FloatVector c1b = FloatVector.zero(SPECIES);
    FloatVector c1c = FloatVector.zero(SPECIES);
    FloatVector c1d = FloatVector.zero(SPECIES);
    FloatVector c2a = FloatVector.zero(SPECIES);
    FloatVector c2b = FloatVector.zero(SPECIES);
    FloatVector c2c = FloatVector.zero(SPECIES);
    FloatVector c2d = FloatVector.zero(SPECIES);
    FloatVector c3a = FloatVector.zero(SPECIES);
    FloatVector c3b = FloatVector.zero(SPECIES);
    FloatVector c3c = FloatVector.zero(SPECIES);
    FloatVector c3d = FloatVector.zero(SPECIES);
    int row2 = 2 * aRow;
    int row3 = 3 * aRow;
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector bb = FloatVector.fromArray(SPECIES, b, bOff + LENGTH);
      FloatVector bc = FloatVector.fromArray(SPECIES, b, bOff + 2 * LENGTH);
      FloatVector bd = FloatVector.fromArray(SPECIES, b, bOff + 3 * LENGTH);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0a = x.fma(ba, c0a);
      c0b = x.fma(bb, c0b);
      c0c = x.fma(bc, c0c);
      c0d = x.fma(bd, c0d);
      x = FloatVector.broadcast(SPECIES, a[aOff + aRow]);
      c1a = x.fma(ba, c1a);
      c1b = x.fma(bb, c1b);
      c1c = x.fma(bc, c1c);
      c1d = x.fma(bd, c1d);
      x = FloatVector.broadcast(SPECIES, a[aOff + row2]);
      c2a = x.fma(ba, c2a);
      c2b = x.fma(bb, c2b);
      c2c = x.fma(bc, c2c);
      c2d = x.fma(bd, c2d);
      x = FloatVector.broadcast(SPECIES, a[aOff + row3]);
      c3a = x.fma(ba, c3a);
      c3b = x.fma(bb, c3b);
      c3c = x.fma(bc, c3c);
      c3d = x.fma(bd, c3d);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0a = c0a.add(FloatVector.fromArray(SPECIES, d, dOff));
      c0b = c0b.add(FloatVector.fromArray(SPECIES, d, dOff + LENGTH));
      c0c = c0c.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * LENGTH));
      c0d = c0d.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * LENGTH));
      c1a = c1a.add(FloatVector.fromArray(SPECIES, d, dOff + dRow));
      c1b = c1b.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + LENGTH));
      c1c = c1c.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + 2 * LENGTH));
      c1d = c1d.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + 3 * LENGTH));
      c2a = c2a.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow));
      c2b = c2b.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow + LENGTH));
      c2c = c2c.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow + 2 * LENGTH));
      c2d = c2d.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * dRow + 3 * LENGTH));
      c3a = c3a.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow));
      c3b = c3b.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow + LENGTH));
      c3c = c3c.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow + 2 * LENGTH));
      c3d = c3d.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * dRow + 3 * LENGTH));
    }
    c0a.intoArray(c, cOff);
    c0b.intoArray(c, cOff + LENGTH);
    c0c.intoArray(c, cOff + 2 * LENGTH);
    c0d.intoArray(c, cOff + 3 * LENGTH);
    c1a.intoArray(c, cOff + cRow);
    c1b.intoArray(c, cOff + cRow + LENGTH);
    c1c.intoArray(c, cOff + cRow + 2 * LENGTH);
    c1d.intoArray(c, cOff + cRow + 3 * LENGTH);
    c2a.intoArray(c, cOff + 2 * cRow);
    c2b.intoArray(c, cOff + 2 * cRow + LENGTH);
    c2c.intoArray(c, cOff + 2 * cRow + 2 * LENGTH);
    c2d.intoArray(c, cOff + 2 * cRow + 3 * LENGTH);
    c3a.intoArray(c, cOff + 3 * cRow);
    c3b.intoArray(c, cOff + 3 * cRow + LENGTH);
    c3c.intoArray(c, cOff + 3 * cRow + 2 * LENGTH);
    c3d.intoArray(c, cOff + 3 * cRow + 3 * LENGTH);
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
    FloatVector c0c = FloatVector.zero(SPECIES);
    FloatVector c0d = FloatVector.zero(SPECIES);
    FloatVector c1a = FloatVector.zero(SPECIES);
    FloatVector c1b = FloatVector.zero(SPECIES);
    FloatVector c1c = FloatVector.zero(SPECIES);
    FloatVector c1d = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector bb = FloatVector.fromArray(SPECIES, b, bOff + LENGTH);
      FloatVector bc = FloatVector.fromArray(SPECIES, b, bOff + 2 * LENGTH);
      FloatVector bd = FloatVector.fromArray(SPECIES, b, bOff + 3 * LENGTH);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0a = x.fma(ba, c0a);
      c0b = x.fma(bb, c0b);
      c0c = x.fma(bc, c0c);
      c0d = x.fma(bd, c0d);
      x = FloatVector.broadcast(SPECIES, a[aOff + aRow]);
      c1a = x.fma(ba, c1a);
      c1b = x.fma(bb, c1b);
      c1c = x.fma(bc, c1c);
      c1d = x.fma(bd, c1d);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0a = c0a.add(FloatVector.fromArray(SPECIES, d, dOff));
      c0b = c0b.add(FloatVector.fromArray(SPECIES, d, dOff + LENGTH));
      c0c = c0c.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * LENGTH));
      c0d = c0d.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * LENGTH));
      c1a = c1a.add(FloatVector.fromArray(SPECIES, d, dOff + dRow));
      c1b = c1b.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + LENGTH));
      c1c = c1c.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + 2 * LENGTH));
      c1d = c1d.add(FloatVector.fromArray(SPECIES, d, dOff + dRow + 3 * LENGTH));
    }
    c0a.intoArray(c, cOff);
    c0b.intoArray(c, cOff + LENGTH);
    c0c.intoArray(c, cOff + 2 * LENGTH);
    c0d.intoArray(c, cOff + 3 * LENGTH);
    c1a.intoArray(c, cOff + cRow);
    c1b.intoArray(c, cOff + cRow + LENGTH);
    c1c.intoArray(c, cOff + cRow + 2 * LENGTH);
    c1d.intoArray(c, cOff + cRow + 3 * LENGTH);
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
    FloatVector c0c = FloatVector.zero(SPECIES);
    FloatVector c0d = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector ba = FloatVector.fromArray(SPECIES, b, bOff);
      FloatVector bb = FloatVector.fromArray(SPECIES, b, bOff + LENGTH);
      FloatVector bc = FloatVector.fromArray(SPECIES, b, bOff + 2 * LENGTH);
      FloatVector bd = FloatVector.fromArray(SPECIES, b, bOff + 3 * LENGTH);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOff]);
      c0a = x.fma(ba, c0a);
      c0b = x.fma(bb, c0b);
      c0c = x.fma(bc, c0c);
      c0d = x.fma(bd, c0d);
      aOff += aCol;
      bOff += bRow;
    }
    if (d != null) {
      c0a = c0a.add(FloatVector.fromArray(SPECIES, d, dOff));
      c0b = c0b.add(FloatVector.fromArray(SPECIES, d, dOff + LENGTH));
      c0c = c0c.add(FloatVector.fromArray(SPECIES, d, dOff + 2 * LENGTH));
      c0d = c0d.add(FloatVector.fromArray(SPECIES, d, dOff + 3 * LENGTH));
    }
    c0a.intoArray(c, cOff);
    c0b.intoArray(c, cOff + LENGTH);
    c0c.intoArray(c, cOff + 2 * LENGTH);
    c0d.intoArray(c, cOff + 3 * LENGTH);
  }
}
