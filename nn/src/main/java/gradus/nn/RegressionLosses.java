package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Expr;
import gradus.tensor.Fused;
import gradus.tensor.GradMode;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.function.Consumer;

/** Losses of {@link F} for targets that are numbers. */
public abstract sealed class RegressionLosses extends DistanceFunctions permits BinaryLosses {
  /** Made on first use: all other functions of {@link F} do without. */
  private static final class Kinked {
    /** Of a difference and β; see {@link #smoothL1Loss}. */
    static final Fused SMOOTH_L1 =
        Fused.of(
            (d, beta) -> {
              Expr near = near(d, beta).square().mul(0.5).div(beta);
              return Expr.where(beta.gt(d.abs()), near, d.abs().sub(beta.mul(0.5)));
            });

    /** Of a difference and δ; see {@link #huberLoss}. */
    static final Fused HUBER =
        Fused.of(
            (d, delta) -> {
              Expr far = d.abs().sub(delta.mul(0.5)).mul(delta);
              return Expr.where(delta.gt(d.abs()), near(d, delta).square().mul(0.5), far);
            });

    /**
     * d on the parabola and 0 beyond, where the square's slope would be 0 · ∞ for an infinite d.
     */
    private static Expr near(Expr d, Expr bound) {
      return Expr.where(bound.gt(d.abs()), d, Expr.constant(0));
    }
  }

  /** A parameter as a fused function takes it. */
  private static Tensor number(double value, Tensor x) {
    DType dtype = x.dtype().isFloatingPoint() ? x.dtype() : DType.FLOAT32;
    return Tensor.full(Shape.of(), value, dtype);
  }

  /** The losses of all elements, reduced. */
  static Tensor reduce(String op, Tensor loss, Reduction reduction) {
    return switch (given(reduction, Reduction.class)) {
      case NONE -> loss;
      case MEAN -> loss.mean();
      case SUM -> loss.sum();
      case BATCHMEAN ->
          throw Checks.invalid(op, "reduction batchmean is for klDiv only. Use NONE, MEAN or SUM.");
    };
  }

  /** The mean of (x − t)². PyTorch: {@code F.mse_loss}. */
  public static Tensor mseLoss(Tensor input, Tensor target) {
    return mseLoss(input, target, Reduction.MEAN);
  }

