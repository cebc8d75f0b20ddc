/**
 * Flat maps of many-dimensional points.
 *
 * <p>Begin with {@link gradus.text.projection.Pca}: straight axes, so that directions stay
 * directions, and the share of the spread that they keep. {@link gradus.text.projection.Tsne} bends
 * the space: neighbours stay neighbours, while distances between groups mean little. What a
 * neighbour is stands in {@code Affinities}, how far points are pushed apart in {@code QuadTree}.
 *
 * <p>It imports {@code gradus.text.io}.
 */
package gradus.text.projection;
