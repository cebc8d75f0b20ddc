package gradus.bench.compare;

import static gradus.bench.compare.Input.normal;

import gradus.nn.F;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reductions over each dimension of a matrix, and of one with every other column left out; cosines;
 * what orders or adds up rows.
 */
final class ReductionRows {

  private static final int SIDE = 2048;

  static final List<Row> ROWS =
      Stream.of(
              reduction("sum", Tensor::sum, "r = [torch.sum(%s, [%d])]"),
              reduction("max", Tensor::max, "v, i = torch.max(%s, %d)\nr = [v, i]"),
              reduction("argmax", Tensor::argmax, "r = [torch.argmax(%s, %d)]"),
              reduction("mean", Tensor::mean, "r = [torch.mean(%s, [%d])]"),
              reduction("var", Tensor::var, "r = [torch.var(%s, [%d])]"),
              reduction("norm", (x, dim) -> x.norm(2, dim), "r = [torch.norm(%s, 2, [%d])]"),
              reduction("logsumexp", Tensor::logsumexp, "r = [torch.logsumexp(%s, [%d])]"),
              List.of(
                  cosineSimilarity(),
                  rows("sort", x -> x.sort(1).values(), "v, i = torch.sort(a, 1)\nr = [v]"),
                  rows("top 10", x -> x.topk(10, 1), "v, i = torch.topk(a, 10, 1)\nr = [v, i]"),
                  rows("cumsum", x -> x.cumsum(1), "r = [torch.cumsum(a, 1)]")))
          .flatMap(List::stream)
          .toList();

  private ReductionRows() {}

  private static List<Row> reduction(
      String op, BiFunction<Tensor, Integer, Object> java, String script) {
    String strided = "torch.slice(a, 1, 0, %d, 2)".formatted(2 * SIDE);
    Row.Op stridedOp = x -> java.apply(x[0].slice(1, 0, 2 * SIDE, 2), 1);
    return List.of(
        along(op, 0, java, script),
        along(op, 1, java, script),
        row(op, "2048², strided", stridedOp, script.formatted(strided, 1), 2 * SIDE));
  }

  private static Row along(
      String op, int dim, BiFunction<Tensor, Integer, Object> java, String script) {
    Row row =
        row(op, "2048², dim " + dim, x -> java.apply(x[0], dim), script.formatted("a", dim), SIDE);
    Onnx.Attribute flat = Onnx.number("keepdims", 0);
    return switch (op) {
      case "argmax" -> row.with(Onnx.of("ArgMax", 1, Onnx.number("axis", dim), flat));
      case "sum", "mean" -> {
        String name = op.equals("sum") ? "ReduceSum" : "ReduceMean";
        yield row.with(Onnx.of(name, 1, Onnx.numbers("axes", dim), flat).opset(11));
      }
      default -> row; // ONNX's max gives no indices
    };
  }

  private static Row rows(String op, Function<Tensor, Object> java, String script) {
    return row(op, "2048², dim 1", x -> java.apply(x[0]), script, SIDE);
  }

  /** One vector beside many, as in a search; the many are read, and one cosine each is written. */
  private static Row cosineSimilarity() {
    return Row.of(
        "cosine similarity",
        "50000×300 and 1×300",
        1.1,
        Work.floats(50_000.0 * 300),
        x -> F.cosineSimilarity(x[0], x[1]),
        List.of("r = [torch.cosine_similarity(a, b, 1, 1e-8)]"),
        normal(50_000, 300),
        normal(1, 300));
  }

  /** Strided or not, whole cache lines are read: {@code columns} counts them all. */
  private static Row row(String op, String shape, Row.Op java, String script, int columns) {
    Work work = Work.floats((double) SIDE * columns);
    return Row.of(op, shape, 1.1, work, java, List.of(script), normal(SIDE, columns));
  }
}
