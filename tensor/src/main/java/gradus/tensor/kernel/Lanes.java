package gradus.tensor.kernel;

/**
 * How many floats one vector holds on this machine; 0 means that every kernel runs its scalar loop.
 */
public final class Lanes {

  /**
   * Floats per vector: 4, 8 or 16, or 0 for scalar loops. Chosen by {@code
   * -Dgradus.lanes=0|4|8|16}; without it the widest the processor likes. Always 0 when the module
   * {@code jdk.incubator.vector} is not there, which is said once through {@link System.Logger}.
   */
  public static final int COUNT = count();

  /**
   * Elements that one set of accumulators takes in, 64 for each lane: longer float sums would lose
   * digits.
   */
  public static final int PIECE = 256 * Math.max(4, COUNT);

  private Lanes() {}

  private static int count() {
    String wanted = System.getProperty("gradus.lanes", "");
    if (wanted.equals("0")) {
      return 0;
    }
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      System.getLogger("gradus")
          .log(
              System.Logger.Level.WARNING,
              "Gradus runs without vector instructions, many times slower than it could: the module"
                  + " jdk.incubator.vector is missing. Start java with"
                  + " --add-modules jdk.incubator.vector, or put Gradus on the module path.");
      return 0;
    }
    return switch (wanted) {
      case "" -> Preferred.width();
      case "4", "8", "16" -> Integer.parseInt(wanted);
      default ->
          throw new IllegalArgumentException(
              ("gradus.lanes: %s is not a vector width. Valid are 0 (scalar), 4, 8 and 16 "
                      + "floats.")
                  .formatted(wanted));
    };
  }

  /**
   * A class of its own, so that nothing of the vector module is touched before we know it is there.
   */
  private static final class Preferred {
    static int width() {
      // Narrower than 4 (a machine with 64-bit vectors) is not worth it; wider than 16 is not used.
      int width = jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.length();
      return width < 4 ? 0 : Math.min(width, 16);
    }
  }
}
