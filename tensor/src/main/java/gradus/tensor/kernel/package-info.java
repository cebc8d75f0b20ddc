/**
 * The ground floor of the kernels: what all of them stand on.
 *
 * <p>Kernels are loops over {@code float[]}: arrays in, arrays out. These packages are the only
 * ones that touch {@code jdk.incubator.vector}. Begin with {@link gradus.tensor.kernel.Lanes},
 * which says how wide a vector is (0 means plain scalar loops), and {@link
 * gradus.tensor.kernel.Parallel}, which spreads rows over threads; {@code WarmUp} does the work
 * until vectors are compiled, and {@code Templates} gives each op a loop of its own.
 *
 * <p>The floors above, each of which imports only from those before it: {@code math} (functions),
 * {@code op} (what happens to one element), {@code pointwise} (to all of a tensor), {@code matmul},
 * {@code reduce}, {@code table} (rows by their numbers), {@code rows} (softmax and its like),
 * {@code attention}, {@code recurrent}, {@code conv} (windows over images), {@code order} and
 * {@code optimizer}. This one imports from none.
 *
 * <p>Conventions: strides and offsets count elements, not bytes. Arguments are trusted: shapes are
 * checked by the tensor above, and an index outside an array is an ordinary {@link
 * IndexOutOfBoundsException}. Every result is bit-identical for any number of threads: work is
 * split at places that depend on the shape alone. A name that begins with Vector is the vector form
 * of the one without, Plain gives the same bits without vectors, Reference computes in {@code
 * double}.
 */
package gradus.tensor.kernel;
