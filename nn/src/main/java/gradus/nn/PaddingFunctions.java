package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The functions of {@link F} that put a border around a tensor. */
public abstract sealed class PaddingFunctions extends EmbeddingFunctions permits NormFunctions {
  /** The input with zeros around it. PyTorch: {@code F.pad(input, pad)}. */
  public static Tensor pad(Tensor input, int[] pad) {
    return pad(input, pad, "constant", 0);
  }

  /** The input with a border that continues it. PyTorch: {@code F.pad(input, pad, mode)}. */
  public static Tensor pad(Tensor input, int[] pad, String mode) {
    return pad(input, pad, mode, 0);
  }

  /**
   * The input with a border: {@code pad} = {left, right} of the last dimension, then {left, right}
   * of the one before, and so on; negative numbers cut off. PyTorch: {@code F.pad}.
   *
   * @param input any shape
   * @param pad two numbers a dimension, the last dimension first
   * @param mode {@code "constant"}, or {@code "reflect"}, {@code "replicate"}, {@code "circular"}
   * @param value the border of constant
   * @return the input, larger by the border
   */
  public static Tensor pad(Tensor input, int[] pad, String mode, double value) {
    given(input);
    given(pad, "pad");
    if (pad.length % 2 != 0 || pad.length / 2 > input.dim()) {
      throw Checks.invalid(
          "pad",
          ("%s numbers for %s. Padding length must be divisible by 2 and at most twice the "
                  + "number of dimensions.")
              .formatted(pad.length, input.shape()));
    }
    Tensor out = input;
    for (int i = 0; i < pad.length / 2; i++) {
      int dim = input.dim() - 1 - i;
      int left = pad[2 * i];
      int right = pad[2 * i + 1];
      check(out, dim, left, right, mode);
      if (out.size(dim) + left + right < 0) {
        throw Checks.invalid(
            "pad",
            "dimension %s of %s would become negative. Cut off at most its size."
                .formatted(dim, input.shape()));
      }
      out =
          mode.equals("constant")
              ? constant(out, dim, left, right, value)
              : out.indexSelect(dim, Tensor.of(continued(out, dim, left, right, mode)));
    }
    return out;
  }

  private static void check(Tensor input, int dim, int left, int right, String mode) {
    int size = input.size(dim);
    if (!List.of("constant", "reflect", "replicate", "circular").contains(given(mode, "mode"))) {
      throw Checks.invalid(
          "pad", "unknown mode " + mode + ". Use constant, reflect, replicate or circular.");
    }
    String padding = "{" + left + ", " + right + "} for dimension " + dim + " of " + input.shape();
    if ((long) size + left + right > Integer.MAX_VALUE) {
      throw Checks.invalid("pad", padding + " is too large. Use less.");
    }
    long kept = (long) size + Math.min(0, left) + Math.min(0, right);
    if (kept < 0) {
      throw Checks.invalid("pad", padding + " cuts off more than there is. Use at most its size.");
    }
    if (!mode.equals("constant") && kept == 0 && (left > 0 || right > 0)) {
      throw Checks.invalid(
          "pad", padding + ": there is nothing to be continued. Use mode constant.");
    }
    if (mode.equals("circular") && (left > size || right > size)) {
      throw Checks.invalid(
          "pad",
          padding + ". Padding value causes wrapping around more than once. Use at most its size.");
    }
  }

  private static Tensor constant(Tensor input, int dim, int left, int right, double value) {
    int cutLeft = Math.max(0, -left);
    Tensor middle = input.narrow(dim, cutLeft, input.size(dim) - cutLeft - Math.max(0, -right));
    List<Tensor> parts = new ArrayList<>();
    if (left > 0) {
      parts.add(border(input, dim, left, value));
    }
    parts.add(middle);
    if (right > 0) {
      parts.add(border(input, dim, right, value));
    }
    return parts.size() == 1 ? middle.clone() : Tensor.cat(parts, dim);
  }

  private static Tensor border(Tensor input, int dim, int size, double value) {
    int[] shape = input.shape().toArray();
    shape[dim] = size;
    return Tensor.zeros(input.dtype(), shape).fill_(value);
  }

  /** Which position of the input stands at each position of the output. */
  private static long[] continued(Tensor input, int dim, int left, int right, String mode) {
    int size = input.size(dim);
    long[] from = new long[size + left + right];
    int cropLeft = Math.max(0, -left);
    int cropped = size - cropLeft - Math.max(0, -right);
    for (int i = 0; i < from.length; i++) {
      int position = i - left;
      from[i] =
          switch (mode) {
            case "replicate" -> Math.clamp(position, 0, size - 1);
            case "circular" -> cropLeft + Math.floorMod(position - cropLeft, cropped);
            default -> reflected(position, size, input, dim);
          };
    }
    return from;
  }

  private static int reflected(int position, int size, Tensor input, int dim) {
    int mirrored =
        position < 0 ? -position : position >= size ? 2 * (size - 1) - position : position;
    if (mirrored < 0 || mirrored >= size) {
      throw Checks.invalid(
          "pad",
          ("reflecting dimension %s of %s. Padding size should be less than the "
                  + "corresponding input dimension.")
              .formatted(dim, input.shape()));
    }
    return mirrored;
  }
}
