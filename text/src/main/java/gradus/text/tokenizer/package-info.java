/**
 * Tokenizers: from text to the numbers a model was trained with, and back.
 *
 * <p>{@link gradus.text.tokenizer.Tokenizer} is the door, {@link gradus.text.tokenizer.Encoding}
 * what comes out. Behind it stands one file for each part of Hugging Face's pipeline: added tokens
 * are found ({@code AddedTokens}), the text is normalised ({@code Normalizers}), cut into words
 * ({@code PreTokenizers}), each word into tokens ({@code WordPiece}, {@code Bpe}, {@code Unigram},
 * {@code WordLevel}), and special tokens are put around ({@code TemplateProcessing}). {@code
 * TokenizerJson} and the readers it calls build all of that from {@code tokenizer.json}, {@code
 * VocabTxt} from a list of words.
 *
 * <p>It stays in one package, as split up most of its classes would become public. It imports
 * {@code gradus.text.io}.
 */
package gradus.text.tokenizer;
