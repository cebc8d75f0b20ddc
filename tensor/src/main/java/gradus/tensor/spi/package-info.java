/**
 * What the tensor module shares with autograd and nn, and with nobody else.
 *
 * <p>{@link gradus.tensor.spi.Internals} opens a tensor's private parts to them, {@link
 * gradus.tensor.spi.BackwardEngine} is the one hook upward, found by the service loader, and {@link
 * gradus.tensor.spi.WalkMemory} the memory of a backward walk. {@link gradus.tensor.spi.Given}
 * refuses null and {@link gradus.tensor.spi.OpName} tells which op the caller called, for errors in
 * its name.
 *
 * <p>It speaks of tensors, and tensors implement it: the two packages know each other.
 */
package gradus.tensor.spi;
