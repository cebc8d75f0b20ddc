package gradus.examples;

import gradus.nn.F;
import gradus.nn.Layer;
import gradus.tensor.Tensor;

/**
 * An embedding and one attention head, written out op by op with numbers small enough to follow.
 *
 * <p>Two words of two numbers each are looked up, attend to each other, and shall become the wanted
 * vectors; the loss is the mean squared difference.
 */
final class SmallAttention extends Layer {

  final Tensor table = leaf(new float[][] {{0.5f, -1}, {1, 0.5f}, {-0.5f, 1}});
  final Tensor wq = leaf(new float[][] {{1, 0.5f}, {-0.5f, 1}});
  final Tensor wk = leaf(new float[][] {{0.5f, -1}, {1, 1}});
  final Tensor wv = leaf(new float[][] {{1, -0.5f}, {0.5f, 1}});
  final transient Tensor ids = Tensor.of(0, 2);
  final transient Tensor wanted = Tensor.of(new float[][] {{1, 0}, {0, 1}});

  /** The loss: every line below is a step of backprop later. */
  Tensor loss() {
    Tensor x = F.embedding(ids, table);
    Tensor q = x.matmul(wq);
    Tensor k = x.matmul(wk);
    Tensor v = x.matmul(wv);
    Tensor scores = q.matmul(k.transpose(0, 1)).mul(0.7071);
    Tensor weights = scores.softmax(1);
    Tensor y = weights.matmul(v);
    Tensor error = y.sub(wanted);
    Tensor loss = error.square().mean();
    return loss;
  }

  private static Tensor leaf(float[][] values) {
    return Tensor.of(values).requiresGrad(true);
  }
}
