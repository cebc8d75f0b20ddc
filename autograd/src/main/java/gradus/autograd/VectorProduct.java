package gradus.autograd;

/**
 * What {@link Functional#vjp}, {@code jvp}, {@code vhp} and {@code hvp} return: PyTorch's pair.
 *
 * @param output what the function returned
 * @param product the product of its derivative and the vector
 * @param <O> a tensor, or the list of the tensors a function of several returned
 * @param <P> a tensor, or one tensor for each of several
 */
public record VectorProduct<O, P>(O output, P product) {}
