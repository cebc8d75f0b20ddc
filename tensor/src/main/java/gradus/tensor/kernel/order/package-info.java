/**
 * Sorting, and the greatest few of a row.
 *
 * <p>Begin with {@link gradus.tensor.kernel.order.Sort}; {@code SortKeys} makes numbers comparable
 * as integers, NaN last, {@code RowSort} sorts or selects one row.
 *
 * <p>Imports only the ground floor.
 */
package gradus.tensor.kernel.order;
