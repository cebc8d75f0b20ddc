/**
 * Data in mini-batches. PyTorch: {@code torch.utils.data}.
 *
 * <p>Begin with {@link gradus.nn.data.TensorDataset} and {@link gradus.nn.data.DataLoader}. {@link
 * gradus.nn.data.Dataset} is anything with a size and elements by number; {@link
 * gradus.nn.data.Sampler} says in which order they come, {@link gradus.nn.data.Subset} names a
 * part, {@link gradus.nn.data.Collate} makes one batch of several elements.
 *
 * <p>After {@code Tensor.manualSeed}, a shuffled loader gives PyTorch's order. Imports only
 * tensors.
 */
package gradus.nn.data;
