package gradus.conformance;

/**
 * A sample asks for something that does not exist here: another dtype, an op, an argument. It is
 * counted, not failed.
 */
final class Unsupported extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unsupported(String message) {
    super(message, null, false, false);
  }
}
