package gradus.nn.bert;

import static gradus.tensor.spi.Given.given;

import gradus.nn.Layer;
import gradus.nn.Linear;
import gradus.tensor.Tensor;

/**
 * A vector for a whole text: a linear map and tanh on the vector of its first token. [N, L,
 * hiddenSize] to [N, hiddenSize]. Hugging Face: {@code BertPooler}.
 */
public class BertPooler extends Layer {
  /** The map. */
  public final Linear dense;

  /** A pooler of vectors of this length. */
  public BertPooler(int hiddenSize) {
    this.dense = new Linear(hiddenSize, hiddenSize);
  }

  private BertPooler(BertPooler source) {
    this.dense = source.dense.copy();
    training(source.training());
  }

  @Override
  public Tensor forward(Tensor hiddenStates) {
    return dense.call(given(hiddenStates).select(1, 0)).tanh();
  }

  @Override
  public BertPooler copy() {
    return new BertPooler(this);
  }
}
