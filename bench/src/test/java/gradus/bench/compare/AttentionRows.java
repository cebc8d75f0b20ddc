package gradus.bench.compare;

import static gradus.bench.compare.Input.normal;

import gradus.nn.F;
import java.util.List;

/** Scaled dot-product attention; the peer may take its flash kernel or its plain path. */
final class AttentionRows {

  /** With 4 dimensions libtorch takes the flash kernel, with 3 the plain path. */
  private static final List<String> SCRIPTS =
      List.of(
          "torch.squeeze(torch.scaled_dot_product_attention("
              + "torch.unsqueeze(a, 1), torch.unsqueeze(b, 1), torch.unsqueeze(c, 1)), 1)",
          "torch.scaled_dot_product_attention(a, b, c)");

  static final List<Row> ROWS =
      List.of(
          attention(32, 128, 384, false),
          attention(8, 512, 64, false),
          attention(32, 128, 384, true),
          attention(8, 512, 64, true));

  private AttentionRows() {}

  private static Row attention(int batch, int length, int width, boolean backward) {
    Input input = normal(batch, length, width);
    double product = 2.0 * batch * length * length * width;
    return Row.either(
        backward,
        "attention",
        batch + "×" + length + "×" + width,
        1.2,
        Work.flops((backward ? 6 : 2) * product),
        x -> F.scaledDotProductAttention(x[0], x[1], x[2]),
        SCRIPTS,
        input,
        input,
        input);
  }
}
