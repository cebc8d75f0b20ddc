/**
 * Random numbers as PyTorch draws them on a CPU.
 *
 * <p>{@link gradus.tensor.kernel.random.MersenneTwister} gives bits, {@link
 * gradus.tensor.kernel.random.NormalPairs} makes uniform numbers normal, bit by bit as PyTorch
 * does.
 *
 * <p>Imports only the ground floor.
 */
package gradus.tensor.kernel.random;
