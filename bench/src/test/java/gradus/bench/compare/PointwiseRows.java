package gradus.bench.compare;

import static gradus.bench.compare.Input.normal;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/** Element by element: arithmetic on all layouts, and functions. */
final class PointwiseRows {

  private static final int M1 = 1 << 20;
  private static final int M16 = 1 << 24;
  private static final int SIDE = 2048;
  private static final Row.Op ADD = x -> x[0].add(x[1]);
  private static final Row.Op MUL = x -> x[0].mul(x[1]);

  static final List<Row> ROWS =
      List.of(
          binary("add", "1M", ADD, 3.0 * M1, normal(M1), normal(M1)),
          binary("add", "16M", ADD, 3.0 * M16, normal(M16), normal(M16)),
          binary("add", "2048² + row", ADD, 2.0 * SIDE * SIDE, normal(SIDE, SIDE), normal(SIDE)),
          binary("add", "2048² + col", ADD, 2.0 * SIDE * SIDE, normal(SIDE, SIDE), normal(SIDE, 1)),
          binary("mul", "1M", MUL, 3.0 * M1, normal(M1), normal(M1)),
          binary("mul", "16M", MUL, 3.0 * M16, normal(M16), normal(M16)),
          binary("mul", "2048² · row", MUL, 2.0 * SIDE * SIDE, normal(SIDE, SIDE), normal(SIDE)),
          binary("mul", "2048² · col", MUL, 2.0 * SIDE * SIDE, normal(SIDE, SIDE), normal(SIDE, 1)),
          Row.forward(
                  "add",
                  "2048²: xᵀ + y",
                  1.2,
                  Work.floats(3.0 * SIDE * SIDE),
                  x -> x[0].t().add(x[1]),
                  List.of("torch.add(torch.t(a), b)"),
                  normal(SIDE, SIDE),
                  normal(SIDE, SIDE))
              .with(Onnx.of("Add", 2).first("Transpose", "a", Onnx.numbers("perm", 1, 0))),
          unary("exp", "1M", M1, x -> x[0].exp()),
          unary("exp", "16M", M16, x -> x[0].exp()),
          unary("tanh", "1M", M1, x -> x[0].tanh()),
          unary("tanh", "16M", M16, x -> x[0].tanh()),
          unary("sigmoid", "1M", M1, x -> x[0].sigmoid()),
          unary("sigmoid", "16M", M16, x -> x[0].sigmoid()),
          unary("gelu", "1M", M1, x -> x[0].gelu()),
          unary("gelu", "16M", M16, x -> x[0].gelu()),
          unary("sin", "1M", M1, x -> x[0].sin()),
          unary("sin", "16M", M16, x -> x[0].sin()),
          Row.forward(
              "pow",
              "2048² to the third",
              1.2,
              Work.floats(2.0 * SIDE * SIDE),
              x -> x[0].pow(3),
              List.of("torch.pow(a, 3)"),
              normal(SIDE, SIDE)),
          Row.forward(
              "where",
              "2048²: x > 0 ? x : y",
              1.2,
              Work.floats(3.5 * SIDE * SIDE),
              x -> Tensor.where(x[0].gt(0), x[0], x[1]),
              List.of("torch.where(torch.gt(a, 0), a, b)"),
              normal(SIDE, SIDE),
              normal(SIDE, SIDE)));

  private PointwiseRows() {}

  private static Row binary(String op, String shape, Row.Op java, double floats, Input a, Input b) {
    return Row.forward(
            op, shape, 1.2, Work.floats(floats), java, List.of("torch." + op + "(a, b)"), a, b)
        .with(Onnx.of(capital(op), 2));
  }

  private static Row unary(String op, String shape, int n, Row.Op java) {
    return Row.forward(
            op, shape, 2, Work.floats(2.0 * n), java, List.of("torch." + op + "(a)"), normal(n))
        .with(Onnx.of(capital(op), 1));
  }

  /** ONNX's names are PyTorch's with a capital. */
  private static String capital(String op) {
    return op.substring(0, 1).toUpperCase(Locale.ROOT) + op.substring(1);
  }
}
