package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import java.util.Arrays;

/** The functions of {@link F} that rearrange channels and pixels. */
public abstract sealed class ShuffleFunctions extends DropoutFunctions permits AttentionFunctions {
  /**
   * Channels as pixels: [*, C · r², H, W] to [*, C, H · r, W · r]. PyTorch: {@code
   * F.pixel_shuffle}; Shi et al. 2016.
   *
   * @param input at least three dimensions
   * @param upscaleFactor r
   */
  public static Tensor pixelShuffle(Tensor input, int upscaleFactor) {
    int r = factor("pixelShuffle", input, upscaleFactor);
    int[] s = input.shape().toArray();
    int k = s.length - 3;
    if (s[k] % (r * r) != 0) {
      throw Checks.invalid(
          "pixelShuffle",
          "%s channels of %s are not divisible by upscaleFactor² = %s."
              .formatted(s[k], input.shape(), r * r));
    }
    int[] apart = Arrays.copyOf(s, k + 5);
    int c = s[k] / (r * r);
    System.arraycopy(new int[] {c, r, r, s[k + 1], s[k + 2]}, 0, apart, k, 5);
    int[] out = Arrays.copyOf(s, k + 3);
    System.arraycopy(new int[] {c, s[k + 1] * r, s[k + 2] * r}, 0, out, k, 3);
    return rearranged(input, apart, k, new int[] {0, 3, 1, 4, 2}, out);
  }

  /**
   * Pixels as channels, the inverse of {@link #pixelShuffle}: [*, C, H · r, W · r] to [*, C · r²,
   * H, W]. PyTorch: {@code F.pixel_unshuffle}.
   *
   * @param input at least three dimensions
   * @param downscaleFactor r
   */
  public static Tensor pixelUnshuffle(Tensor input, int downscaleFactor) {
    int r = factor("pixelUnshuffle", input, downscaleFactor);
    int[] s = input.shape().toArray();
    int k = s.length - 3;
    if (s[k + 1] % r != 0 || s[k + 2] % r != 0) {
      throw Checks.invalid(
          "pixelUnshuffle",
          "height and width of %s are not divisible by downscaleFactor %s."
              .formatted(input.shape(), r));
    }
    int[] apart = Arrays.copyOf(s, k + 5);
    System.arraycopy(new int[] {s[k], s[k + 1] / r, r, s[k + 2] / r, r}, 0, apart, k, 5);
    int[] out = Arrays.copyOf(s, k + 3);
    System.arraycopy(new int[] {s[k] * r * r, s[k + 1] / r, s[k + 2] / r}, 0, out, k, 3);
    return rearranged(input, apart, k, new int[] {0, 2, 4, 1, 3}, out);
  }

  /**
   * Channels dealt out anew: those of each group one after the other become every groups-th one.
   * PyTorch: {@code F.channel_shuffle}; Zhang et al. 2018.
   *
   * @param input [N, C, *]
   * @param groups a divisor of C
   */
  public static Tensor channelShuffle(Tensor input, int groups) {
    if (given(input).dim() < 3 || groups < 1 || input.size(1) % groups != 0) {
      throw Checks.invalid(
          "channelShuffle",
          "input %s and %s groups. It must be [N, C, *] with C divisible by groups."
              .formatted(input.shape(), groups));
    }
    int[] s = input.shape().toArray();
    int rest = input.numel() == 0 ? 0 : input.numel() / s[0] / s[1];
    return input.reshape(s[0], groups, s[1] / groups, rest).transpose(1, 2).reshape(s);
  }

  private static int factor(String op, Tensor input, int factor) {
    if (given(input).dim() < 3 || factor < 1) {
      throw Checks.invalid(
          op,
          "input %s and factor %s. It must be [*, C, H, W], and the factor positive."
              .formatted(input.shape(), factor));
    }
    return factor;
  }

  /** The last five of the dimensions in another order, and then put together. */
  private static Tensor rearranged(Tensor input, int[] apart, int lead, int[] order, int[] out) {
    int[] dims = new int[lead + 5];
    Arrays.setAll(dims, d -> d < lead ? d : lead + order[d - lead]);
    return input.reshape(apart).permute(dims).reshape(out);
  }
}
