/**
 * Scaled dot-product attention, without ever holding all scores.
 *
 * <p>Begin with {@link gradus.tensor.kernel.attention.Attention}: forward and backward a block of
 * queries at a time; {@code ScoreRows} turns scores into weights.
 *
 * <p>Imports the ground floor, {@code math}, {@code matmul} and {@code reduce}.
 */
package gradus.tensor.kernel.attention;
