package gradus.bench.compare;

import gradus.autograd.Autograd;
import gradus.nn.GRU;
import gradus.nn.LSTM;
import gradus.nn.Layer;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Recurrent layers, from a state of zeros; the peer may take its fused kernel. */
final class RecurrentRows {

  private static final int BATCH = 32;

  static final List<Row> ROWS =
      List.of(
          row("LSTM", 100, 128, false),
          row("LSTM", 50, 256, false),
          row("LSTM", 50, 512, false),
          row("LSTM", 100, 128, true),
          row("LSTM", 50, 256, true),
          row("LSTM", 50, 512, true),
          row("GRU", 100, 128, false),
          row("GRU", 50, 256, false),
          row("GRU", 50, 512, false),
          row("GRU", 100, 128, true),
          row("GRU", 50, 256, true),
          row("GRU", 50, 512, true));

  private RecurrentRows() {}

  private static Row row(String kind, int steps, int size, boolean backward) {
    boolean lstm = kind.equals("LSTM");
    double products = 2.0 * steps * BATCH * size * size * 2 * (lstm ? 4 : 3);
    String state = "torch.zeros([1, %d, %d])".formatted(BATCH, size);
    String y =
        "torch.%s(a, %s, [b, c, d, e], True, 1, 0., False, False, False)[0]"
            .formatted(kind.toLowerCase(), lstm ? "[" + state + ", " + state + "]" : state);
    String script =
        backward
            ? """
            y = %s
            g = torch.grad([y], [a, b, c, d, e], annotate(List[Optional[Tensor]], [f]))
            r = [y, unchecked_cast(Tensor, g[0]), unchecked_cast(Tensor, g[1]), \
            unchecked_cast(Tensor, g[2]), unchecked_cast(Tensor, g[3]), \
            unchecked_cast(Tensor, g[4])]"""
                .formatted(y)
            : "r = [" + y + "]";
    return new Row(
        kind + (backward ? " + backward" : ""),
        steps + "×" + BATCH + "×" + size,
        1,
        Work.flops((backward ? 3 : 1) * products),
        () -> setup(lstm ? new LSTM(size, size) : new GRU(size, size), steps, size, backward),
        List.of(script));
  }

  private static Case setup(Layer layer, int steps, int size, boolean backward) {
    Tensor x = Tensor.randn(steps, BATCH, size);
    List<Tensor> inputs = new ArrayList<>(List.of(x));
    inputs.addAll(layer.parameters());
    if (!backward) {
      layer.requiresGrad_(false);
      return new Case(inputs, () -> layer.forward(x));
    }
    x.requiresGrad(true);
    List<Tensor> wanted = List.copyOf(inputs);
    Tensor gradient = Tensor.randn(steps, BATCH, size);
    inputs.add(gradient);
    return new Case(
        inputs,
        () -> {
          Tensor y = layer.forward(x);
          List<Tensor> results = new ArrayList<>(List.of(y));
          results.addAll(Autograd.grad(List.of(y), wanted, List.of(gradient), false, false));
          return results;
        });
  }
}
