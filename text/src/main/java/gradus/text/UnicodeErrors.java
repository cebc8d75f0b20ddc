package gradus.text;

/**
 * What becomes of a word whose bytes are not UTF-8 (gensim's {@code unicode_errors}).
 *
 * <p>The word2vec program cuts long words at a byte, perhaps in the middle of a letter; such files
 * are common.
 */
public enum UnicodeErrors {
  /** The file is refused, with the place of the word. What {@code load(path)} does. */
  STRICT,
  /** Bytes that make no letter become U+FFFD (�). */
  REPLACE,
  /** Bytes that make no letter are left out. */
  IGNORE
}
