package gradus.nn.bert;

import static gradus.tensor.spi.Given.given;

import gradus.nn.Embedding;
import gradus.nn.Encoded;
import gradus.nn.F;
import gradus.nn.Init;
import gradus.nn.Layer;
import gradus.nn.Linear;
import gradus.nn.MultiheadAttention;
import gradus.nn.StateDict;
import gradus.nn.TransformerEncoder;
import gradus.nn.TransformerEncoderLayer;
import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * BERT: static vectors that become contextual, layer by layer. Ids [N, L] to vectors [N, L,
 * hiddenSize].
 *
 * <pre>{@code
 * var model = BertModel.fromPretrained(StateDict.load(path), 12);
 * Tensor ids = Tensor.of(new long[][] {{101, 1996, 2924, 102}});   // [CLS] the bank [SEP]
 * model.forward(ids).shape();                                      // [1, 4, 384]
 * }</pre>
 *
 * <p>It is made of the ordinary layers: {@link Embedding}, {@link TransformerEncoder}, {@link
 * Linear}. all-MiniLM-L6-v2, bge-small and e5-small are such models too. PyTorch: {@code
 * transformers.BertModel}; Devlin et al. 2018.
 */
public class BertModel extends Layer {
  private static final double INITIALIZER_RANGE = 0.02;

  /** Tokens, positions and segments. */
  public final BertEmbeddings embeddings;

  /** The layers that let the tokens look at one another. */
  public final TransformerEncoder encoder;

  /** A vector for the whole text; empty in models without. */
  public final Optional<BertPooler> pooler;

  private final BertConfig config;

  /**
   * A model with random weights.
   *
   * @param config its sizes
   * @param addPoolingLayer whether it has a pooler
   */
  public BertModel(BertConfig config, boolean addPoolingLayer) {
    this.config = config;
    this.embeddings = new BertEmbeddings(config);
    this.encoder = new TransformerEncoder(layer(config), config.numHiddenLayers());
    this.pooler =
        addPoolingLayer ? Optional.of(new BertPooler(config.hiddenSize())) : Optional.empty();
    embeddings.layers().forEach(BertModel::initialise);
    encoder.layers().forEach(BertModel::initialise);
    pooler.ifPresent(p -> initialise(p.dense));
  }

  /** As BERT's training began: weights from N(0, 0.02²), biases zero. */
  static void initialise(Layer layer) {
    switch (layer) {
      case Linear linear -> {
        Init.normal_(linear.weight, 0, INITIALIZER_RANGE);
        linear.bias.ifPresent(Init::zeros_);
      }
      case Embedding table -> Init.normal_(table.weight, 0, INITIALIZER_RANGE);
      case MultiheadAttention attention ->
          attention.inProjWeight.ifPresent(w -> Init.normal_(w, 0, INITIALIZER_RANGE));
      default -> {}
    }
  }

  private BertModel(BertModel source) {
    this.config = source.config;
    this.embeddings = source.embeddings.copy();
    this.encoder = source.encoder.copy();
    this.pooler = source.pooler.map(BertPooler::copy);
    training(source.training());
  }

  private static TransformerEncoderLayer layer(BertConfig config) {
    return new TransformerEncoderLayer(
        config.hiddenSize(),
        config.numAttentionHeads(),
        o ->
            o.dimFeedforward(config.intermediateSize())
                .dropout(config.hiddenDropoutProb())
                .activation(activation(config.hiddenAct()))
                .layerNormEps(config.layerNormEps())
                .batchFirst(true));
  }

  static UnaryOperator<Tensor> activation(String name) {
    return switch (name) {
      case "gelu" -> F::gelu;
      case "relu" -> F::relu;
      default -> x -> F.gelu(x, "tanh");
    };
  }

  /**
   * The trained model whose tensors these are, in evaluation mode.
   *
   * @param tensors by the names of Hugging Face (also with {@code bert.} in front) or TensorFlow;
   *     further ones, such as those of a head, are passed over
   * @param numAttentionHeads the number of heads, which no tensor shows: 12 in BERT-base and in
   *     MiniLM
   * @throws IllegalArgumentException if a tensor is missing or has another size
   */
  public static BertModel fromPretrained(Map<String, Tensor> tensors, int numAttentionHeads) {
    return fromPretrained(tensors, BertConfig.of(tensors, numAttentionHeads));
  }

