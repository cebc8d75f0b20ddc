/**
 * Files of tensors: what other programs have written is read here, and written so that they can
 * read it.
 *
 * <p>A damaged or lying file ends in one {@link gradus.tensor.io.FormatException}, which names the
 * file, the place in it and the cause; a file that cannot be opened or read at all, in an {@link
 * java.io.UncheckedIOException}. Nothing is left half-loaded, and nothing is allocated on the word
 * of a header alone.
 */
package gradus.tensor.io;
