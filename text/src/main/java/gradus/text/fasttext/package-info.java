/**
 * fastText's models: vectors for any word, also those no text had, and the labels of texts.
 *
 * <p>Begin with {@link gradus.text.fasttext.FastText}. The file stands in {@code FastTextReader} as
 * fastText lays it down: {@code FastTextArgs}, {@code FastTextDictionary}, two matrices ({@code
 * FastTextMatrix}, rounded to bytes {@code QuantMatrix} with its {@code ProductQuantizer}). A
 * word's n-grams come from {@code Subwords}, its vector from {@code RowMean}, a text's labels from
 * {@code FastTextLabels} and the {@code HuffmanTree} of a hierarchical softmax.
 *
 * <p>It imports {@code gradus.text.io} and {@code gradus.text.vectors}, which in turn asks its
 * reader: the one circle of the module.
 */
package gradus.text.fasttext;
