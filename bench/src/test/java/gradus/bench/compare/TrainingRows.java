package gradus.bench.compare;

import gradus.nn.F;
import gradus.nn.Linear;
import gradus.nn.optim.Adam;
import gradus.nn.optim.SGD;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Optimizer steps and whole training steps. */
final class TrainingRows {

  private static final int PARAMETERS = 50_000 * 768;

  static final List<Row> ROWS =
      List.of(
          adam("Adam", adamScript(1)),
          adam("Adam, peer fused", fusedAdamScript()),
          mlp(784, 256, 10, 128),
          new TransformerStep(4, 256, 4, 128, 16, 8000).row());

  private TrainingRows() {}

  /**
   * What torch.optim.Adam's step makes of {@code count} parameters, means, squares; gradients are
   * {@code g}.
   */
  static String adamScript(int count) {
    return """
        s = x[%2$d]
        torch.set_grad_enabled(False)
        torch.add_(s, 1)
        t = float(s)
        for i in range(%1$d):
          gi = unchecked_cast(Tensor, g[i])
          mean = x[%1$d + i]
          square = x[2 * %1$d + i]
          torch.lerp_(mean, gi, 0.1)
          torch.addcmul_(torch.mul_(square, 0.999), gi, gi, value=0.001)
          root = torch.div(torch.sqrt(square), (1. - 0.999 ** t) ** 0.5)
          torch.addcdiv_(x[i], mean, torch.add_(root, 1e-8), value=-0.001 / (1. - 0.9 ** t))
        torch.set_grad_enabled(True)
        """
        .formatted(count, 3 * count);
  }

  /** The list is what comes out: what is written to a list alone counts as dead code. */
  private static String fusedAdamScript() {
    return """
        p = [a]
        torch.add_(d, 1)
        torch._fused_adam_(p, g, [b], [c], [], [d], \
          lr=0.001, beta1=0.9, beta2=0.999, weight_decay=0., eps=1e-8, \
          amsgrad=False, maximize=False)
        a = p[0]
        """;
  }

  /** The peer's state of Adam: means and squares of zero, the number of steps. */
  static List<Tensor> adamState(List<Tensor> parameters) {
    List<Tensor> state = new ArrayList<>();
    parameters.forEach(p -> state.add(Tensor.zerosLike(p)));
    parameters.forEach(p -> state.add(Tensor.zerosLike(p)));
    state.add(Tensor.scalar(0f));
    return state;
  }

  private static Row adam(String name, String script) {
    return new Row(
        name,
        "38.4M parameters",
        3,
        Work.floats(7.0 * PARAMETERS),
        () -> {
          Tensor weight = Tensor.randn(PARAMETERS).requiresGrad(true);
          weight.setGrad(Tensor.randn(PARAMETERS));
          var adam = new Adam(List.of(weight));
          List<Tensor> inputs = new ArrayList<>(List.of(weight.detach()));
          inputs.addAll(adamState(inputs));
          inputs.add(weight.grad());
          return new Case(
              inputs,
              () -> {
                adam.step();
                return weight;
              });
        },
        List.of("g = [e]\n" + script + "r = [a]"));
  }

  private static Row mlp(int in, int hidden, int out, int batch) {
    // Nobody asks for the gradient of x.
    double products = 4.0 * batch * in * hidden + 6.0 * batch * hidden * out;
    String names = "a, b, c, d";
    StringBuilder updates = new StringBuilder();
    IntStream.range(0, 4)
        .forEach(
            i ->
                updates.append(
                    "torch.add_(x[%d], unchecked_cast(Tensor, g[%d]), alpha=-0.01)%n"
                        .formatted(i, i)));
    return new Row(
        "MLP step, SGD",
        "%d-%d-%d, batch %d".formatted(in, hidden, out, batch),
        1.5,
        Work.flops(products),
        () -> {
          var first = new Linear(in, hidden);
          var second = new Linear(hidden, out);
          List<Tensor> parameters = new ArrayList<>(first.parameters());
          parameters.addAll(second.parameters());
          var sgd = new SGD(parameters, 0.01);
          Tensor x = Tensor.randn(batch, in);
          Tensor target = Tensor.randint(0, out, batch);
          List<Tensor> inputs = new ArrayList<>(parameters);
          inputs.addAll(List.of(x, target));
          return new Case(
              inputs,
              () -> {
                Tensor y = second.forward(first.forward(x).relu());
                return Case.train(F.crossEntropy(y, target), sgd);
              });
        },
        List.of(
            """
            y = torch.linear(torch.relu(torch.linear(e, a, b)), c, d)
            loss = torch.cross_entropy_loss(y, f)
            g = torch.grad([loss], [%s])
            torch.set_grad_enabled(False)
            %storch.set_grad_enabled(True)
            r = [loss]"""
                .formatted(names, updates)));
  }
}
