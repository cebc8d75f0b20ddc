package gradus.text.tokenizer;

/**
 * A token that is found in the text before anything else happens to it, such as {@code [MASK]}.
 *
 * @param id its number
 * @param content how it is written
 * @param singleWord only where it does not touch another word
 * @param lstrip takes the white space on its left along
 * @param rstrip takes the white space on its right along
 * @param normalized is looked for in the normalised text, else in the text as it is
 * @param special is left out by {@code decode(ids, true)}
 */
public record AddedToken(
    int id,
    String content,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  /** A special token, found as it is written. */
  static AddedToken special(int id, String content) {
    return new AddedToken(id, content, false, false, false, false, true);
  }
}
