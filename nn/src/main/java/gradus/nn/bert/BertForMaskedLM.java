package gradus.nn.bert;

import gradus.nn.Init;
import gradus.nn.Layer;
import gradus.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * BERT as it was trained: it guesses masked tokens from those around them. Ids [N, L] to scores [N,
 * L, vocabSize].
 *
 * <pre>{@code
 * Tensor scores = model.forward(ids);          // ids of: the capital of france is [MASK] .
 * scores.select(0, 0).select(0, 6).argmax();    // the id of "paris"
 * }</pre>
 *
 * <p>Hugging Face: {@code BertForMaskedLM}; Devlin et al. 2018.
 */
public class BertForMaskedLM extends Layer {
  /** The vectors in context; without a pooler. */
  public final BertModel bert;

  /** From vectors to scores. */
  public final BertLMPredictionHead cls;

  /**
   * A model with random weights.
   *
   * @param config its sizes
   */
  public BertForMaskedLM(BertConfig config) {
    this.bert = new BertModel(config, false);
    this.cls = new BertLMPredictionHead(config);
  }

  private BertForMaskedLM(BertForMaskedLM source) {
    this.bert = source.bert.copy();
    this.cls = source.cls.copy();
    training(source.training());
  }

  /**
   * The trained model whose tensors these are, in evaluation mode.
   *
   * @param tensors by the names of Hugging Face or TensorFlow; those of other heads are passed over
   * @param numAttentionHeads the number of heads, which no tensor shows: 12 in BERT-base
   * @throws IllegalArgumentException if a tensor is missing or has another size
   */
  public static BertForMaskedLM fromPretrained(Map<String, Tensor> tensors, int numAttentionHeads) {
    BertNames names = BertNames.read(tensors);
    BertConfig config = names.config(numAttentionHeads);
    BertForMaskedLM model = Init.skip(() -> new BertForMaskedLM(config));
    Map<String, Tensor> state = new LinkedHashMap<>();
    names
        .model(config)
        .forEach(
            (name, tensor) -> {
              if (!name.startsWith("pooler")) {
                state.put("bert." + name, tensor);
              }
            });
    names.head().forEach((name, tensor) -> state.put("cls." + name, tensor));
    model.loadStateDict(state);
    model.eval();
    return model;
  }

  /** The scores of all tokens at each place, for texts without padding. */
  @Override
  public Tensor forward(Tensor inputIds) {
    return forward(inputIds, null, null);
  }

  /**
   * The scores of all tokens at each place.
   *
   * @param inputIds the tokens' ids [N, L]
   * @param attentionMask 1 (or true) for tokens, 0 for padding [N, L]; null if nothing is padded
   * @param tokenTypeIds the segment of each token [N, L]; null if all are 0
   * @return [N, L, vocabSize]
   */
  public Tensor forward(Tensor inputIds, Tensor attentionMask, Tensor tokenTypeIds) {
    BertOutput output = bert.forward(inputIds, attentionMask, tokenTypeIds, false, false);
    return cls.forward(output.lastHiddenState(), bert.embeddings.wordEmbeddings.weight);
  }

  @Override
  public BertForMaskedLM copy() {
    return new BertForMaskedLM(this);
  }
}
