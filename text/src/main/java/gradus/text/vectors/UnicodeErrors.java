package gradus.text.vectors;

import java.nio.charset.CodingErrorAction;

/**
 * What becomes of a word whose bytes are not UTF-8 (gensim's {@code unicode_errors}).
 *
 * <p>The word2vec program cuts long words at a byte, perhaps in the middle of a letter; such files
 * are common.
 */
public enum UnicodeErrors {
  /** The file is refused, with the place of the word. What {@code load(path)} does. */
  STRICT(CodingErrorAction.REPORT),
  /** Bytes that make no letter become U+FFFD (�). */
  REPLACE(CodingErrorAction.REPLACE),
  /** Bytes that make no letter are left out. */
  IGNORE(CodingErrorAction.IGNORE);

  private final CodingErrorAction action;

  UnicodeErrors(CodingErrorAction action) {
    this.action = action;
  }

  CodingErrorAction action() {
    return action;
  }
}
