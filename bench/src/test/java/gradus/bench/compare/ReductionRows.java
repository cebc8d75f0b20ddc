package gradus.bench.compare;

import static gradus.bench.compare.Input.normal;

import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reductions over each dimension of a matrix, and of one with every other column left out. */
final class ReductionRows {

  private static final int SIDE = 2048;

  static final List<Row> ROWS =
      Stream.of(
              reduction("sum", Tensor::sum, "r = [torch.sum(%s, [%d])]"),
              reduction("max", Tensor::max, "v, i = torch.max(%s, %d)\nr = [v, i]"),
              reduction("argmax", Tensor::argmax, "r = [torch.argmax(%s, %d)]"),
              reduction("mean", Tensor::mean, "r = [torch.mean(%s, [%d])]"))
          .flatMap(List::stream)
          .toList();

  private ReductionRows() {}

  private static List<Row> reduction(
      String op, BiFunction<Tensor, Integer, Object> java, String script) {
    String strided = "torch.slice(a, 1, 0, %d, 2)".formatted(2 * SIDE);
    Row.Op stridedOp = x -> java.apply(x[0].slice(1, 0, 2 * SIDE, 2), 1);
    return List.of(
        row(op, "2048², dim 0", x -> java.apply(x[0], 0), script.formatted("a", 0), SIDE),
        row(op, "2048², dim 1", x -> java.apply(x[0], 1), script.formatted("a", 1), SIDE),
        row(op, "2048², strided", stridedOp, script.formatted(strided, 1), 2 * SIDE));
  }

  /** Strided or not, whole cache lines are read: {@code columns} counts them all. */
  private static Row row(String op, String shape, Row.Op java, String script, int columns) {
    Work work = Work.floats((double) SIDE * columns);
    return Row.of(op, shape, 1.1, work, java, List.of(script), normal(SIDE, columns));
  }
}
