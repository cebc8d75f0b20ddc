package gradus.tensor;

/**
 * What an ordering op found, and where: {@code max(dim)}, {@code sort}, {@code topk}.
 *
 * @param values the elements; gradients flow through them
 * @param indices INT64, of the same shape: the place of each along the dimension
 */
public record ValuesIndices(Tensor values, Tensor indices) {}
