package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Generator;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Ways to fill a parameter before training; each fills its tensor in place and returns it.
 *
 * <p>All draw in PyTorch's order, so that the same seed gives the same numbers: from the default
 * generator, or from a given one where their last argument is a {@link Generator}. PyTorch: {@code
 * torch.nn.init}.
 */
@Door
public final class Init {
  private Init() {}

  private static final ScopedValue<Boolean> SKIPPED = ScopedValue.newInstance();

  /**
   * What {@code maker} makes, its parameters left as they come: the methods of this class fill
   * nothing meanwhile. For layers whose parameters are about to be loaded. PyTorch: {@code
   * torch.nn.utils.skip_init}.
   *
   * <pre>{@code
   * Linear layer = Init.skip(() -> new Linear(768, 768));
   * layer.loadStateDict(state);
   * }</pre>
   *
   * @param maker makes a layer
   */
  public static <L extends Layer> L skip(Supplier<L> maker) {
    return ScopedValue.where(SKIPPED, true).call(given(maker, "maker")::get);
  }

  /** {@code tensor}, drawn uniformly from [0, 1). PyTorch: {@code uniform_}. */
  public static Tensor uniform_(Tensor tensor) {
    return uniform_(tensor, 0, 1);
  }

  /** {@code tensor}, drawn uniformly from [a, b). PyTorch: {@code uniform_(tensor, a, b)}. */
  public static Tensor uniform_(Tensor tensor, double a, double b) {
    return uniform_(tensor, a, b, Generator.standard());
  }

  /** {@code tensor}, drawn uniformly from [a, b) by {@code generator}. */
  public static Tensor uniform_(Tensor tensor, double a, double b, Generator generator) {
    return fill(tensor, t -> t.uniform_(a, b, generator));
  }

  /** {@code tensor}, drawn from N(0, 1). PyTorch: {@code normal_}. */
  public static Tensor normal_(Tensor tensor) {
    return normal_(tensor, 0, 1);
  }

  /** {@code tensor}, drawn from N(mean, std²). PyTorch: {@code normal_(tensor, mean, std)}. */
  public static Tensor normal_(Tensor tensor, double mean, double std) {
    return normal_(tensor, mean, std, Generator.standard());
  }

  /** {@code tensor}, drawn from N(mean, std²) by {@code generator}. */
  public static Tensor normal_(Tensor tensor, double mean, double std, Generator generator) {
    return fill(tensor, t -> t.normal_(mean, std, generator));
  }

  /** {@code tensor}, drawn from N(0, 1) cut off at ±2. PyTorch: {@code trunc_normal_}. */
  public static Tensor truncNormal_(Tensor tensor) {
    return truncNormal_(tensor, 0, 1, -2, 2);
  }

  /**
   * {@code tensor}, drawn from N(mean, std²) restricted to [a, b], by the inverse of the
   * distribution function. PyTorch: {@code trunc_normal_(tensor, mean, std, a, b)}.
   *
   * @param tensor the tensor to fill
   * @param mean the centre before the cut
   * @param std the deviation before the cut
   * @param a the least value
   * @param b the greatest value
   */
  public static Tensor truncNormal_(Tensor tensor, double mean, double std, double a, double b) {
    return truncNormal_(tensor, mean, std, a, b, Generator.standard());
  }

  /** The same by a generator of your own. */
  public static Tensor truncNormal_(
      Tensor tensor, double mean, double std, double a, double b, Generator generator) {
    double low = normalCdf((a - mean) / std);
    double high = normalCdf((b - mean) / std);
    return fill(
        tensor,
        t -> {
          t.uniform_(2 * low - 1, 2 * high - 1, generator);
          t.copy_(t.erfinv());
          t.mul_(std * Math.sqrt(2)).add_(mean).clamp_(a, b);
        });
  }

