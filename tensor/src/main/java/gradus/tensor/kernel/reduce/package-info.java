/**
 * Many numbers made one, and running totals.
 *
 * <p>Begin with {@link gradus.tensor.kernel.reduce.Reduce}; {@code ReducePlan} decides how a layout
 * is walked, {@code Accumulator} is the loop of one kind of sum or extreme, made from a template.
 * {@link gradus.tensor.kernel.reduce.Scan} gives running totals, {@code ArgPlan} the place of an
 * extreme, {@link gradus.tensor.kernel.reduce.PowerSums} what variances and norms are made of.
 *
 * <p>Imports the ground floor and {@code pointwise}.
 */
package gradus.tensor.kernel.reduce;
