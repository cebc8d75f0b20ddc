package gradus.nn.bert;

import gradus.nn.F;
import gradus.nn.Layer;
import gradus.nn.LayerNorm;
import gradus.nn.Linear;
import gradus.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * Scores for every token of the vocabulary, from a token's vector in its context: [*, hiddenSize]
 * to [*, vocabSize].
 *
 * <p>The last map is the table of the embeddings itself: a token scores high if its static vector
 * is close to what the context asks for. Hugging Face: {@code BertLMPredictionHead}; Press and Wolf
 * 2017 for the shared table.
 */
public class BertLMPredictionHead extends Layer {
  /** Before the scores. */
  public final Linear dense;

  /** After {@link #dense} and the activation. */
  public final LayerNorm layerNorm;

  /** How likely each token is by itself [vocabSize]. */
  public final Tensor bias;

  private final transient UnaryOperator<Tensor> activation;

  /** A head for a model of these sizes. */
  public BertLMPredictionHead(BertConfig config) {
    this.dense = new Linear(config.hiddenSize(), config.hiddenSize());
    this.layerNorm = new LayerNorm(new int[] {config.hiddenSize()}, config.layerNormEps());
    this.bias = parameter(Tensor.zeros(config.vocabSize()));
    this.activation = BertModel.activation(config.hiddenAct());
  }

  private BertLMPredictionHead(BertLMPredictionHead source) {
    this.dense = source.dense.copy();
    this.layerNorm = source.layerNorm.copy();
    this.bias = parameter(source.bias.clone()).requiresGrad(source.bias.requiresGrad());
    this.activation = source.activation;
    training(source.training());
  }

  /**
   * The scores.
   *
   * @param hiddenStates vectors in context [*, hiddenSize]
   * @param words the table of the embeddings [vocabSize, hiddenSize]
   * @return [*, vocabSize]
   */
  public Tensor forward(Tensor hiddenStates, Tensor words) {
    Tensor transformed = layerNorm.call(activation.apply(dense.call(hiddenStates)));
    return F.linear(transformed, words, bias);
  }

  @Override
  public BertLMPredictionHead copy() {
    return new BertLMPredictionHead(this);
  }
}
