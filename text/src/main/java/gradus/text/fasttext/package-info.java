/**
 * fastText's models: vectors for any word, also those no text had, and the labels of texts.
 *
 * <p>Begin with {@link gradus.text.fasttext.FastText}. The file stands in {@code FastTextReader} as
 * fastText lays it down: {@code FastTextArgs}, {@code FastTextDictionary}, two matrices ({@code
 * FastTextMatrix}, rounded to bytes {@code QuantMatrix} with its {@code ProductQuantizer}). A
 * word's n-grams come from {@code Subwords}, its vector from {@code RowMean}, a text's labels from
 * {@code FastTextLabels} and the {@code HuffmanTree} of a hierarchical softmax.
 *
 * <p>Training: {@code FastTextTrainer} counts, makes the tables ({@code FastTextTables}) and goes
 * through the corpus; {@code SubwordLearner} moves them along a sentence, {@code LabelLearner}
 * along a line that {@code LabelledLines} laid down, by one of the losses of {@code FastTextLoss}.
 * A training under way is a {@code FastTextCheckpoint}.
 *
 * <p>It imports {@code gradus.text.corpus}, {@code gradus.text.training}, {@code gradus.text.io}
 * and {@code gradus.text.vectors}, which in turn asks its reader: the one circle of the module.
 */
package gradus.text.fasttext;
