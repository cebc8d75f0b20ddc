/**
 * Windows that slide over an image: their sums, their maxima, and convolution.
 *
 * <p>Begin with {@link gradus.tensor.kernel.conv.WindowSums}, of which every average pooling and
 * its gradient is made; {@code WindowMax} finds the largest of each window.
 *
 * <p>Imports the ground floor and {@code matmul}.
 */
package gradus.tensor.kernel.conv;
