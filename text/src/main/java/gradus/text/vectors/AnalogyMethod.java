package gradus.text.vectors;

/**
 * The two usual ways to complete "a is to b as c is to ...".
 *
 * <p>Source: Levy and Goldberg, "Linguistic Regularities in Sparse and Explicit Word
 * Representations" (2014), section 3.
 */
public enum AnalogyMethod {
  /**
   * 3CosAdd: the word w with the highest cosine to {@code b - a + c}, all of length one. One large
   * term can outweigh the other two.
   */
  COS_ADD,
  /**
   * 3CosMul: the word w with the highest {@code cos(w, b) * cos(w, c) / cos(w, a)}, cosines moved
   * to 0..1 first. Each of the three terms must agree.
   */
  COS_MUL
}
