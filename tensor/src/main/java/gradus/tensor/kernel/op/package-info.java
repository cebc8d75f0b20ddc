/**
 * What happens to one element.
 *
 * <p>Begin with {@link gradus.tensor.kernel.op.Unary}, {@link gradus.tensor.kernel.op.Binary} and
 * {@link gradus.tensor.kernel.op.Ternary}, and their neighbours with a vector form, such as {@link
 * gradus.tensor.kernel.op.VectorUnary}; {@link gradus.tensor.kernel.op.UnaryOps} and its like
 * gather all ops by family. A new op is one constant here: the loop around it is made by {@code
 * pointwise}, and the tests find it by themselves.
 *
 * <p>Imports the ground floor and {@code math}.
 */
package gradus.tensor.kernel.op;
