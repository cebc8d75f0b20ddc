package gradus.nn;

import gradus.tensor.Tensor;
import java.util.List;

/**
 * What a {@link TransformerEncoder} makes of its input, and how, layer by layer.
 *
 * @param output the result of the last layer, normalised if the encoder does so [N, L, dModel]
 * @param hiddenStates on request: the input, and the result of each layer, the last one being
 *     {@code output}
 * @param attentions on request: each layer's attention weights [N, heads, L, L]
 */
public record Encoded(Tensor output, List<Tensor> hiddenStates, List<Tensor> attentions) {}
