package gradus.text.io;

/** Refuses null where a text or word must stand. */
public final class Given {

  private Given() {}

  /**
   * The value.
   *
   * @param op the method that was called, for the error
   * @param what what it is, such as {@code the text}
   * @throws IllegalArgumentException if it is null
   */
  public static <T> T notNull(String op, String what, T value) {
    if (value == null) {
      throw new IllegalArgumentException("%s: %s is null. Give one.".formatted(op, what));
    }
    return value;
  }
}
