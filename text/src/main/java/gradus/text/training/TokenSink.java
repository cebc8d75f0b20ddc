package gradus.text.training;

/** Takes the words of a text one after the other. */
public interface TokenSink {

  /**
   * A word.
   *
   * @param bytes where it stands, valid only during the call
   * @param from its first byte
   * @param to the end of it
   * @param hash its {@link WordTable#hash}
   */
  void word(byte[] bytes, int from, int to, int hash);

  /** A line or sentence has come to its end. */
  void endOfLine();
}
