package gradus.nn.optim;

import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Keeps gradients from exploding: call it between {@code backward()} and {@code step()}.
 *
 * <p>PyTorch: {@code torch.nn.utils.clip_grad_norm_} and {@code clip_grad_value_}.
 */
public final class ClipGrad {
  private ClipGrad() {}

  /** {@link #clipGradNorm(List, double, double)} by Euclid's norm. */
  public static double clipGradNorm(List<Tensor> parameters, double maxNorm) {
    return clipGradNorm(parameters, maxNorm, 2);
  }

  /**
   * The norm of all gradients together before clipping; they are then scaled by maxNorm/(norm +
   * 1e-6), if that is less than 1. PyTorch: {@code clip_grad_norm_}.
   *
   * @param parameters those whose gradients count; one without a gradient is passed over
   * @param maxNorm the norm the gradients may have
   * @param normType the exponent of the norm, infinity for the greatest element
   * @return the norm before
   */
  public static double clipGradNorm(List<Tensor> parameters, double maxNorm, double normType) {
    return clipGradNorm(parameters, maxNorm, normType, false);
  }

  /**
   * The norm of all gradients together before clipping; they are then scaled by maxNorm/(norm +
   * 1e-6), if that is less than 1. Where the norm is NaN so are all gradients after it; where it is
   * infinite they are 0, and NaN where they were infinite. PyTorch: {@code clip_grad_norm_}.
   *
   * @param parameters those whose gradients count; one without a gradient is passed over
   * @param maxNorm the norm the gradients may have, 0 or more
   * @param normType the exponent of the norm, infinity for the greatest element
   * @param errorIfNonfinite whether a norm that is NaN or infinite is an error; nothing is changed
   *     then
   * @return the norm before
   * @throws IllegalStateException if the norm is not finite and shall be
   */
  public static double clipGradNorm(
      List<Tensor> parameters, double maxNorm, double normType, boolean errorIfNonfinite) {
    if (!(maxNorm >= 0)) {
      throw new IllegalArgumentException(
          "clipGradNorm: maxNorm is " + maxNorm + ". A norm is 0 or more.");
    }
    if (Double.isNaN(normType)) {
      throw new IllegalArgumentException(
          "clipGradNorm: normType is NaN. It is the exponent of the norm, such as 2.");
    }
    List<Tensor> withGrad = parameters.stream().filter(Tensor::hasGrad).toList();
    try (var _ = GradMode.noGrad()) {
      withGrad.forEach(ClipGrad::coalesce);
      double[] norms =
          withGrad.stream().mapToDouble(p -> elements(gradient(p)).norm(normType).item()).toArray();
      double total = norm(norms, normType);
      if (errorIfNonfinite && !Double.isFinite(total)) {
        throw new IllegalStateException(
            ("clipGradNorm: the total norm of order %s is %s. The total norm of gradients is "
                    + "non-finite, so it cannot be clipped. Look for the gradient that is not, or pass "
                    + "errorIfNonfinite = false to scale by it anyway.")
                .formatted(normType, total));
      }
      double scale = maxNorm / (total + 1e-6);
      if (!(scale >= 1)) {
        withGrad.forEach(p -> scale(p, scale));
      }
      return total;
    }
  }

  /**
   * Cuts every element of every gradient off at ±clipValue. PyTorch: {@code clip_grad_value_}.
   *
   * @param parameters those whose gradients are cut
   * @param clipValue the greatest size of an element
   */
  public static void clipGradValue(List<Tensor> parameters, double clipValue) {
    try (var _ = GradMode.noGrad()) {
      parameters.stream()
          .filter(Tensor::hasGrad)
          .peek(ClipGrad::coalesce)
          .forEach(p -> elements(gradient(p)).clamp_(-clipValue, clipValue));
    }
  }

  /** Each row of a row-sparse gradient once: only then are the norm and a cut right. */
  private static void coalesce(Tensor parameter) {
    if (gradient(parameter).isSparse()) {
      parameter.setGrad(gradient(parameter).coalesce());
    }
  }

  private static void scale(Tensor parameter, double scale) {
    elements(gradient(parameter)).mul_(scale);
  }

  /** Looked at, and not kept. */
  private static Tensor gradient(Tensor parameter) {
    return Internals.get().storedGrad(parameter);
  }

  /** The elements of a gradient; of a row-sparse one those of its rows. */
  private static Tensor elements(Tensor grad) {
    return grad.isSparse() ? grad.values() : grad;
  }

  /** The p-norm of norms, which is that of all elements. */
  private static double norm(double[] norms, double p) {
    DoubleStream all = Arrays.stream(norms);
    if (Double.isInfinite(p)) {
      return (p > 0 ? all.max() : all.min()).orElse(0);
    }
    if (p == 0) {
      return all.sum(); // each counts the elements that are not 0
    }
    return norms.length == 0 ? 0 : Math.pow(all.map(norm -> Math.pow(norm, p)).sum(), 1 / p);
  }
}