  /** {@code tensor}, all {@code val}. PyTorch: {@code constant_(tensor, val)}. */
  public static Tensor constant_(Tensor tensor, double val) {
    return fill(tensor, t -> t.fill_(val));
  }

  /** {@code tensor}, all 1. PyTorch: {@code ones_}. */
  public static Tensor ones_(Tensor tensor) {
    return constant_(tensor, 1);
  }

  /** {@code tensor}, all 0. PyTorch: {@code zeros_}. */
  public static Tensor zeros_(Tensor tensor) {
    return constant_(tensor, 0);
  }

  /**
   * {@code tensor} [rows, columns], 1 on the diagonal and 0 elsewhere. PyTorch: {@code eye_}.
   *
   * @param tensor a matrix
   * @throws IllegalArgumentException if it is not a matrix
   */
  public static Tensor eye_(Tensor tensor) {
    matrix("eye_", tensor);
    return fill(
        tensor,
        t -> {
          t.zero_();
          t.diagonal().fill_(1);
        });
  }

  /**
   * {@code tensor}, drawn by {@link #xavierUniform_(Tensor, double)} with gain 1. PyTorch: {@code
   * xavier_uniform_}.
   */
  public static Tensor xavierUniform_(Tensor tensor) {
    return xavierUniform_(tensor, 1);
  }

  /**
   * {@code tensor}, uniform in ±gain·√(6 / (fanIn + fanOut)). PyTorch: {@code
   * xavier_uniform_(tensor, gain)}; Glorot and Bengio 2010.
   *
   * @param tensor a tensor of 2 dimensions or more
   * @param gain a factor, see {@link #calculateGain}
   */
  public static Tensor xavierUniform_(Tensor tensor, double gain) {
    return xavierUniform_(tensor, gain, Generator.standard());
  }

  /** The same by a generator of your own. */
  public static Tensor xavierUniform_(Tensor tensor, double gain, Generator generator) {
    double std = gain * Math.sqrt(2.0 / (fanIn(tensor) + fanOut(tensor)));
    double bound = Math.sqrt(3.0) * std;
    return uniform_(tensor, -bound, bound, generator);
  }

  /**
   * {@code tensor}, drawn by {@link #xavierNormal_(Tensor, double)} with gain 1. PyTorch: {@code
   * xavier_normal_}.
   */
  public static Tensor xavierNormal_(Tensor tensor) {
    return xavierNormal_(tensor, 1);
  }

  /**
   * {@code tensor}, from N(0, gain²·2 / (fanIn + fanOut)). PyTorch: {@code xavier_normal_(tensor,
   * gain)}.
   */
  public static Tensor xavierNormal_(Tensor tensor, double gain) {
    return xavierNormal_(tensor, gain, Generator.standard());
  }

  /** The same by a generator of your own. */
  public static Tensor xavierNormal_(Tensor tensor, double gain, Generator generator) {
    double std = gain * Math.sqrt(2.0 / (fanIn(tensor) + fanOut(tensor)));
    return normal_(tensor, 0, std, generator);
  }

  /** {@code tensor}, for layers followed by ReLU, by fan-in. PyTorch: {@code kaiming_uniform_}. */
  public static Tensor kaimingUniform_(Tensor tensor) {
    return kaimingUniform_(tensor, 0, "fan_in", "leaky_relu");
  }

  /**
   * {@code tensor}, uniform in ±gain·√(3 / fan). PyTorch: {@code kaiming_uniform_}; He et al. 2015.
   *
   * @param tensor a tensor of 2 dimensions or more
   * @param a the negative slope of the rectifier, for {@code leaky_relu}
   * @param mode {@code "fan_in"} keeps the size of forward values, {@code "fan_out"} that of
   *     gradients
   * @param nonlinearity what follows the layer, see {@link #calculateGain}
   */
  public static Tensor kaimingUniform_(Tensor tensor, double a, String mode, String nonlinearity) {
    return kaimingUniform_(tensor, a, mode, nonlinearity, Generator.standard());
  }

