package gradus.bench.compare;

import gradus.nn.Embedding;
import gradus.nn.F;
import gradus.nn.optim.SGD;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** A table of 50,000 words: looked up, and trained with dense and with row-sparse gradients. */
final class EmbeddingRows {

  private static final int WORDS = 50_000;
  private static final int WIDTH = 768;
  private static final double TABLE = (double) WORDS * WIDTH;

  static final List<Row> ROWS =
      Stream.of(new int[] {2, 3}, new int[] {64, 128}, new int[] {4096, 32})
          .flatMap(ids -> Stream.of(lookUp(ids), train(ids, false), train(ids, true)))
          .toList();

  private EmbeddingRows() {}

  private static String shape(int[] ids) {
    return "50000×768, %d×%d ids".formatted(ids[0], ids[1]);
  }

  private static Row lookUp(int[] ids) {
    return Row.forward(
            "embedding",
            shape(ids),
            1.5,
            Work.floats(2.0 * ids[0] * ids[1] * WIDTH),
            x -> F.embedding(x[1], x[0]),
            List.of("torch.embedding(a, b)"),
            Input.normal(WORDS, WIDTH),
            Input.ids(WORDS, ids))
        .with(Onnx.of("Gather", 2, Onnx.number("axis", 0)));
  }

  /** Forward, backward from a given gradient, SGD. A dense step passes over the whole table. */
  private static Row train(int[] ids, boolean sparse) {
    double rows = 5.0 * ids[0] * ids[1] * WIDTH;
    return new Row(
        "embedding + backward + SGD, " + (sparse ? "sparse" : "dense"),
        shape(ids),
        1.5,
        Work.floats(sparse ? rows : rows + 4 * TABLE),
        () -> {
          var layer = new Embedding(WORDS, WIDTH, sparse);
          var sgd = new SGD(layer.parameters(), 0.01);
          Tensor words = Tensor.randint(0, WORDS, ids);
          Tensor gradient = Tensor.randn(ids[0], ids[1], WIDTH);
          return new Case(
              List.of(layer.weight, words, gradient),
              () -> {
                Tensor y = layer.forward(words);
                y.backward(gradient);
                sgd.step();
                sgd.zeroGrad();
                return y;
              });
        },
        List.of(
            """
            y = torch.embedding(a, b, -1, False, %s)
            g = torch.grad([y], [a], annotate(List[Optional[Tensor]], [c]))
            torch.set_grad_enabled(False)
            torch.add_(a, unchecked_cast(Tensor, g[0]), alpha=-0.01)
            torch.set_grad_enabled(True)
            r = [y]"""
                .formatted(sparse ? "True" : "False")));
  }
}
