package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies what lies side by side in a transposed A into a tile of rows, for {@link MatMulPack}. */
final class MatMulTileRows {

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

  private MatMulTileRows() {}

  /** Six elements of each of {@code columns} columns, which lie aCol apart, one after another. */
  static void six(float[] a, int at, int aCol, int columns, float[] tile, int to) {
    for (int q = 0; q < columns; q++) {
      // Two vectors of four, which share two elements.
      FloatVector first = FloatVector.fromArray(FOUR, a, at);
      FloatVector last = FloatVector.fromArray(FOUR, a, at + 2);
      first.intoArray(tile, to);
      last.intoArray(tile, to + 2);
      at += aCol;
      to += MatMulPack.HEIGHT;
    }
  }
}
