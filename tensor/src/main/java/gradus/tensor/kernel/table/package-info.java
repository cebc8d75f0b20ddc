/**
 * Rows of a table by their numbers: looked up, added to, searched.
 *
 * <p>Begin with {@link gradus.tensor.kernel.table.RowCopies}, an embedding's lookup, and {@link
 * gradus.tensor.kernel.table.ScatterAdd}, its gradient. {@link
 * gradus.tensor.kernel.table.NearestRows} finds the rows most like a query.
 *
 * <p>Imports the ground floor, {@code math} and {@code matmul}.
 */
package gradus.tensor.kernel.table;
