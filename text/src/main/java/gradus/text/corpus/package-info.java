/**
 * What word vectors are trained on, and how one hears of the training.
 *
 * <p>A {@link gradus.text.corpus.Corpus} is a text of any size, from files or from a program;
 * {@link gradus.text.corpus.TrainingProgress} hears how far a trainer has come with it. The
 * trainers are {@link gradus.text.word2vec.Word2Vec}, {@link gradus.text.fasttext.FastText} and
 * {@link gradus.text.glove.Glove}.
 *
 * <p>{@link gradus.text.corpus.Phrases} finds words that belong together, and makes one of them
 * while the corpus is read.
 */
package gradus.text.corpus;
