package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.autograd.Checkpoint;
import gradus.nn.optim.AdamW;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A training with dropout, attention and an LSTM is the same bit for bit under checkpoint. */
class CheckpointTrainingTest {
  private static float[] trained(boolean checkpoint, boolean scope) {
    Tensor.manualSeed(1);
    var embedding = new Embedding(20, 8);
    var block = new TransformerEncoderLayer(8, 2, o -> o.dropout(0.2).dimFeedforward(16));
    var lstm = new LSTM(8, 8);
    var head = new Sequential(new LayerNorm(8), new Dropout(0.3), new Linear(8, 5));
    var params = new ArrayList<Tensor>();
    List.of(embedding, block, lstm, head).forEach(layer -> params.addAll(layer.parameters()));
    var optimizer = new AdamW(params, 1e-2);
    Tensor ids = Tensor.randint(0, 20, 6, 3);
    Tensor y = Tensor.randint(0, 5, 18);
    UnaryOperator<Tensor> middle = x -> lstm.forward(block.call(x));
    for (int i = 0; i < 4; i++) {
      Runnable step =
          () -> {
            optimizer.zeroGrad();
            Tensor x = embedding.call(ids);
            Tensor h = checkpoint ? Checkpoint.checkpoint(middle, x) : middle.apply(x);
            Tensor logits = checkpoint ? Checkpoint.checkpoint(head::call, h) : head.call(h);
            F.crossEntropy(logits.view(18, 5), y).backward();
            optimizer.step();
          };
      if (scope) {
        try (var _ = Memory.scope()) {
          step.run();
        }
      } else {
        step.run();
      }
    }
    return Tensor.cat(params.stream().map(p -> p.detach().flatten()).toList(), 0).toFloatArray();
  }

  @Test
  void isTheSame() {
    float[] plain = trained(false, false);
    assertThat(trained(true, false)).containsExactly(plain);
    assertThat(trained(true, true)).containsExactly(plain);
  }
}
