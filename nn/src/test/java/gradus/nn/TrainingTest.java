package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.nn.optim.Adam;
import gradus.nn.optim.SGD;
import gradus.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole little models that have to learn. */
class TrainingTest {
  @BeforeEach
  void seed() {
    Tensor.manualSeed(0);
  }

  @Test
  void aLineIsFound() {
    Tensor x = Tensor.linspace(-1, 1, 50).reshape(50, 1);
    Tensor y = x.mul(3).add(0.5);
    var model = new Linear(1, 1);
    var optimizer = new SGD(model.parameters(), 0.3);
    for (int i = 0; i < 100; i++) {
      optimizer.zeroGrad();
      F.mseLoss(model.forward(x), y).backward();
      optimizer.step();
    }
    assertThat(model.weight.item()).isBetween(2.99, 3.01);
    assertThat(model.bias.orElseThrow().item()).isBetween(0.49, 0.51);
  }

  @Test
  void exclusiveOrIsLearned() {
    Tensor x = Tensor.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    Tensor y = Tensor.of(0, 1, 1, 0);
    var model = new Sequential(new Linear(2, 16), new Tanh(), new Linear(16, 2));
    var loss = new CrossEntropyLoss();
    var optimizer = new Adam(model.parameters(), 0.05);
    for (int i = 0; i < 200; i++) {
      optimizer.zeroGrad();
      loss.forward(model.forward(x), y).backward();
      optimizer.step();
    }
    assertThat(model.forward(x).argmax(1).toLongArray()).containsExactly(0, 1, 1, 0);
    assertThat(loss.forward(model.forward(x), y).item()).isLessThan(0.01);
  }

  @Test
  void attentionLearnsToCopyTheFirstWord() {
    class Model extends Layer {
      final Embedding words = new Embedding(6, 8);
      final Embedding places = new Embedding(4, 8);
      final Attention attention = new Attention(8);
      final Linear output = new Linear(8, 6);

      @Override
      public Tensor forward(Tensor ids) {
        Tensor embedded = words.forward(ids).add(places.forward(Tensor.arange(4)));
        return output.forward(attention.forward(embedded).select(1, 3));
      }
    }
    var model = new Model();
    var optimizer = new Adam(model.parameters(), 0.02);
    Tensor ids = Tensor.randint(0, 6, 64, 4);
    Tensor first = ids.select(1, 0);
    double loss = Double.NaN;
    for (int i = 0; i < 150; i++) {
      optimizer.zeroGrad();
      Tensor value = F.crossEntropy(model.forward(ids), first);
      value.backward();
      optimizer.step();
      loss = value.item();
    }
    assertThat(loss).isLessThan(0.1);
  }
}
