/**
 * Step through backprop of one's own program, formulas beside their numbers.
 *
 * <p>A tour: {@link gradus.studio.Recording} is what happened, forward and backward, kept for
 * looking at; {@link gradus.studio.Value} one tensor of it, {@link gradus.studio.Terms} what an
 * element is the sum of. A recorded function runs again with an {@link gradus.studio.Edit}; a
 * {@link gradus.studio.Comparison} tells what has changed, a {@link gradus.studio.Nudge} whether a
 * gradient is right. {@link gradus.studio.Studio} shows all of it in the browser.
 */
package gradus.studio;
