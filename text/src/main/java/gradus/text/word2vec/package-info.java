/**
 * Word vectors trained from plain sentences, by word2vec's rule.
 *
 * <p>Begin with {@link gradus.text.word2vec.Word2Vec}: its settings bear gensim's names, and {@code
 * train} gives a table of words ({@link gradus.text.vectors.WordVectors}). The network of two
 * tables and the loop over the sentences stand in {@code NegativeSampling}; {@link
 * gradus.text.word2vec.TrainingProgress} hears how far it is.
 *
 * <p>It imports {@code gradus.text.vectors} and {@code gradus.text.io}.
 */
package gradus.text.word2vec;
