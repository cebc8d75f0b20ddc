package gradus.nn.functional;

import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.Arrays;

/**
 * What batch, group and instance norm share: each brings rows of an input [N, C, *] to mean 0 and
 * variance 1, which is what layer norm's kernel does, and then scales and shifts its channels.
 */
public final class ChannelNorms {
  private ChannelNorms() {}

  /** The rows of a matrix at mean 0 and variance 1. */
  public static Tensor rows(Tensor matrix, double eps) {
    return Tensor.layerNorm(matrix, new int[] {matrix.size(1)}, null, null, eps);
  }

  /** Each channel of [N, C, *] normalised over the whole batch. */
  public static Tensor overBatch(Tensor input, double eps) {
    Tensor first = input.transpose(0, 1);
    Tensor normal = rows(first.reshape(input.size(1), -1), eps);
    return normal.reshape(first.shape().toArray()).transpose(0, 1);
  }

  /** Input · weight + bias, one number of each a channel; null for 1 and 0. */
  public static Tensor affine(Tensor input, Tensor weight, Tensor bias) {
    Tensor scaled = weight == null ? input : input.mul(channels(weight, input));
    return bias == null ? scaled : scaled.add(channels(bias, input));
  }

  /** By given means and variances of the channels. */
  public static Tensor byStatistics(
      Tensor input, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double eps) {
    Tensor scale = variance.detach().add(eps).rsqrt();
    if (weight != null) {
      scale = scale.mul(weight);
    }
    Tensor shift = mean.detach().mul(scale).neg();
    return affine(input, scale, bias == null ? shift : shift.add(bias));
  }

  /** The vector [C] as [1, C, 1, …], for an input [N, C, *]. */
  private static Tensor channels(Tensor vector, Tensor input) {
    int[] shape = new int[input.dim()];
    Arrays.fill(shape, 1);
    shape[1] = vector.numel();
    return vector.reshape(shape);
  }

  /**
   * Moves running statistics towards those of the input, in place: {@code (1 - momentum) · old +
   * momentum · new}, the variance with Bessel's correction.
   *
   * @param mean the running means [C], or null
   * @param variance the running variances [C], or null
   * @param rows the input as [samples of the statistics, C, n]
   */
  public static void track(Tensor mean, Tensor variance, Tensor rows, double momentum) {
    try (var _ = GradMode.noGrad()) {
      if (mean != null) {
        mean.copy_(mean.mul(1 - momentum).add(rows.mean(2).mean(0).mul(momentum)));
      }
      if (variance != null) {
        Tensor now = rows.var(2, true, false).mean(0);
        variance.copy_(variance.mul(1 - momentum).add(now.mul(momentum)));
      }
    }
  }

  /** A vector of one number a channel, in the dtype of the input; null is none. */
  public static void perChannel(String op, String name, Tensor vector, Tensor input, int channels) {
    if (vector != null && (vector.numel() != channels || vector.dim() != 1)) {
      throw Checks.invalid(
          op,
          "%s is %s, and the input %s has %s channels. It must be [%s], one number a channel."
              .formatted(name, vector.shape(), input.shape(), channels, channels));
    }
    if (vector != null && vector.dtype() != input.dtype()) {
      throw Checks.invalid(
          op,
          "%s is %s and the input %s. Both must have one dtype. Use x.to(DType.%s)."
              .formatted(name, vector.dtype(), input.dtype(), vector.dtype()));
    }
  }
}
