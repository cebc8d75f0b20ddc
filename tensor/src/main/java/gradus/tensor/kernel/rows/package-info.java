/**
 * Softmax, cross-entropy and layer normalisation: each row is one unit.
 *
 * <p>Begin with {@link gradus.tensor.kernel.rows.SoftmaxRows}; {@link
 * gradus.tensor.kernel.rows.CrossEntropyRows} and {@link gradus.tensor.kernel.rows.LayerNorm} are
 * built alike. {@code ExpLoop} is the loop over exponentials that most of it is made of.
 *
 * <p>Imports the ground floor, {@code math} and {@code reduce}.
 */
package gradus.tensor.kernel.rows;
