/**
 * Word vectors trained from plain text, by word2vec's rule.
 *
 * <p>Begin with {@link gradus.text.word2vec.Word2Vec}: {@link gradus.text.word2vec.Word2VecOptions}
 * bear gensim's names, and {@code train} makes a table of words ({@link
 * gradus.text.vectors.WordVectors}) of a corpus ({@link gradus.text.corpus.Corpus}). The tables
 * that are trained are a {@code WordNetwork}; how a window moves them says {@code WindowLearner};
 * the file of a whole model is {@code Word2VecFile}.
 *
 * <p>It imports {@code gradus.text.corpus}, {@code gradus.text.training}, {@code
 * gradus.text.vectors} and {@code gradus.text.io}; the inner loop is {@code
 * gradus.tensor.kernel.wordvectors}.
 */
package gradus.text.word2vec;
