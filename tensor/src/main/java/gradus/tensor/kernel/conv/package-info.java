/**
 * Windows that slide over an image: their sums, their maxima, and convolution.
 *
 * <p>Begin with {@link gradus.tensor.kernel.conv.WindowSums}, of which every average pooling and
 * its gradient is made; {@code WindowMax} finds the largest of each window. {@code Convolution} is
 * what a kernel meets, and the two ways back from it, for sizes that {@code Geometry} holds: {@code
 * Columns} packs a block of an image as a matrix. {@code ReferenceConvolution} is the same as plain
 * loops.
 *
 * <p>Imports the ground floor and {@code matmul}.
 */
package gradus.tensor.kernel.conv;