  /**
   * The trained model whose tensors these are, in evaluation mode.
   *
   * @param tensors by the names of Hugging Face (also with {@code bert.} in front) or TensorFlow
   * @param config its sizes
   * @throws IllegalArgumentException if a tensor is missing or has another size
   */
  public static BertModel fromPretrained(Map<String, Tensor> tensors, BertConfig config) {
    BertNames names = BertNames.read(tensors);
    var model = Init.skip(() -> new BertModel(config, names.hasPooler()));
    model.loadStateDict(names.model(config));
    model.eval();
    return model;
  }

  /** The sizes of this model. */
  public BertConfig config() {
    return config;
  }

  /** The last layer's vector of each token, for texts without padding: [N, L, hiddenSize]. */
  @Override
  public Tensor forward(Tensor inputIds) {
    return forward(inputIds, null, null, false, false).lastHiddenState();
  }

  /**
   * The vectors of texts that are padded to one length.
   *
   * @param inputIds the tokens' ids [N, L]
   * @param attentionMask 1 (or true) for tokens, 0 for padding [N, L]
   */
  public BertOutput forward(Tensor inputIds, Tensor attentionMask) {
    return forward(inputIds, given(attentionMask, "attentionMask"), null, false, false);
  }

  /**
   * The vectors of texts, and how they came about on request.
   *
   * @param inputIds the tokens' ids [N, L]
   * @param attentionMask 1 (or true) for tokens, 0 for padding [N, L]; null if nothing is padded
   * @param tokenTypeIds the segment of each token [N, L]; null if all are 0
   * @param outputHiddenStates whether every layer's vectors are wanted
   * @param outputAttentions whether every head's weights are wanted
   */
  public BertOutput forward(
      Tensor inputIds,
      Tensor attentionMask,
      Tensor tokenTypeIds,
      boolean outputHiddenStates,
      boolean outputAttentions) {
    check(inputIds);
    fits("attentionMask", attentionMask, inputIds);
    fits("tokenTypeIds", tokenTypeIds, inputIds);
    Tensor vectors =
        embeddings.call(
            inputIds,
            ids ->
                tokenTypeIds == null
                    ? embeddings.forward(ids)
                    : embeddings.forward(ids, tokenTypeIds));
    Encoded encoded =
        encoder.encode(
            vectors,
            o ->
                o.srcKeyPaddingMask(attentionMask == null ? null : attentionMask.eq(0))
                    .outputHiddenStates(outputHiddenStates)
                    .outputAttentions(outputAttentions));
    Tensor last = encoded.output();
    return new BertOutput(
        last, pooler.map(p -> p.call(last)), encoded.hiddenStates(), encoded.attentions());
  }

  private void check(Tensor inputIds) {
    int longest = config.maxPositionEmbeddings();
    if (inputIds.dim() != 2 || inputIds.dtype() != DType.INT64 || inputIds.size(1) > longest) {
      throw Checks.invalid(
          "BertModel",
          "inputIds is %s%s. It must be INT64 [N, L] with L at most %d. Truncate longer texts."
              .formatted(inputIds.dtype(), inputIds.shape(), longest));
    }
  }

  private static void fits(String name, Tensor given, Tensor inputIds) {
    if (given != null && !given.shape().equals(inputIds.shape())) {
      throw Checks.invalid(
          "BertModel",
          "%s is %s and inputIds %s. There must be one for each token: [N, L]."
              .formatted(name, given.shape(), inputIds.shape()));
    }
  }

  /**
   * This model's tensors by Hugging Face's names, as {@code transformers} loads them; query, key
   * and value are views of one tensor.
   */
  public StateDict huggingFaceStateDict() {
    return StateDict.of(BertNames.huggingFace(stateDict()));
  }

  @Override
  public BertModel copy() {
    return new BertModel(this);
  }
}
