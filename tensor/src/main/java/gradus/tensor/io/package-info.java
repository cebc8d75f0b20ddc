/**
 * Files of tensors: what other programs have written is read here, and written so that they can
 * read it.
 *
 * <p>{@link gradus.tensor.io.TensorFiles} tells the kinds of files apart by their content; {@link
 * gradus.tensor.io.Safetensors}, {@link gradus.tensor.io.Npy}, {@link gradus.tensor.io.Npz} and
 * {@link gradus.tensor.io.TorchFile} read and write one kind each, {@link
 * gradus.tensor.io.TensorFormat} is the door for further ones. How a number is stored says {@link
 * gradus.tensor.io.StoredDType}.
 *
 * <p>A damaged or lying file ends in one {@link gradus.tensor.io.FormatException}, which names the
 * file, the place in it and the cause; a file that cannot be opened or read at all, in an {@link
 * java.io.UncheckedIOException}. Nothing is left half-loaded, and nothing is allocated on the word
 * of a header alone.
 */
package gradus.tensor.io;
