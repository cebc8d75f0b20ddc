package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector species behind {@link Lanes#COUNT}. A class of its own, because touching it without
 * the module {@code jdk.incubator.vector} fails: ask {@code Lanes.COUNT > 0} first.
 */
public final class FloatLanes {

  /**
   * The species of all kernels: {@link Lanes#COUNT} floats. There is no other: once the Vector
   * API's methods have met vectors of two classes, the compiler guesses in every kernel which one
   * it is.
   */
  public static final VectorSpecies<Float> SPECIES =
      switch (Lanes.COUNT) {
        case 4 -> FloatVector.SPECIES_128;
        case 8 -> FloatVector.SPECIES_256;
        case 16 -> FloatVector.SPECIES_512;
        default -> throw new IllegalStateException("gradus.lanes: there are no vectors here.");
      };

  private FloatLanes() {}
}
