/**
 * What the trainers of word vectors share; not exported.
 *
 * <p>A corpus comes in pieces ({@link gradus.text.training.TextBlocks}: {@code FileBlocks}, {@code
 * SentenceBlocks}) that several threads ({@link gradus.text.training.Crew}) take apart. {@link
 * gradus.text.training.WordCounts} counts the words, {@link gradus.text.training.EncodedCorpus}
 * keeps the text as their ids, in memory or in a {@link gradus.text.training.SpillFile}, cut into
 * jobs that may be trained in any order.
 */
package gradus.text.training;