  /**
   * (x − t)². PyTorch: {@code F.mse_loss(input, target, reduction)}.
   *
   * @param input any shape
   * @param target a shape that broadcasts with it
   * @return a scalar, or with NONE the common shape
   */
  public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
    Checks.pairs("mseLoss", input, target);
    return reduce("mseLoss", difference(input, target).square(), reduction);
  }

  /** x − t, also where one of them is BOOL, which a plain {@code sub} refuses. */
  private static Tensor difference(Tensor input, Tensor target) {
    if (input.dtype() == DType.BOOL && target.dtype() != DType.BOOL) {
      return input.to(target.dtype()).sub(target);
    }
    return input.dtype() != DType.BOOL && target.dtype() == DType.BOOL
        ? input.sub(target.to(input.dtype()))
        : input.sub(target);
  }

  /** The mean of |x − t|. PyTorch: {@code F.l1_loss}. */
  public static Tensor l1Loss(Tensor input, Tensor target) {
    return l1Loss(input, target, Reduction.MEAN);
  }

  /** |x − t|. PyTorch: {@code F.l1_loss(input, target, reduction)}. */
  public static Tensor l1Loss(Tensor input, Tensor target, Reduction reduction) {
    Checks.pairs("l1Loss", input, target);
    return reduce("l1Loss", input.sub(target).abs(), reduction);
  }

  /**
   * {@link #smoothL1Loss(Tensor, Tensor, Reduction, double)}, mean, β = 1. PyTorch: {@code
   * F.smooth_l1_loss}.
   */
  public static Tensor smoothL1Loss(Tensor input, Tensor target) {
    return smoothL1Loss(input, target, Reduction.MEAN, 1);
  }

  /** {@link #smoothL1Loss(Tensor, Tensor, Reduction, double)} with β = 1. */
  public static Tensor smoothL1Loss(Tensor input, Tensor target, Reduction reduction) {
    return smoothL1Loss(input, target, reduction, 1);
  }

  /**
   * ½(x − t)²/β where |x − t| &lt; β, |x − t| − ½β beyond. PyTorch: {@code F.smooth_l1_loss};
   * Girshick 2015.
   *
   * @param input any shape
   * @param target a shape that broadcasts with it
   * @param beta where the parabola meets the line; 0 gives {@link #l1Loss}
   * @return a scalar, or with NONE the common shape
   */
  public static Tensor smoothL1Loss(Tensor input, Tensor target, Reduction reduction, double beta) {
    if (beta < 0) {
      throw Checks.invalid(
          "smoothL1Loss",
          "smooth_l1_loss does not support negative values for beta. Use 0 or more.");
    }
    if (beta == 0) {
      return l1Loss(input, target, reduction);
    }
    Checks.pairs("smoothL1Loss", input, target);
    Tensor difference = difference(input, target);
    Tensor loss = Kinked.SMOOTH_L1.apply(difference, number(beta, difference));
    return reduce("smoothL1Loss", loss, reduction);
  }

  /**
   * {@link #huberLoss(Tensor, Tensor, Reduction, double)}, mean, δ = 1. PyTorch: {@code
   * F.huber_loss}.
   */
  public static Tensor huberLoss(Tensor input, Tensor target) {
    return huberLoss(input, target, Reduction.MEAN, 1);
  }

  /** {@link #huberLoss(Tensor, Tensor, Reduction, double)} with δ = 1. */
  public static Tensor huberLoss(Tensor input, Tensor target, Reduction reduction) {
    return huberLoss(input, target, reduction, 1);
  }

  /**
   * ½(x − t)² where |x − t| ≤ δ, δ(|x − t| − ½δ) beyond. PyTorch: {@code F.huber_loss}; Huber 1964.
   *
   * @param input any shape
   * @param target a shape that broadcasts with it
   * @param delta where the parabola meets the line, more than 0
   * @return a scalar, or with NONE the common shape
   */
  public static Tensor huberLoss(Tensor input, Tensor target, Reduction reduction, double delta) {
    if (!(delta > 0)) {
      throw Checks.invalid(
          "huberLoss",
          "huber_loss does not support non-positive values for delta. Use more than 0.");
    }
    Checks.pairs("huberLoss", input, target);
    Tensor difference = difference(input, target);
    Tensor loss = Kinked.HUBER.apply(difference, number(delta, difference));
    return reduce("huberLoss", loss, reduction);
  }

  /** {@link #poissonNllLoss(Tensor, Tensor, Consumer)} with PyTorch's defaults. */
  public static Tensor poissonNllLoss(Tensor input, Tensor target) {
    return poissonNllLoss(input, target, true, false, 1e-8, Reduction.MEAN);
  }

  /**
   * The negative log-likelihood of counts under a Poisson distribution. PyTorch: {@code
   * F.poisson_nll_loss}.
   *
   * @param input the expected counts, or their logarithms
   * @param target the counts
   * @param options logInput, whether the input is the logarithm; full, whether to add Stirling's
   *     term for counts above 1; eps, added before the logarithm; and reduction
   * @return a scalar, or with NONE the common shape
   */
  public static Tensor poissonNllLoss(Tensor input, Tensor target, Consumer<LossOptions> options) {
    var o = LossOptions.poissonNll(options);
    return poissonNllLoss(
        input,
        target,
        o.flag("logInput", true),
        o.flag("full", false),
        o.number("eps", 1e-8),
        o.reduction());
  }

  static Tensor poissonNllLoss(
      Tensor input,
      Tensor target,
      boolean logInput,
      boolean full,
      double eps,
      Reduction reduction) {
    Checks.broadcast("poissonNllLoss", input, target);
    Tensor loss =
        logInput ? input.exp().sub(target.mul(input)) : input.sub(target.mul(input.add(eps).log()));
    if (full) {
      Tensor stirling =
          target.mul(target.log()).sub(target).add(target.mul(2 * Math.PI).log().mul(0.5));
      loss = loss.add(stirling.maskedFill(target.le(1), 0));
    }
    return reduce("poissonNllLoss", loss, reduction);
  }

  /** {@link #gaussianNllLoss(Tensor, Tensor, Tensor, Consumer)} with PyTorch's defaults. */
  public static Tensor gaussianNllLoss(Tensor input, Tensor target, Tensor var) {
    return gaussianNllLoss(input, target, var, false, 1e-6, Reduction.MEAN);
  }

  /**
   * The negative log-likelihood under N(input, var): ½(log var + (x − t)²/var). PyTorch: {@code
   * F.gaussian_nll_loss}.
   *
   * @param input the expected values [*, D]
   * @param target the values
   * @param var the variances: the shape of the input, or with a last size of 1, or without it
   * @param options full, whether to add the constant ½ log 2π; eps, the least variance; and
   *     reduction
   * @return a scalar, or with NONE the shape of the input
   */
  public static Tensor gaussianNllLoss(
      Tensor input, Tensor target, Tensor var, Consumer<LossOptions> options) {
    var o = LossOptions.gaussianNll(options);
    return gaussianNllLoss(
        input, target, var, o.flag("full", false), o.number("eps", 1e-6), o.reduction());
  }

  static Tensor gaussianNllLoss(
      Tensor input, Tensor target, Tensor var, boolean full, double eps, Reduction reduction) {
    Checks.broadcast("gaussianNllLoss", input, target);
    Tensor variance = variances(input, var);
    if (variance.numel() > 0 && variance.detach().amin().item() < 0) {
      throw Checks.invalid(
          "gaussianNllLoss", "var has negative entry/entries. A variance is 0 or more.");
    }
    variance = variance.clone();
    try (var _ = GradMode.noGrad()) {
      variance.clamp_(eps, Double.POSITIVE_INFINITY);
    }
    Tensor loss = variance.log().add(input.sub(target).square().div(variance)).mul(0.5);
    return reduce(
        "gaussianNllLoss", full ? loss.add(0.5 * Math.log(2 * Math.PI)) : loss, reduction);
  }

  private static Tensor variances(Tensor input, Tensor var) {
    if (given(var).shape().equals(input.shape())) {
      return var;
    }
    int rank = input.dim();
    if (rank > 0 && input.select(-1, 0).shape().equals(var.shape())) {
      return var.unsqueeze(-1);
    }
    if (rank > 0
        && var.dim() == rank
        && var.size(-1) == 1
        && input.narrow(-1, 0, 1).shape().equals(var.shape())) {
      return var;
    }
    throw Checks.invalid(
        "gaussianNllLoss",
        "input is %s but var is %s. var is of incorrect size. Use the input's."
            .formatted(input.shape(), var.shape()));
  }
}
