package gradus.bench.compare;

import static gradus.bench.compare.Input.normal;

import gradus.autograd.Autograd;
import gradus.tensor.Tensor;
import java.util.List;

/** Ops on eight elements: what counts is how little surrounds the work. */
final class SmallRows {

  private static final int CHAIN = 100;

  static final List<Row> ROWS =
      List.of(
          Row.forward(
              "add, no gradient",
              "8",
              5,
              Work.NONE,
              x -> x[0].add(x[1]),
              List.of("torch.add(a, b)"),
              normal(8),
              normal(8)),
          recorded("add, gradient recorded", in -> in[0].add(in[1]), "r = [torch.add(a, b)]"),
          recorded(
              "100 adds + sum + backward",
              in -> {
                Tensor y = in[0];
                for (int i = 0; i < CHAIN; i++) {
                  y = y.add(in[1]);
                }
                return Autograd.grad(y.sum(), in[0]);
              },
              """
              y = a
              for i in range(100):
                y = torch.add(y, b)
              g = torch.grad([torch.sum(y)], [a])
              r = [unchecked_cast(Tensor, g[0])]"""));

  private SmallRows() {}

  private static Row recorded(String name, Row.Op op, String script) {
    return new Row(
        name,
        "8",
        5,
        Work.NONE,
        () -> {
          Tensor[] in = Input.make(normal(8), normal(8));
          in[0].requiresGrad(true);
          return new Case(List.of(in), () -> op.apply(in));
        },
        List.of(script));
  }
}
