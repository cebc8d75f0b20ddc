package gradus.text.training;

/**
 * A text from its beginning to its end, in pieces that hold whole lines and do not depend on how
 * many threads take them.
 */
public interface TextBlocks extends AutoCloseable {

  /** A piece of the text, for the thread that took it. */
  @FunctionalInterface
  interface Block {
    /** Tells all words of it. */
    void tell(TokenSink sink);
  }

  /** The next piece, or null at the end. One thread at a time may ask. */
  Block next();

  @Override
  void close();
}
