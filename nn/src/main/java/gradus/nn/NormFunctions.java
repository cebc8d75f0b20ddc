package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.ChannelNorms;
import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.Arrays;

/** The functions of {@link F} that normalise by channel, group or size. */
public abstract sealed class NormFunctions extends PaddingFunctions permits AveragePoolFunctions {
  /**
   * {@link #batchNorm(Tensor, Tensor, Tensor, Tensor, Tensor, boolean, double, double)} by the
   * running statistics. PyTorch: {@code F.batch_norm(input, running_mean, running_var)}.
   */
  public static Tensor batchNorm(Tensor input, Tensor runningMean, Tensor runningVar) {
    return batchNorm(input, runningMean, runningVar, null, null, false, 0.1, 1e-5);
  }

  /**
   * Each channel brought to mean 0 and variance 1, then scaled and shifted: in training by the mean
   * and variance of the batch, which also move the running ones; else by the running ones. PyTorch:
   * {@code F.batch_norm}; Ioffe and Szegedy 2015.
   *
   * @param input [N, C, *]
   * @param runningMean [C], changed in place in training; null for none, in training only
   * @param runningVar [C], likewise
   * @param weight [C], or null for 1
   * @param bias [C], or null for 0
   * @param training whether to normalise by the batch
   * @param momentum how far the running statistics move
   * @param eps added to the variance
   * @return the shape of the input
   * @throws IllegalArgumentException in training for a single value per channel, which has no
   *     variance
   */
  public static Tensor batchNorm(
      Tensor input,
      Tensor runningMean,
      Tensor runningVar,
      Tensor weight,
      Tensor bias,
      boolean training,
      double momentum,
      double eps) {
    Checks.floating("batchNorm", "input", input);
    int channels = input.dim() < 2 ? input.numel() : input.size(1);
    perChannel("batchNorm", input, channels, runningMean, runningVar, weight, bias);
    if (!training && (runningMean == null || runningVar == null)) {
      throw Checks.invalid(
          "batchNorm",
          "runningMean or runningVar is null. Outside of training both are needed. Give them, or "
              + "training = true.");
    }
    if (input.numel() == 0) {
      return input.clone();
    }
    if (input.dim() < 2) {
      throw Checks.invalid(
          "batchNorm", "the input is " + input.shape() + ". It must be [N, C, *].");
    }
    if (!training) {
      return ChannelNorms.byStatistics(input, runningMean, runningVar, weight, bias, eps);
    }
    moreThanOne("batchNorm", "value per channel", input.numel() / channels, input);
    if (runningMean != null || runningVar != null) {
      Tensor rows = input.detach().transpose(0, 1).reshape(1, channels, -1);
      ChannelNorms.track(runningMean, runningVar, rows, momentum);
    }
    return ChannelNorms.affine(ChannelNorms.overBatch(input, eps), weight, bias);
  }

  private static void perChannel(String op, Tensor input, int channels, Tensor... vectors) {
    String[] names = {"runningMean", "runningVar", "weight", "bias"};
    for (int i = 0; i < vectors.length; i++) {
      ChannelNorms.perChannel(op, names[i], vectors[i], input, channels);
    }
  }

  private static void moreThanOne(String op, String what, int count, Tensor input) {
    if (count == 1) {
      throw Checks.invalid(
          op,
          ("expected more than 1 %s when training, got input size %s. One value has no variance. "
                  + "Give a larger batch, or use eval().")
              .formatted(what, input.shape()));
    }
  }

  /** {@link #groupNorm(Tensor, int, Tensor, Tensor, double)} without weight, eps 1e-5. */
  public static Tensor groupNorm(Tensor input, int numGroups) {
    return groupNorm(input, numGroups, null, null, 1e-5);
  }

  /**
   * Each group of channels of each sample brought to mean 0 and variance 1, then the channels
   * scaled and shifted. PyTorch: {@code F.group_norm}; Wu and He 2018.
   *
   * @param input [N, C, *]
   * @param numGroups a divisor of C
   * @param weight [C], or null for 1
   * @param bias [C], or null for 0
   * @param eps added to the variance
   * @return the shape of the input
   */
  public static Tensor groupNorm(
      Tensor input, int numGroups, Tensor weight, Tensor bias, double eps) {
    Checks.floating("groupNorm", "input", input);
    if (input.dim() < 2 || numGroups < 1 || input.size(1) % numGroups != 0) {
      throw Checks.invalid(
          "groupNorm",
          "the input %s does not fall into %s groups. It must be [N, C, *], C divisible by them."
              .formatted(input.shape(), numGroups));
    }
    ChannelNorms.perChannel("groupNorm", "weight", weight, input, input.size(1));
    ChannelNorms.perChannel("groupNorm", "bias", bias, input, input.size(1));
    if (input.numel() == 0) {
      return input.clone();
    }
    Tensor rows = ChannelNorms.rows(input.reshape(input.size(0) * numGroups, -1), eps);
    return ChannelNorms.affine(rows.reshape(input.shape().toArray()), weight, bias);
  }

  /**
   * {@link #instanceNorm(Tensor, Tensor, Tensor, Tensor, Tensor, boolean, double, double)} by the
   * statistics of the input. PyTorch: {@code F.instance_norm(input)}.
   */
  public static Tensor instanceNorm(Tensor input) {
    return instanceNorm(input, null, null, null, null, true, 0.1, 1e-5);
  }

