package gradus.nn.bert;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link BertModel} makes of a batch of texts. Hugging Face: {@code
 * BaseModelOutputWithPoolingAndCrossAttentions}.
 *
 * @param lastHiddenState a vector for each token, in its context [N, L, hiddenSize]
 * @param poolerOutput a vector for each text, from its first token [N, hiddenSize]; empty without a
 *     pooler
 * @param hiddenStates on request: what goes into the first layer and what comes out of each, all
 *     [N, L, hiddenSize]; entry 0 is static, the last one is {@code lastHiddenState}
 * @param attentions on request: for each layer, how much each token took from each [N, heads, L, L]
 */
public record BertOutput(
    Tensor lastHiddenState,
    Optional<Tensor> poolerOutput,
    List<Tensor> hiddenStates,
    List<Tensor> attentions) {}
