/**
 * Tensors: n-dimensional arrays that remember how they were made.
 *
 * <p>Where to look: {@link gradus.tensor.Tensor} is the table of contents. "What is a stride" is
 * answered by {@code Views}, "how does broadcasting work" by {@link gradus.tensor.Shape#broadcast},
 * "which dtype comes out" by {@code Promotion}, "what can a tensor be made by" by {@link
 * gradus.tensor.Op}, "why this error" by {@code Errors}. The fast loops are in {@code
 * gradus.tensor.kernel}; the derivatives are in {@code gradus.autograd}.
 */
package gradus.tensor;
