package gradus.tensor;

/** Where the arrays of results come from. */
public final class Memory {
  private Memory() {}

  /**
   * An array of at least {@code n} floats for a result that writes every one of its {@code n}
   * elements: what stands in it before is undefined.
   */
  static float[] floats(int n) {
    return new float[n];
  }

  /** An array of at least {@code n} floats, the first {@code n} zero. */
  static float[] zeros(int n) {
    return new float[n];
  }
}
