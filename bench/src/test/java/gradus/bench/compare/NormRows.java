package gradus.bench.compare;

import static gradus.bench.compare.Input.ids;
import static gradus.bench.compare.Input.normal;

import gradus.nn.F;
import java.util.List;

/** What works on whole rows: softmax, layer norm, cross-entropy. */
final class NormRows {

  static final List<Row> ROWS =
      List.of(
          softmax(4096, 1024, false),
          softmax(4096, 128, false),
          softmax(32, 50_000, false),
          softmax(4096, 1024, true),
          softmax(4096, 128, true),
          softmax(32, 50_000, true),
          layerNorm(4096, 768, false),
          layerNorm(4096, 128, false),
          layerNorm(4096, 768, true),
          layerNorm(4096, 128, true),
          crossEntropy(512, 50_000, false),
          crossEntropy(512, 50_000, true));

  private NormRows() {}

  private static Row softmax(int rows, int cols, boolean backward) {
    Row row =
        Row.either(
            backward,
            "softmax",
            rows + "×" + cols,
            1.3,
            Work.floats((backward ? 5.0 : 2.0) * rows * cols),
            x -> x[0].softmax(1),
            List.of("torch.softmax(a, 1)"),
            normal(rows, cols));
    return backward ? row : row.with(Onnx.of("Softmax", 1, Onnx.number("axis", 1)));
  }

  private static Row layerNorm(int rows, int cols, boolean backward) {
    int[] last = {cols};
    Row row =
        Row.either(
            backward,
            "layer norm",
            rows + "×" + cols,
            1.3,
            Work.floats((backward ? 5.0 : 2.0) * rows * cols),
            x -> F.layerNorm(x[0], last, x[1], x[2], 1e-5),
            List.of("torch.layer_norm(a, [" + cols + "], b, c)"),
            normal(rows, cols),
            normal(cols),
            normal(cols));
    return backward ? row : row.with(Onnx.of("LayerNormalization", 3, Onnx.number("axis", 1)));
  }

  private static Row crossEntropy(int rows, int classes, boolean backward) {
    return Row.either(
        backward,
        "cross-entropy",
        rows + "×" + classes,
        3,
        Work.floats((backward ? 2.0 : 1.0) * rows * classes),
        x -> F.crossEntropy(x[0], x[1]),
        List.of("torch.cross_entropy_loss(a, b)"),
        normal(rows, classes),
        ids(classes, rows));
  }
}
