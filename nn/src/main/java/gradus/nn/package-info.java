/**
 * Layers, functions and losses: everything of {@code torch.nn} a model is made of.
 *
 * <p>Start with {@link gradus.nn.Embedding} and {@link gradus.nn.Linear}; {@link gradus.nn.Layer}
 * tells how to write your own. {@link gradus.nn.Attention} shows attention in one screen, {@link
 * gradus.nn.MultiheadAttention} and {@link gradus.nn.TransformerEncoder} are what models use, and
 * {@link gradus.nn.BertModel} is a whole one, to be read from top to bottom. {@link gradus.nn.F}
 * holds the functions behind the layers, {@link gradus.nn.Init} the ways to start, {@link
 * gradus.nn.optim} what trains them.
 */
package gradus.nn;
