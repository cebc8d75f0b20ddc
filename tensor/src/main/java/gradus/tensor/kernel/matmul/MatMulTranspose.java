package gradus.tensor.kernel.matmul;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transpose of a square of 16 × 16 floats in registers, for {@link MatMulPack}. In four rounds,
 * rows 8, 4, 2 and 1 apart exchange the lanes that stand on the wrong side: the blocks of a block
 * matrix trade places, and then those within them.
 */
final class MatMulTranspose {

  static final int SIDE = 16;

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final VectorShuffle<Float> BY8 = exchange(8);
  private static final VectorShuffle<Float> BY4 = exchange(4);
  private static final VectorShuffle<Float> BY2 = exchange(2);
  private static final VectorShuffle<Float> BY1 = exchange(1);
  private static final VectorMask<Float> UPPER8 = upper(8);
  private static final VectorMask<Float> UPPER4 = upper(4);
  private static final VectorMask<Float> UPPER2 = upper(2);
  private static final VectorMask<Float> UPPER1 = upper(1);

  private MatMulTranspose() {}

  private static VectorShuffle<Float> exchange(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> lane ^ distance);
  }

  private static VectorMask<Float> upper(int distance) {
    return VectorMask.fromLong(
        SPECIES,
        switch (distance) {
          case 8 -> 0xFF00;
          case 4 -> 0xF0F0;
          case 2 -> 0xCCCC;
          default -> 0xAAAA;
        });
  }

  /** {@code to[p, j] = from[j, p]}, rows fromRow and toRow apart. */
  static void square(float[] from, int at, int fromRow, float[] to, int toAt, int toRow) {
    FloatVector r0 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector r1 = FloatVector.fromArray(SPECIES, from, at + fromRow);
    FloatVector r2 = FloatVector.fromArray(SPECIES, from, at + 2 * fromRow);
    FloatVector r3 = FloatVector.fromArray(SPECIES, from, at + 3 * fromRow);
    FloatVector r4 = FloatVector.fromArray(SPECIES, from, at + 4 * fromRow);
    FloatVector r5 = FloatVector.fromArray(SPECIES, from, at + 5 * fromRow);
    FloatVector r6 = FloatVector.fromArray(SPECIES, from, at + 6 * fromRow);
    FloatVector r7 = FloatVector.fromArray(SPECIES, from, at + 7 * fromRow);
    FloatVector r8 = FloatVector.fromArray(SPECIES, from, at + 8 * fromRow);
    FloatVector r9 = FloatVector.fromArray(SPECIES, from, at + 9 * fromRow);
    FloatVector r10 = FloatVector.fromArray(SPECIES, from, at + 10 * fromRow);
    FloatVector r11 = FloatVector.fromArray(SPECIES, from, at + 11 * fromRow);
    FloatVector r12 = FloatVector.fromArray(SPECIES, from, at + 12 * fromRow);
    FloatVector r13 = FloatVector.fromArray(SPECIES, from, at + 13 * fromRow);
    FloatVector r14 = FloatVector.fromArray(SPECIES, from, at + 14 * fromRow);
    FloatVector r15 = FloatVector.fromArray(SPECIES, from, at + 15 * fromRow);
    FloatVector swapped;
    swapped = r0.blend(r8.rearrange(BY8), UPPER8);
    r8 = r0.rearrange(BY8).blend(r8, UPPER8);
    r0 = swapped;
    swapped = r1.blend(r9.rearrange(BY8), UPPER8);
    r9 = r1.rearrange(BY8).blend(r9, UPPER8);
    r1 = swapped;
    swapped = r2.blend(r10.rearrange(BY8), UPPER8);
    r10 = r2.rearrange(BY8).blend(r10, UPPER8);
    r2 = swapped;
    swapped = r3.blend(r11.rearrange(BY8), UPPER8);
    r11 = r3.rearrange(BY8).blend(r11, UPPER8);
    r3 = swapped;
    swapped = r4.blend(r12.rearrange(BY8), UPPER8);
    r12 = r4.rearrange(BY8).blend(r12, UPPER8);
    r4 = swapped;
    swapped = r5.blend(r13.rearrange(BY8), UPPER8);
    r13 = r5.rearrange(BY8).blend(r13, UPPER8);
    r5 = swapped;
    swapped = r6.blend(r14.rearrange(BY8), UPPER8);
    r14 = r6.rearrange(BY8).blend(r14, UPPER8);
    r6 = swapped;
    swapped = r7.blend(r15.rearrange(BY8), UPPER8);
    r15 = r7.rearrange(BY8).blend(r15, UPPER8);
    r7 = swapped;
    swapped = r0.blend(r4.rearrange(BY4), UPPER4);
    r4 = r0.rearrange(BY4).blend(r4, UPPER4);
    r0 = swapped;
    swapped = r1.blend(r5.rearrange(BY4), UPPER4);
    r5 = r1.rearrange(BY4).blend(r5, UPPER4);
    r1 = swapped;
    swapped = r2.blend(r6.rearrange(BY4), UPPER4);
    r6 = r2.rearrange(BY4).blend(r6, UPPER4);
    r2 = swapped;
    swapped = r3.blend(r7.rearrange(BY4), UPPER4);
    r7 = r3.rearrange(BY4).blend(r7, UPPER4);
    r3 = swapped;
    swapped = r8.blend(r12.rearrange(BY4), UPPER4);
    r12 = r8.rearrange(BY4).blend(r12, UPPER4);
    r8 = swapped;
    swapped = r9.blend(r13.rearrange(BY4), UPPER4);
    r13 = r9.rearrange(BY4).blend(r13, UPPER4);
    r9 = swapped;
    swapped = r10.blend(r14.rearrange(BY4), UPPER4);
    r14 = r10.rearrange(BY4).blend(r14, UPPER4);
    r10 = swapped;
    swapped = r11.blend(r15.rearrange(BY4), UPPER4);
    r15 = r11.rearrange(BY4).blend(r15, UPPER4);
    r11 = swapped;
    swapped = r0.blend(r2.rearrange(BY2), UPPER2);
    r2 = r0.rearrange(BY2).blend(r2, UPPER2);
    r0 = swapped;
    swapped = r1.blend(r3.rearrange(BY2), UPPER2);
    r3 = r1.rearrange(BY2).blend(r3, UPPER2);
    r1 = swapped;
    swapped = r4.blend(r6.rearrange(BY2), UPPER2);
    r6 = r4.rearrange(BY2).blend(r6, UPPER2);
    r4 = swapped;
    swapped = r5.blend(r7.rearrange(BY2), UPPER2);
    r7 = r5.rearrange(BY2).blend(r7, UPPER2);
    r5 = swapped;
    swapped = r8.blend(r10.rearrange(BY2), UPPER2);
    r10 = r8.rearrange(BY2).blend(r10, UPPER2);
    r8 = swapped;
    swapped = r9.blend(r11.rearrange(BY2), UPPER2);
    r11 = r9.rearrange(BY2).blend(r11, UPPER2);
    r9 = swapped;
    swapped = r12.blend(r14.rearrange(BY2), UPPER2);
    r14 = r12.rearrange(BY2).blend(r14, UPPER2);
    r12 = swapped;
    swapped = r13.blend(r15.rearrange(BY2), UPPER2);
    r15 = r13.rearrange(BY2).blend(r15, UPPER2);
    r13 = swapped;
    swapped = r0.blend(r1.rearrange(BY1), UPPER1);
    r1 = r0.rearrange(BY1).blend(r1, UPPER1);
    r0 = swapped;
    swapped = r2.blend(r3.rearrange(BY1), UPPER1);
    r3 = r2.rearrange(BY1).blend(r3, UPPER1);
    r2 = swapped;
    swapped = r4.blend(r5.rearrange(BY1), UPPER1);
    r5 = r4.rearrange(BY1).blend(r5, UPPER1);
    r4 = swapped;
    swapped = r6.blend(r7.rearrange(BY1), UPPER1);
    r7 = r6.rearrange(BY1).blend(r7, UPPER1);
    r6 = swapped;
    swapped = r8.blend(r9.rearrange(BY1), UPPER1);
    r9 = r8.rearrange(BY1).blend(r9, UPPER1);
    r8 = swapped;
    swapped = r10.blend(r11.rearrange(BY1), UPPER1);
    r11 = r10.rearrange(BY1).blend(r11, UPPER1);
    r10 = swapped;
    swapped = r12.blend(r13.rearrange(BY1), UPPER1);
    r13 = r12.rearrange(BY1).blend(r13, UPPER1);
    r12 = swapped;
    swapped = r14.blend(r15.rearrange(BY1), UPPER1);
    r15 = r14.rearrange(BY1).blend(r15, UPPER1);
    r14 = swapped;
    r0.intoArray(to, toAt);
    r1.intoArray(to, toAt + toRow);
    r2.intoArray(to, toAt + 2 * toRow);
    r3.intoArray(to, toAt + 3 * toRow);
    r4.intoArray(to, toAt + 4 * toRow);
    r5.intoArray(to, toAt + 5 * toRow);
    r6.intoArray(to, toAt + 6 * toRow);
    r7.intoArray(to, toAt + 7 * toRow);
    r8.intoArray(to, toAt + 8 * toRow);
    r9.intoArray(to, toAt + 9 * toRow);
    r10.intoArray(to, toAt + 10 * toRow);
    r11.intoArray(to, toAt + 11 * toRow);
    r12.intoArray(to, toAt + 12 * toRow);
    r13.intoArray(to, toAt + 13 * toRow);
    r14.intoArray(to, toAt + 14 * toRow);
    r15.intoArray(to, toAt + 15 * toRow);
  }
}
