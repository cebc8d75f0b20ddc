package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector species behind {@link Lanes#COUNT}. A class of its own, because touching it without
 * the module {@code jdk.incubator.vector} fails: ask {@code Lanes.COUNT > 0} first.
 */
public final class FloatLanes {

  /** The species of all kernels: {@link Lanes#COUNT} floats. */
  public static final VectorSpecies<Float> SPECIES =
      switch (Lanes.COUNT) {
        case 4 -> FloatVector.SPECIES_128;
        case 8 -> FloatVector.SPECIES_256;
        case 16 -> FloatVector.SPECIES_512;
        default -> throw new IllegalStateException("gradus.lanes: there are no vectors here.");
      };

  /**
   * The species of the loop of an op. Where memory sets the pace, vectors of 16 are slower than
   * those of 8 (8 % of the time of an addition of a million elements): an array begins anywhere in
   * a cache line, so each of them lies across two lines.
   */
  static VectorSpecies<Float> of(Object op) {
    return Lanes.COUNT == 16 && WarmingLoop.OPS.contains(op) ? FloatVector.SPECIES_256 : SPECIES;
  }

  private FloatLanes() {}
}
