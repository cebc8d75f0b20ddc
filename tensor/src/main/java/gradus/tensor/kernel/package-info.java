/**
 * Loops over {@code float[]}: arrays in, arrays out. This is the only package that touches {@code
 * jdk.incubator.vector}.
 *
 * <p>A tour: {@link gradus.tensor.kernel.Lanes} says how wide a vector is (0 means plain scalar
 * loops), {@link gradus.tensor.kernel.Parallel} spreads rows over threads. {@link
 * gradus.tensor.kernel.Unary}, {@link gradus.tensor.kernel.Binary} and {@link
 * gradus.tensor.kernel.Ternary} are what happens to one element; {@link
 * gradus.tensor.kernel.UnaryOps} and its neighbours list them, and {@link
 * gradus.tensor.kernel.Pointwise} runs them over strided arrays. {@link
 * gradus.tensor.kernel.Reduce}, {@link gradus.tensor.kernel.Rows} and {@link
 * gradus.tensor.kernel.MatMul} do what mixes elements, {@link gradus.tensor.kernel.Order} what puts
 * them in order. A class whose name begins with Vector holds the vector form of the one without.
 *
 * <p>Conventions: strides and offsets count elements, not bytes. Arguments are trusted: shapes are
 * checked by the tensor above, and an index outside an array is an ordinary {@link
 * IndexOutOfBoundsException}. Every result is bit-identical for any number of threads: work is
 * split at places that depend on the shape alone.
 */
package gradus.tensor.kernel;
