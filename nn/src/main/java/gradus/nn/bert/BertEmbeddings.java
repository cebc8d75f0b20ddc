package gradus.nn.bert;

import gradus.nn.Dropout;
import gradus.nn.Embedding;
import gradus.nn.Layer;
import gradus.nn.LayerNorm;
import gradus.tensor.DType;
import gradus.tensor.Tensor;

/**
 * Where a text enters BERT: the vector of each token, of its position and of its segment, added up
 * and normalised. Ids [N, L] to vectors [N, L, hiddenSize].
 *
 * <p>Up to here a word has one vector, whatever stands around it. Hugging Face: {@code
 * BertEmbeddings}; Devlin et al. 2018.
 */
public class BertEmbeddings extends Layer {
  /** The static vectors of the tokens [vocabSize, hiddenSize]. */
  public final Embedding wordEmbeddings;

  /** The vectors of the positions [maxPositionEmbeddings, hiddenSize]. */
  public final Embedding positionEmbeddings;

  /** The vectors of the segments [typeVocabSize, hiddenSize]. */
  public final Embedding tokenTypeEmbeddings;

  /** After the sum. */
  public final LayerNorm layerNorm;

  /** At the end, in training. */
  public final Dropout dropout;

  /** The tables of a model of these sizes. */
  public BertEmbeddings(BertConfig config) {
    this.wordEmbeddings = new Embedding(config.vocabSize(), config.hiddenSize());
    this.positionEmbeddings = new Embedding(config.maxPositionEmbeddings(), config.hiddenSize());
    this.tokenTypeEmbeddings = new Embedding(config.typeVocabSize(), config.hiddenSize());
    this.layerNorm = new LayerNorm(new int[] {config.hiddenSize()}, config.layerNormEps());
    this.dropout = new Dropout(config.hiddenDropoutProb());
  }

  private BertEmbeddings(BertEmbeddings source) {
    this.wordEmbeddings = source.wordEmbeddings.copy();
    this.positionEmbeddings = source.positionEmbeddings.copy();
    this.tokenTypeEmbeddings = source.tokenTypeEmbeddings.copy();
    this.layerNorm = source.layerNorm.copy();
    this.dropout = (Dropout) source.dropout.copy();
    training(source.training());
  }

  /** The vectors of texts that are one segment each. */
  @Override
  public Tensor forward(Tensor inputIds) {
    return forward(inputIds, Tensor.zeros(DType.INT64, inputIds.shape().toArray()));
  }

  /**
   * The vectors of texts.
   *
   * @param inputIds the tokens' ids [N, L]
   * @param tokenTypeIds the segment of each token [N, L]
   * @return [N, L, hiddenSize]
   */
  public Tensor forward(Tensor inputIds, Tensor tokenTypeIds) {
    Tensor positions = positionEmbeddings.weight.narrow(0, 0, inputIds.size(-1));
    Tensor sum = wordEmbeddings.call(inputIds);
    sum = sum.add(tokenTypeEmbeddings.call(tokenTypeIds)).add(positions);
    return dropout.call(layerNorm.call(sum));
  }

  @Override
  public BertEmbeddings copy() {
    return new BertEmbeddings(this);
  }
}