  /** The same by a generator of your own. */
  public static Tensor kaimingUniform_(
      Tensor tensor, double a, String mode, String nonlinearity, Generator generator) {
    double bound = Math.sqrt(3.0) * kaimingStd(tensor, a, mode, nonlinearity);
    return uniform_(tensor, -bound, bound, generator);
  }

  /** {@code tensor}, for layers followed by ReLU, by fan-in. PyTorch: {@code kaiming_normal_}. */
  public static Tensor kaimingNormal_(Tensor tensor) {
    return kaimingNormal_(tensor, 0, "fan_in", "leaky_relu");
  }

  /**
   * {@code tensor}, from N(0, gain² / fan); the arguments are those of {@link #kaimingUniform_}.
   */
  public static Tensor kaimingNormal_(Tensor tensor, double a, String mode, String nonlinearity) {
    return kaimingNormal_(tensor, a, mode, nonlinearity, Generator.standard());
  }

  /** The same by a generator of your own. */
  public static Tensor kaimingNormal_(
      Tensor tensor, double a, String mode, String nonlinearity, Generator generator) {
    return normal_(tensor, 0, kaimingStd(tensor, a, mode, nonlinearity), generator);
  }

  /**
   * The recommended gain for {@code nonlinearity}. PyTorch: {@code calculate_gain(nonlinearity)}.
   */
  public static double calculateGain(String nonlinearity) {
    return calculateGain(nonlinearity, OptionalDouble.empty());
  }

  /**
   * The recommended gain for {@code nonlinearity} with a parameter. PyTorch: {@code
   * calculate_gain(nonlinearity, param)}.
   */
  public static double calculateGain(String nonlinearity, double param) {
    return calculateGain(nonlinearity, OptionalDouble.of(param));
  }

  /**
   * The recommended gain: how much a nonlinearity shrinks what passes through it.
   *
   * @param nonlinearity {@code linear}, {@code sigmoid}, {@code tanh}, {@code relu}, {@code
   *     leaky_relu}, {@code selu} or the name of a convolution
   * @param param the negative slope of {@code leaky_relu}, 0.01 if absent
   * @return the gain
   */
  private static double calculateGain(String nonlinearity, OptionalDouble param) {
    given(param, "param");
    return switch (given(nonlinearity, "nonlinearity")) {
      case "linear", "sigmoid", "conv1d", "conv2d", "conv3d" -> 1;
      case "conv_transpose1d", "conv_transpose2d", "conv_transpose3d" -> 1;
      case "tanh" -> 5.0 / 3;
      case "relu" -> Math.sqrt(2.0);
      case "leaky_relu" -> Math.sqrt(2.0 / (1 + Math.pow(param.orElse(0.01), 2)));
      case "selu" -> 3.0 / 4;
      default ->
          throw Checks.invalid(
              "calculateGain",
              ("Unsupported nonlinearity %s. Known are linear, sigmoid, tanh, relu, leaky_relu "
                      + "and selu.")
                  .formatted(nonlinearity));
    };
  }

  /**
   * {@code tensor}, from N(0, 0.01²), in each column a share of zeros. PyTorch: {@code sparse_}.
   */
  public static Tensor sparse_(Tensor tensor, double sparsity) {
    return sparse_(tensor, sparsity, 0.01, Generator.standard());
  }

  /**
   * {@code tensor} [rows, columns], from N(0, std²), in each column a share of zeros. PyTorch:
   * {@code sparse_(tensor, sparsity, std)}; Martens 2010.
   *
   * @param tensor a matrix
   * @param sparsity the share of zeros in a column, rounded up to whole elements
   * @param std the deviation of the rest
   * @param generator what draws
   * @throws IllegalArgumentException if it is not a matrix
   */
  public static Tensor sparse_(Tensor tensor, double sparsity, double std, Generator generator) {
    matrix("sparse_", tensor);
    Checks.probability("sparse_", sparsity);
    int zeros = (int) Math.ceil(sparsity * tensor.size(0));
    return fill(
        tensor,
        t -> {
          t.normal_(0, std, generator);
          for (int column = 0; column < t.size(1) && zeros > 0; column++) {
            Tensor rows = Tensor.randperm(generator, t.size(0)).narrow(0, 0, zeros);
            t.select(1, column).indexFill_(0, rows, 0);
          }
        });
  }

