/**
 * What the functions of {@code gradus.nn.F} and the layers are made of, and their users never see.
 *
 * <p>Begin with {@link gradus.nn.functional.Checks}: what is asked of arguments before anything is
 * computed, and the texts of what is refused. {@link gradus.nn.functional.Bags} computes embedding
 * bags, {@link gradus.nn.functional.CrossEntropyOfTwo} is the op behind binary cross-entropy.
 *
 * <p>F itself and the families it extends stay in {@code gradus.nn}: a method that is inherited
 * from a class of a hidden package has no page in the API, and they share types with the layers.
 * This package imports only tensors and autograd.
 */
package gradus.nn.functional;
