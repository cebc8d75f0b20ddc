/**
 * Word vectors trained by GloVe: from counts of which words stand near each other.
 *
 * <p>Begin with {@link gradus.text.glove.Glove}. It counts pairs ({@code Cooccurrences}: the
 * frequent ones in a table, {@code DenseCounts}, the others in sorted {@code PairRuns}), puts them
 * into tiles of some hundred words by some hundred contexts ({@code Blocks}, {@code TileWriter},
 * {@code PairTiles}), and goes through these by several threads ({@code TileQueue}, {@code
 * GloveTraining}).
 */
package gradus.text.glove;