  /** {@code tensor} of a convolution that passes its channels on. PyTorch: {@code dirac_}. */
  public static Tensor dirac_(Tensor tensor) {
    return dirac_(tensor, 1);
  }

  /**
   * {@code tensor} [out, in, …] of a convolution, 1 in the middle of the kernel from each channel
   * to itself and 0 elsewhere, group by group. PyTorch: {@code dirac_(tensor, groups)}.
   *
   * @param tensor a tensor of 3, 4 or 5 dimensions
   * @param groups into how many groups the channels fall; it divides {@code out}
   */
  public static Tensor dirac_(Tensor tensor, int groups) {
    if (given(tensor).dim() < 3 || tensor.dim() > 5) {
      throw Checks.invalid(
          "dirac_",
          "%s is no kernel. Only tensors with 3, 4, or 5 dimensions are supported: [out, in, …]."
              .formatted(tensor.shape()));
    }
    if (groups < 1 || tensor.size(0) % groups != 0) {
      throw Checks.invalid(
          "dirac_",
          "%s output channels and %s groups. dim 0 must be divisible by groups."
              .formatted(tensor.size(0), groups));
    }
    int group = tensor.size(0) / groups;
    return fill(
        tensor,
        t -> {
          t.zero_();
          Tensor middle = t;
          for (int d = t.dim() - 1; d >= 2; d--) {
            middle = middle.select(d, t.size(d) / 2);
          }
          for (int g = 0; g < groups; g++) {
            middle.narrow(0, g * group, group).diagonal().fill_(1);
          }
        });
  }

  private static void matrix(String op, Tensor tensor) {
    if (given(tensor).dim() != 2) {
      throw Checks.invalid(
          op, tensor.shape() + " is not a matrix. Only tensors of 2 dimensions fit.");
    }
  }

  private static double kaimingStd(Tensor tensor, double a, String mode, String nonlinearity) {
    int fan =
        switch (given(mode, "mode")) {
          case "fan_in" -> fanIn(tensor);
          case "fan_out" -> fanOut(tensor);
          default ->
              throw Checks.invalid(
                  "kaiming", "Mode " + mode + " not supported. Use fan_in or fan_out.");
        };
    return calculateGain(nonlinearity, a) / Math.sqrt(fan);
  }

  /** The number of inputs of one output: the size of dimension 1 times those after it. */
  static int fanIn(Tensor tensor) {
    return fan(tensor, 1);
  }

  private static int fanOut(Tensor tensor) {
    return fan(tensor, 0);
  }

  private static int fan(Tensor tensor, int dim) {
    if (given(tensor).dim() < 2) {
      throw Checks.invalid(
          "init",
          tensor.shape()
              + " has no fan in and fan out. They need at least 2 dimensions. Use uniform_ or normal_.");
    }
    int receptive = 1;
    for (int d = 2; d < tensor.dim(); d++) {
      receptive *= tensor.size(d);
    }
    return tensor.size(dim) * receptive;
  }

  private static double normalCdf(double x) {
    return (1 + Tensor.zeros(DType.FLOAT64, 1).add(x / Math.sqrt(2)).erf().item()) / 2;
  }

  private static Tensor fill(Tensor tensor, Consumer<Tensor> filler) {
    given(tensor);
    if (SKIPPED.isBound()) {
      return tensor;
    }
    try (var _ = GradMode.noGrad()) {
      filler.accept(tensor);
    }
    return tensor;
  }
}
