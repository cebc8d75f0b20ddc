package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies what lies side by side in a transposed A into a tile of rows, for {@link MatMulPack}. */
final class MatMulTileRows {

  /** Each column spills over into so many of the next ones, and reads as far. */
  static final int SPILL = 2;

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final boolean ENOUGH = SPECIES.length() >= MatMulPack.HEIGHT;

  private MatMulTileRows() {}

  /**
   * Six elements of each of {@code columns} columns, which lie aCol apart, one after another. Whole
   * vectors: what they hold beyond six elements stands where the next {@link #SPILL} columns
   * belong, which must be written later.
   */
  static void six(float[] a, int at, int aCol, int columns, float[] tile, int to) {
    for (int q = 0; q < columns; q++) {
      FloatVector.fromArray(SPECIES, a, at).intoArray(tile, to);
      if (!ENOUGH) {
        // Two vectors of four, which share two elements.
        FloatVector.fromArray(SPECIES, a, at + 2).intoArray(tile, to + 2);
      }
      at += aCol;
      to += MatMulPack.HEIGHT;
    }
  }
}
