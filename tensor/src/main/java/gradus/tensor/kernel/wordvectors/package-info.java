/**
 * The inner loops of training word vectors.
 *
 * <p>Begin with {@link gradus.tensor.kernel.wordvectors.LogisticStep}, the step of word2vec and
 * fastText: some input rows against some output rows. {@link
 * gradus.tensor.kernel.wordvectors.RowSums} makes one input of a bag of rows and moves them. {@link
 * gradus.tensor.kernel.wordvectors.GloveStep} is GloVe's step: a word and a context towards the
 * logarithm of their count.
 *
 * <p>Imports only the ground floor and the functions of {@code kernel.math}.
 */
package gradus.tensor.kernel.wordvectors;
