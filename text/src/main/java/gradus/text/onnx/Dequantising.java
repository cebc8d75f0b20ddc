package gradus.text.onnx;

import gradus.tensor.Tensor;
import gradus.tensor.io.Elements;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Quoted;
import java.nio.file.Path;
import java.util.Arrays;

/** Weights that were rounded to bytes, as floats again: {@code (q - zero point) * scale}. */
final class Dequantising {
  private Dequantising() {}

  /**
   * The weight.
   *
   * @param zero the zero points, null for 0
   * @throws FormatException unless there is one scale, or one per row or per column, and as many
   *     zero points
   */
  static Tensor weight(Path file, String name, OnnxTensor q, OnnxTensor scale, OnnxTensor zero) {
    int[] sizes = q.values().shape().toArray();
    int rank = sizes.length;
    int parts = scale.values().numel();
    boolean perRow = rank > 0 && sizes[0] == parts;
    boolean perColumn = rank > 1 && sizes[rank - 1] == parts;
    int zeros = zero == null ? parts : zero.values().numel();
    boolean numbers =
        q.isByte() && scale.values().isFloatingPoint() && (zero == null || zero.isByte());
    if (!numbers || parts == 0 || zeros != parts || (parts != 1 && !perRow && !perColumn)) {
      throw new FormatException(
          file,
          "initializer \"" + Quoted.of(name) + "\"",
          "%s of %s has %d scales and %d zero points. There must be one, or one per row or column."
              .formatted(q.type(), q.values().shape(), parts, zeros));
    }
    float[] factor = scale.values().toFloatArray();
    int[] origin = zero == null ? new int[parts] : zero.values().toIntArray();
    int[] from = q.values().toIntArray();
    float[] out = new float[from.length];
    // A square matrix could be meant either way; ONNX's axis is 1 where nothing else is said.
    int run = parts == 1 ? out.length : perColumn ? 1 : out.length / parts;
    for (int i = 0, part = 0; i < out.length; part = (part + 1) % parts) {
      int zeroPoint = origin[part];
      float step = factor[part];
      for (int end = i + run; i < end; i++) {
        out[i] = (from[i] - zeroPoint) * step;
      }
    }
    return Elements.tensor(out, Arrays.stream(sizes).asLongStream().toArray());
  }
}
