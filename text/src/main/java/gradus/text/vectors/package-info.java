/**
 * Tables of words and their vectors: load them, ask them, examine them, save them.
 *
 * <p>Begin with {@link gradus.text.vectors.WordVectors}: {@code load} reads the files people have,
 * of word2vec, GloVe and fastText, and the questions stand there in gensim's words: how similar,
 * what is nearest, which word is to c as b is to a, which does not belong. {@link
 * gradus.text.vectors.Vocabulary} knows the words' rows. {@link gradus.text.vectors.AnalogyReport}
 * and {@link gradus.text.vectors.PairReport} say how good a table is, measured on the usual test
 * sets ({@code QuestionFile}). How a file is told from another shows {@code WordVectorFiles};
 * {@code TextVectors} and {@code BinaryVectors} read, {@code WordVectorWriter} writes.
 *
 * <p>It imports {@code gradus.text.io}, and the reader of {@code gradus.text.fasttext}, which in
 * turn makes tables of this package: the one circle of the module.
 */
package gradus.text.vectors;
