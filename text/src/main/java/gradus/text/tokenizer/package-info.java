/**
 * Tokenizers: from text to the numbers a model was trained with, and back.
 *
 * <p>{@link gradus.text.tokenizer.Tokenizer} is the door, {@link gradus.text.tokenizer.Encoding}
 * what comes out. Behind it stands one file for each part of Hugging Face's pipeline: added tokens
 * are found, the text is normalised, cut into words, each word into tokens, and special tokens are
 * put around.
 */
package gradus.text.tokenizer;
