/**
 * Vectors of words and sentences in context, from a real transformer.
 *
 * <p>Begin with {@link gradus.text.encoder.SentenceEncoder}, which makes vectors of texts with a
 * {@link gradus.text.encoder.PretrainedModel} or one of your own ({@link
 * gradus.text.encoder.Pooling}), and shows each word's vector layer by layer ({@link
 * gradus.text.encoder.TokenVectors}). {@link gradus.text.encoder.FillMask} guesses words; {@link
 * gradus.text.encoder.PretrainedTable} has a model's own table of words. What a model's folder or
 * jar holds finds {@code ModelFiles}; {@code SentenceEncoderFiles} puts an encoder together, {@code
 * SentenceEncoderFolder} writes one, {@code SentenceEncoderSettings} are the small files between.
 *
 * <p>It imports the packages for files ({@code gradus.text.io}, {@code gradus.text.onnx}, {@code
 * gradus.text.savedmodel}), {@code gradus.text.tokenizer} and {@code gradus.text.vectors}.
 */
package gradus.text.encoder;
