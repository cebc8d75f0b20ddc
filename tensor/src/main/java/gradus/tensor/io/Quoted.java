package gradus.tensor.io;

/** What a file holds, as messages show it: a damaged file may have a name of megabytes. */
public final class Quoted {

  private static final int LONGEST = 80;

  private Quoted() {}

  /** The text, cut short if it is long. */
  public static String of(Object text) {
    String whole = String.valueOf(text);
    return whole.length() <= LONGEST
        ? whole
        : "%s… (%,d characters)".formatted(whole.substring(0, LONGEST), whole.length());
  }
}
