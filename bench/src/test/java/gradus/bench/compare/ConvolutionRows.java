package gradus.bench.compare;

import static gradus.bench.compare.Input.normal;

import gradus.nn.F;
import java.util.List;

/** Kernels that slide over images. */
final class ConvolutionRows {

  static final List<Row> ROWS =
      List.of(
          square(16, 64, 64, 32, 3, 0.7, false),
          square(16, 64, 64, 32, 3, 0.7, true),
          square(16, 64, 128, 32, 1, 0.7, true),
          square(64, 3, 32, 32, 3, 0.7, true));

  private ConvolutionRows() {}

  /** Images and kernels as high as wide, the output as large as the input. */
  private static Row square(
      int batch, int in, int out, int size, int kernel, double bar, boolean backward) {
    int pad = kernel / 2;
    double flops = 2.0 * batch * in * out * size * size * kernel * kernel;
    return Row.either(
        backward,
        "conv2d",
        "%s×%s×%s², %s of %s²".formatted(batch, in, size, out, kernel),
        bar,
        Work.flops((backward ? 3 : 1) * flops),
        x -> F.conv2d(x[0], x[1], x[2], 1, pad),
        List.of("torch.conv2d(a, b, c, [1, 1], [%s, %s])".formatted(pad, pad)),
        normal(batch, in, size, size),
        normal(out, in, kernel, kernel),
        normal(out));
  }
}
