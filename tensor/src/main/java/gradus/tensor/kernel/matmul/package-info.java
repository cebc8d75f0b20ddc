/**
 * Matrix products.
 *
 * <p>Begin with {@link gradus.tensor.kernel.matmul.MatMul}; {@code MatMulPlan} decides by shape how
 * a product runs: {@code MatMulPanels} packs B and works in tiles ({@code MatMulTile4} and its
 * neighbours), {@code MatMulDot} and {@code MatMulRow} serve the narrow ones, {@code MatMulLong}
 * sums very long rows. {@code PlainMatMul} works until vectors are compiled, {@code
 * ReferenceMatMul} where there are none.
 *
 * <p>Imports the ground floor, {@code math}, {@code op} and {@code pointwise}.
 */
package gradus.tensor.kernel.matmul;
