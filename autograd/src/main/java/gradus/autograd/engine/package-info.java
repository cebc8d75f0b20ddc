/**
 * What the tensor module finds when it asks for a backward pass.
 *
 * <p>One class, in a package of its own because the service loader wants a public one: {@link
 * gradus.autograd.engine.Engine} hands the call on to {@link gradus.autograd.Backprop}.
 */
package gradus.autograd.engine;
