/**
 * Tensors: n-dimensional arrays that remember how they were made.
 *
 * <p>Begin with {@link gradus.tensor.Tensor}, the table of contents: its methods stand by family in
 * interfaces such as {@link gradus.tensor.Arithmetic} and {@link gradus.tensor.Shaping}, one file
 * each. "What is a stride" is answered with numbers by {@link gradus.tensor.Shape} (and computed by
 * {@code Views}), "how does broadcasting work" by {@link gradus.tensor.Shape#broadcast}, "which
 * dtype comes out" by {@code Promotion}, "what can a tensor be made by" by {@link
 * gradus.tensor.Op}, "who owns this memory" by {@link gradus.tensor.Memory}, "why this error" by
 * {@code Errors}.
 *
 * <p>Engines bear PyTorch's word for what they run: {@code SoftmaxOps}, {@code MatMulOps}, {@code
 * ReduceOps}. They live on the private parts of tensors, so they stay in this package; the loops
 * they call are next door, in {@code gradus.tensor.kernel} and its floors. The derivatives are in
 * {@code gradus.autograd}, which this package does not know.
 */
package gradus.tensor;
