/**
 * Functions of one number in {@code double}, in {@code float} and on vectors.
 *
 * <p>Begin with {@link gradus.tensor.kernel.math.Elementary} and {@link
 * gradus.tensor.kernel.math.VectorMath}. {@link gradus.tensor.kernel.math.Erf}, {@link
 * gradus.tensor.kernel.math.Gamma}, {@link gradus.tensor.kernel.math.Bessel} and {@link
 * gradus.tensor.kernel.math.Zeta} are special functions in {@code double}; {@code
 * PiecewisePolynomial} is what vectors of 16 floats look activations up in. A Vector class and the
 * Plain one of the same name give the same bits, step by step.
 *
 * <p>Imports only the ground floor.
 */
package gradus.tensor.kernel.math;
