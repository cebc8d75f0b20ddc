package gradus.nn.bert;

import static gradus.tensor.spi.Given.given;

import gradus.nn.Dropout;
import gradus.nn.F;
import gradus.nn.Init;
import gradus.nn.Layer;
import gradus.nn.Linear;
import gradus.nn.StateDict;
import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * BERT that tells what kind of text it reads: a linear map on the pooled vector of its first token.
 * Ids [N, L] to scores [N, numLabels].
 *
 * <pre>{@code
 * var model = BertForSequenceClassification.fromPretrained(StateDict.load(path), 12, 2);
 * model.train();
 * model.loss(model.forward(ids, attentionMask, null), labels).backward();
 * }</pre>
 *
 * <p>Hugging Face: {@code BertForSequenceClassification}; Devlin et al. 2018.
 */
public class BertForSequenceClassification extends Layer {
  /** The vectors in context, with a pooler. */
  public final BertModel bert;

  /** On the pooled vector, in training. */
  public final Dropout dropout;

  /** From the pooled vector to the scores. */
  public final Linear classifier;

  /**
   * A model with random weights.
   *
   * @param config its sizes
   * @param numLabels how many kinds there are; with 1 it tells a number instead
   */
  public BertForSequenceClassification(BertConfig config, int numLabels) {
    if (numLabels < 1) {
      throw Checks.invalid(
          "BertForSequenceClassification",
          "numLabels is %d. It must be at least 1.".formatted(numLabels));
    }
    this.bert = new BertModel(given(config, "config"), true);
    this.dropout = new Dropout(config.hiddenDropoutProb());
    this.classifier = new Linear(config.hiddenSize(), numLabels);
    BertModel.initialise(classifier);
  }

  private BertForSequenceClassification(BertForSequenceClassification source) {
    this.bert = source.bert.copy();
    this.dropout = (Dropout) source.dropout.copy();
    this.classifier = source.classifier.copy();
    training(source.training());
  }

  /**
   * The trained model whose tensors these are, in evaluation mode. What is missing of pooler and
   * classifier begins at random, as in Hugging Face: the model is to be trained first.
   *
   * @param tensors by the names of Hugging Face or TensorFlow; those of other heads are passed over
   * @param numAttentionHeads the number of heads, which no tensor shows: 12 in BERT-base
   * @param numLabels how many kinds there are
   * @throws IllegalArgumentException if another tensor is missing, or one has another size, such as
   *     a classifier of other kinds
   */
  public static BertForSequenceClassification fromPretrained(
      Map<String, Tensor> tensors, int numAttentionHeads, int numLabels) {
    BertNames names = BertNames.read(tensors);
    BertConfig config = names.config(numAttentionHeads);
    var model = Init.skip(() -> new BertForSequenceClassification(config, numLabels));
    if (!names.hasPooler()) {
      BertModel.initialise(model.bert.pooler.orElseThrow().dense);
    }
    if (!names.hasClassifier()) {
      BertModel.initialise(model.classifier);
    }
    Map<String, Tensor> state = new LinkedHashMap<>();
    if (!names.hasPooler() || !names.hasClassifier()) {
      state.putAll(model.stateDict());
    }
    names.model(config).forEach((name, tensor) -> state.put("bert." + name, tensor));
    state.putAll(names.classifier());
    model.loadStateDict(state);
    model.eval();
    return model;
  }

  /** The scores of all kinds, for texts without padding. */
  @Override
  public Tensor forward(Tensor inputIds) {
    return forward(inputIds, null, null);
  }

  /**
   * The scores of all kinds.
   *
   * @param inputIds the tokens' ids [N, L]
   * @param attentionMask 1 (or true) for tokens, 0 for padding [N, L]; null if nothing is padded
   * @param tokenTypeIds the segment of each token [N, L]; null if all are 0
   * @return [N, numLabels]
   */
  public Tensor forward(Tensor inputIds, Tensor attentionMask, Tensor tokenTypeIds) {
    BertOutput output = bert.forward(inputIds, attentionMask, tokenTypeIds, false, false);
    return classifier.call(dropout.call(output.poolerOutput().orElseThrow()));
  }

  /**
   * How wrong the scores are, as Hugging Face's model tells with {@code labels}: the squared error
   * if there is one kind only, the cross-entropy for numbers of kinds, and the binary cross-entropy
   * for a share of each kind.
   *
   * @param logits what {@code forward} gave [N, numLabels]
   * @param labels whole numbers [N]; or floats, [N] for one kind and [N, numLabels] for several
   * @return one number
   */
  public Tensor loss(Tensor logits, Tensor labels) {
    if (classifier.weight.size(0) == 1) {
      return F.mseLoss(logits.flatten(), given(labels, "labels").flatten().to(logits.dtype()));
    }
    return given(labels, "labels").dtype().isFloatingPoint()
        ? F.binaryCrossEntropyWithLogits(logits, labels)
        : F.crossEntropy(logits, labels);
  }

  /** This model's tensors by Hugging Face's names, as {@code transformers} loads them. */
  public StateDict huggingFaceStateDict() {
    var tensors = new LinkedHashMap<String, Tensor>();
    bert.huggingFaceStateDict().forEach((name, tensor) -> tensors.put("bert." + name, tensor));
    classifier
        .stateDict()
        .forEach((name, tensor) -> tensors.put(BertNames.CLASSIFIER + name, tensor));
    return StateDict.of(tensors);
  }

  @Override
  public BertForSequenceClassification copy() {
    return new BertForSequenceClassification(this);
  }
}
