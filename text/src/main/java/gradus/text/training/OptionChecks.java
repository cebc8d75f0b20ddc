package gradus.text.training;

/** Refuses values that an option of a trainer cannot have. */
public final class OptionChecks {

  private OptionChecks() {}

  /**
   * The value, if it is large enough.
   *
   * @param op the trainer, for the error
   */
  public static int atLeast(String op, int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s: %s is %d. It must be at least %d.".formatted(op, name, value, least));
    }
    return value;
  }

  /** The value, if it is a number of at least 0. */
  public static double atLeastZero(String op, String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%s: %s is %s. It must be a number of at least 0.".formatted(op, name, value));
    }
    return value;
  }
}
