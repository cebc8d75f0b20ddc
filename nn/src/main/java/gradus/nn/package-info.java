/**
 * Layers, functions and losses: everything of {@code torch.nn} a model is made of.
 *
 * <p>Start with {@link gradus.nn.Embedding} and {@link gradus.nn.Linear}; {@link gradus.nn.Layer}
 * tells how to write your own. {@link gradus.nn.Attention} shows attention in one screen, {@link
 * gradus.nn.MultiheadAttention} and {@link gradus.nn.TransformerEncoder} are what models use; a
 * whole one, to be read from top to bottom, is {@code gradus.nn.bert.BertModel}. {@link
 * gradus.nn.F} holds the functions behind the layers, by family ({@code RegressionLosses}, {@code
 * ActivationFunctions}, …), {@link gradus.nn.Init} the ways to start, {@code gradus.nn.optim} what
 * trains them; {@link gradus.nn.StateDict} loads and saves what was learned.
 *
 * <p>Layers stand together, as in PyTorch: one import brings them all. Imports tensors, autograd
 * and {@code gradus.nn.functional}; models and optimizers import this.
 */
package gradus.nn;
