/**
 * Step through backprop of one's own program, formulas beside their numbers.
 *
 * <p>A tour: {@link gradus.studio.Recording} is what happened, forward and backward, kept for
 * looking at; {@link gradus.studio.Value} one tensor of it, {@link gradus.studio.Terms} what an
 * element is the sum of.
 */
package gradus.studio;
