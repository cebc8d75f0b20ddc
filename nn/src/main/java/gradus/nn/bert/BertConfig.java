package gradus.nn.bert;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.Map;

/**
 * The sizes of a {@link BertModel}, under the names of Hugging Face's {@code BertConfig} and {@code
 * config.json}.
 *
 * @param vocabSize the number of tokens
 * @param hiddenSize the length of a token's vector
 * @param numHiddenLayers the number of encoder layers
 * @param numAttentionHeads the number of heads; it divides {@code hiddenSize}
 * @param intermediateSize the length between the two maps of a layer
 * @param maxPositionEmbeddings the longest text in tokens
 * @param typeVocabSize the number of segments a text may have
 * @param hiddenAct between the two maps: {@code "gelu"} (exact), {@code "gelu_new"} (by tanh) or
 *     {@code "relu"}
 * @param hiddenDropoutProb the probability of dropping, in training
 * @param layerNormEps the eps of the normalisations
 */
public record BertConfig(
    int vocabSize,
    int hiddenSize,
    int numHiddenLayers,
    int numAttentionHeads,
    int intermediateSize,
    int maxPositionEmbeddings,
    int typeVocabSize,
    String hiddenAct,
    double hiddenDropoutProb,
    double layerNormEps) {

  /** Checks the sizes. */
  public BertConfig {
    least(vocabSize, "vocabSize");
    least(hiddenSize, "hiddenSize");
    least(numHiddenLayers, "numHiddenLayers");
    least(intermediateSize, "intermediateSize");
    least(maxPositionEmbeddings, "maxPositionEmbeddings");
    least(typeVocabSize, "typeVocabSize");
    if (numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
      throw Checks.invalid(
          "BertConfig",
          "hiddenSize %d and %d heads. The heads must divide the size."
              .formatted(hiddenSize, numAttentionHeads));
    }
    if (!hiddenAct.matches("gelu|gelu_new|gelu_pytorch_tanh|relu")) {
      throw Checks.invalid(
          "BertConfig", "hiddenAct is \"" + hiddenAct + "\". It must be gelu, gelu_new or relu.");
    }
    if (!(hiddenDropoutProb >= 0 && hiddenDropoutProb <= 1)) {
      throw Checks.invalid(
          "BertConfig", "hiddenDropoutProb is " + hiddenDropoutProb + ". It must lie in 0..1.");
    }
    if (!(layerNormEps >= 0 && layerNormEps < Double.POSITIVE_INFINITY)) {
      throw Checks.invalid(
          "BertConfig", "layerNormEps is " + layerNormEps + ". It must be 0 or more, and finite.");
    }
  }

  private static void least(int size, String name) {
    if (size < 1) {
      throw Checks.invalid("BertConfig", name + " is " + size + ". It must be at least 1.");
    }
  }

  /** The sizes of BERT-base, with the exact GELU and dropout 0.1. */
  public static BertConfig base() {
    return new BertConfig(30_522, 768, 12, 12, 3072, 512, 2, "gelu", 0.1, 1e-12);
  }

  /**
   * The sizes that the tensors of a model show, with the exact GELU, dropout 0.1 and eps 1e-12.
   *
   * @param tensors a model's tensors by Hugging Face's or TensorFlow's names
   * @param numAttentionHeads the number of heads, which no tensor shows
   */
  public static BertConfig of(Map<String, Tensor> tensors, int numAttentionHeads) {
    return BertNames.read(tensors).config(numAttentionHeads);
  }

  /** The length of a head's vectors. */
  public int headSize() {
    return hiddenSize / numAttentionHeads;
  }
}
