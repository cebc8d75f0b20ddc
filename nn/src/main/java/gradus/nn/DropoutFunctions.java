package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.Arrays;

/**
 * The functions of {@link F} that drop whole channels, or so that mean and variance stay. Draws as
 * PyTorch: one number a channel or element, in row-major order.
 */
public abstract sealed class DropoutFunctions extends ConvolutionFunctions
    permits ShuffleFunctions {
  /** What selu gives for −∞, negative: where alpha dropout sends what it drops. */
  private static final double ALPHA = 1.7580993408473766;

  /** {@link #dropout1d(Tensor, double, boolean)} of a half, in training. */
  public static Tensor dropout1d(Tensor input) {
    return dropout1d(input, 0.5, true);
  }

  /**
   * In training whole channels zeroed with probability {@code p} and the rest scaled by 1/(1−p).
   * PyTorch: {@code F.dropout1d}.
   *
   * @param input [N, C, L] or [C, L]
   * @param p the probability of a zero
   * @param training whether to drop at all
   */
  public static Tensor dropout1d(Tensor input, double p, boolean training) {
    rank("dropout1d", input, 2, 3);
    return sample("dropout1d", input, 3, p, training);
  }

  /** {@link #dropout2d(Tensor, double, boolean)} of a half, in training. */
  public static Tensor dropout2d(Tensor input) {
    return dropout2d(input, 0.5, true);
  }

  /**
   * In training whole channels zeroed with probability {@code p} and the rest scaled by 1/(1−p).
   * PyTorch: {@code F.dropout2d}, which takes three dimensions for [N, C, L].
   *
   * @param input [N, C, H, W] or [N, C, L]
   * @param p the probability of a zero
   * @param training whether to drop at all
   */
  public static Tensor dropout2d(Tensor input, double p, boolean training) {
    return channels("dropout2d", input, p, training, false);
  }

  /** {@link #dropout3d(Tensor, double, boolean)} of a half, in training. */
  public static Tensor dropout3d(Tensor input) {
    return dropout3d(input, 0.5, true);
  }

  /**
   * In training whole channels zeroed with probability {@code p} and the rest scaled by 1/(1−p).
   * PyTorch: {@code F.dropout3d}.
   *
   * @param input [N, C, D, H, W] or [C, D, H, W]
   * @param p the probability of a zero
   * @param training whether to drop at all
   */
  public static Tensor dropout3d(Tensor input, double p, boolean training) {
    rank("dropout3d", input, 4, 5);
    return sample("dropout3d", input, 5, p, training);
  }

  /** {@link #alphaDropout(Tensor, double, boolean)} of a half. */
  public static Tensor alphaDropout(Tensor input, boolean training) {
    return alphaDropout(input, 0.5, training);
  }

  /**
   * In training elements sent to selu's lowest value with probability {@code p}, and all scaled and
   * shifted so that mean 0 and variance 1 stay. PyTorch: {@code F.alpha_dropout}; Klambauer et al.
   * 2017.
   *
   * @param input any shape
   * @param p the probability of an element
   * @param training whether to drop at all
   */
  public static Tensor alphaDropout(Tensor input, double p, boolean training) {
    given(input);
    Checks.probability("alphaDropout", p);
    return skips(input, p, training)
        ? input
        : alpha("alphaDropout", input, input.shape().toArray(), p);
  }

  /** {@link #featureAlphaDropout(Tensor, double, boolean)} of a half. */
  public static Tensor featureAlphaDropout(Tensor input, boolean training) {
    return featureAlphaDropout(input, 0.5, training);
  }

  /**
   * {@link #alphaDropout(Tensor, double, boolean)} of whole channels. PyTorch: {@code
   * F.feature_alpha_dropout}.
   *
   * @param input [N, C, *]
   * @param p the probability of a channel
   * @param training whether to drop at all
   */
  public static Tensor featureAlphaDropout(Tensor input, double p, boolean training) {
    return channels("featureAlphaDropout", input, p, training, true);
  }

  private static void rank(String op, Tensor input, int single, int batched) {
    if (given(input).dim() != single && input.dim() != batched) {
      throw Checks.invalid(
          op,
          "expected %sD or %sD input, but received a %sD input %s. It must be [N, C, *] or [C, *]."
              .formatted(single, batched, input.dim(), input.shape()));
    }
  }

  private static Tensor sample(String op, Tensor input, int batched, double p, boolean training) {
    return input.dim() == batched
        ? channels(op, input, p, training, false)
        : channels(op, input.unsqueeze(0), p, training, false).squeeze(0);
  }

  private static boolean skips(Tensor input, double p, boolean training) {
    return !training || p == 0 || input.numel() == 0;
  }

  private static Tensor channels(
      String op, Tensor input, double p, boolean training, boolean alpha) {
    given(input);
    Checks.probability(op, p);
    if (skips(input, p, training)) {
      return input;
    }
    if (input.dim() < 2) {
      throw Checks.invalid(
          op,
          "the input is %s. Channels are dropped of at least 2 dimensions: [N, C, *]."
              .formatted(input.shape()));
    }
    int[] one = new int[input.dim()];
    Arrays.fill(one, 1);
    one[0] = input.size(0);
    one[1] = input.size(1);
    return alpha ? alpha(op, input, one, p) : input.mul(kept(op, input, one, p));
  }

  /** 0 where something is dropped, elsewhere 1/(1 − p). */
  private static Tensor kept(String op, Tensor input, int[] shape, double p) {
    Checks.floating(op, "input", input);
    DType dtype = input.dtype();
    return p == 1 ? Tensor.zeros(dtype, shape) : Tensor.dropout(Tensor.ones(dtype, shape), p);
  }

  private static Tensor alpha(String op, Tensor input, int[] shape, double p) {
    Tensor kept = kept(op, input, shape, p);
    if (p == 1) {
      return input.mul(kept);
    }
    double a = 1 / Math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p));
    Tensor noise = kept.gt(0).to(input.dtype());
    Tensor shift = noise.sub(1).mul(ALPHA * a).add(ALPHA * a * p);
    return input.mul(noise.mul(a)).add(shift);
  }
}
