package gradus.nn.optim;

import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.List;

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
    List<Tensor> withGrad = parameters.stream().filter(Tensor::hasGrad).toList();
    try (var _ = GradMode.noGrad()) {
      withGrad.forEach(ClipGrad::coalesce);
      double[] norms =
          withGrad.stream().mapToDouble(p -> elements(gradient(p)).norm(normType).item()).toArray();
      double total = norm(norms, normType);
      double scale = maxNorm / (total + 1e-6);
      if (scale < 1) {
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

  private static double norm(double[] values, double p) {
    double result = 0;
    for (double value : values) {
      result = Double.isInfinite(p) ? Math.max(result, value) : result + Math.pow(value, p);
    }
    return Double.isInfinite(p) ? result : Math.pow(result, 1 / p);
  }
}
