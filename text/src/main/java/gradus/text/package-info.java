/**
 * Word vectors: load them, train them, ask them, examine them; and vectors of words and sentences
 * in context, from a real transformer.
 *
 * <p>A tour:
 *
 * <ol>
 *   <li>{@link gradus.text.PretrainedTable} finds the embedding table of a real model and hands it
 *       over as words and a tensor.
 *   <li>{@link gradus.text.vectors.WordVectors#load(java.nio.file.Path)} reads the files people
 *       have, of word2vec, GloVe and fastText; {@link gradus.text.fasttext.FastText} has vectors
 *       for unseen words too.
 *   <li>{@link gradus.text.vectors.WordVectors} answers questions about it, in gensim's words: how
 *       similar, what is nearest, which word is to c as b is to a, which does not belong.
 *   <li>{@link gradus.text.Word2Vec} trains such a table from plain sentences.
 *   <li>{@link gradus.text.SentenceEncoder} makes vectors of texts with a {@link
 *       gradus.text.PretrainedModel} or one of your own, and shows each word's vector layer by
 *       layer ({@link gradus.text.TokenVectors}); {@link gradus.text.FillMask} guesses words. What
 *       cuts the texts is in {@link gradus.text.tokenizer}.
 *   <li>With this module, {@link gradus.nn.StateDict#load(java.nio.file.Path)} also reads the
 *       weights of ONNX models and the variables of TensorFlow's SavedModel.
 *   <li>{@link gradus.text.vectors.AnalogyReport} and {@link gradus.text.vectors.PairReport} say
 *       how good a table is, measured on the usual test sets.
 * </ol>
 *
 * <p>One import brings in this module, the layers and the tensors: {@code import module
 * gradus.text;}
 */
package gradus.text;