  /**
   * Each channel of each sample brought to mean 0 and variance 1, then scaled and shifted. PyTorch:
   * {@code F.instance_norm}; Ulyanov et al. 2016.
   *
   * @param input [N, C, *] with at least one dimension behind C
   * @param runningMean [C], changed in place with {@code useInputStats}; null for none
   * @param runningVar [C], likewise
   * @param weight [C], or null for 1
   * @param bias [C], or null for 0
   * @param useInputStats whether to normalise by the input, not by the running statistics
   * @param momentum how far the running statistics move
   * @param eps added to the variance
   * @return the shape of the input
   */
  public static Tensor instanceNorm(
      Tensor input,
      Tensor runningMean,
      Tensor runningVar,
      Tensor weight,
      Tensor bias,
      boolean useInputStats,
      double momentum,
      double eps) {
    Checks.floating("instanceNorm", "input", input);
    if (input.dim() < 3) {
      throw Checks.invalid(
          "instanceNorm", "the input is " + input.shape() + ". It must be [N, C, *].");
    }
    int channels = input.size(1);
    perChannel("instanceNorm", input, channels, runningMean, runningVar, weight, bias);
    if (!useInputStats && (runningMean == null || runningVar == null)) {
      throw Checks.invalid(
          "instanceNorm",
          "runningMean or runningVar is null. Both are needed. Give them, or useInputStats = true.");
    }
    if (input.numel() == 0) {
      return input.clone();
    }
    if (!useInputStats) {
      return ChannelNorms.byStatistics(input, runningMean, runningVar, weight, bias, eps);
    }
    int rows = input.size(0) * channels;
    moreThanOne("instanceNorm", "spatial element", input.numel() / rows, input);
    if (runningMean != null || runningVar != null) {
      Tensor samples = input.detach().reshape(input.size(0), channels, -1);
      ChannelNorms.track(runningMean, runningVar, samples, momentum);
    }
    Tensor normal = ChannelNorms.rows(input.reshape(rows, -1), eps);
    return ChannelNorms.affine(normal.reshape(input.shape().toArray()), weight, bias);
  }

  /**
   * {@link #rmsNorm(Tensor, int[], Tensor, Double)} without weight. PyTorch: {@code F.rms_norm}.
   */
  public static Tensor rmsNorm(Tensor input, int... normalizedShape) {
    return rmsNorm(input, normalizedShape, null, null);
  }

  /**
   * The input divided by the root of the mean of its squares over the last dimensions, then scaled.
   * PyTorch: {@code F.rms_norm}; Zhang and Sennrich 2019.
   *
   * @param input [*, normalizedShape]
   * @param normalizedShape the sizes of the last dimensions
   * @param weight of that shape, or null for 1
   * @param eps added to the mean; null for the distance from 1 to the next number of the dtype
   * @return the shape of the input
   */
  public static Tensor rmsNorm(Tensor input, int[] normalizedShape, Tensor weight, Double eps) {
    Checks.floating("rmsNorm", "input", input);
    int k = given(normalizedShape, "normalizedShape").length;
    int[] shape = input.shape().toArray();
    if (k == 0
        || k > shape.length
        || !Arrays.equals(
            normalizedShape, Arrays.copyOfRange(shape, shape.length - k, shape.length))) {
      throw Checks.invalid(
          "rmsNorm",
          "the input %s does not end in normalizedShape %s. Its last sizes must equal it."
              .formatted(input.shape(), Shape.of(normalizedShape)));
    }
    if (weight != null && !weight.shape().equals(Shape.of(normalizedShape))) {
      throw Checks.invalid(
          "rmsNorm",
          "weight is %s but normalizedShape %s. They must agree."
              .formatted(weight.shape(), Shape.of(normalizedShape)));
    }
    int[] last = new int[k];
    Arrays.setAll(last, i -> shape.length - k + i);
    double least = input.dtype() == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
    Tensor square = input.square().mean(last, true).add(eps == null ? least : eps);
    Tensor normal = input.mul(square.rsqrt());
    return weight == null ? normal : normal.mul(weight);
  }

  /** {@link #localResponseNorm(Tensor, int, double, double, double)} with 1e-4, 0.75 and 1. */
  public static Tensor localResponseNorm(Tensor input, int size) {
    return localResponseNorm(input, size, 1e-4, 0.75, 1);
  }

  /**
   * The input divided by {@code (k + alpha · mean of the squares of the size channels
   * around)^beta}. PyTorch: {@code F.local_response_norm}; Krizhevsky et al. 2012.
   *
   * @param input [N, C, *] with at least one dimension behind C
   * @param size how many channels, {@code size / 2} of them before; those that do not exist count 0
   * @param alpha the factor of the mean
   * @param beta the exponent
   * @param k added to the mean
   * @return the shape of the input
   */
  public static Tensor localResponseNorm(
      Tensor input, int size, double alpha, double beta, double k) {
    if (given(input).dim() < 3 || size < 1) {
      throw Checks.invalid(
          "localResponseNorm",
          "input %s and size %s. The input must be [N, C, *], the size at least 1."
              .formatted(input.shape(), size));
    }
    if (input.dtype() == DType.BOOL) {
      throw Checks.invalid(
          "localResponseNorm", "input must be a number but is BOOL. Use x.toFloat().");
    }
    if (input.numel() == 0) {
      return input;
    }
    int channels = input.size(1);
    int[] from = new int[channels];
    int[] to = new int[channels];
    Arrays.setAll(from, c -> Math.max(0, c - size / 2));
    Arrays.setAll(to, c -> (int) Math.min(channels, (long) c - size / 2 + size));
    Tensor sums = Tensor.sumWindows(input.mul(input), 1, from, to);
    boolean whole = !input.dtype().isFloatingPoint();
    Tensor mean = whole ? sums.floorDivide(size) : sums.div(size);
    return input.div(mean.mul(alpha).add(k).pow(beta));
  }
}
