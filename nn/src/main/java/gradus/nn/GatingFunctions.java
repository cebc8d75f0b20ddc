package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.Arrays;

/**
 * The functions of {@link F} that weigh elements against each other along a dimension, and those
 * with a weight.
 */
public abstract sealed class GatingFunctions extends ActivationFunctions permits LayerFunctions {
  /**
   * eˣ / Σ eˣ along {@code dim}: positive and adding up to 1. PyTorch: {@code F.softmax(input,
   * dim)}.
   *
   * @param input any shape
   * @param dim the dimension that adds up to 1; negative counts from the end
   * @return the same shape
   */
  public static Tensor softmax(Tensor input, int dim) {
    return given(input).softmax(dim);
  }

  /**
   * {@link #softmax(Tensor, int)} computed in {@code dtype}. PyTorch: {@code F.softmax(input, dim,
   * dtype=dtype)}.
   */
  public static Tensor softmax(Tensor input, int dim, DType dtype) {
    return as(input, dtype).softmax(dim);
  }

  /** log softmax(x), without overflow. PyTorch: {@code F.log_softmax(input, dim)}. */
  public static Tensor logSoftmax(Tensor input, int dim) {
    return given(input).logSoftmax(dim);
  }

  /**
   * {@link #logSoftmax(Tensor, int)} computed in {@code dtype}. PyTorch: {@code
   * F.log_softmax(input, dim, dtype=dtype)}.
   */
  public static Tensor logSoftmax(Tensor input, int dim, DType dtype) {
    return as(input, dtype).logSoftmax(dim);
  }

  /**
   * {@link #gumbelSoftmax(Tensor, double, boolean, int)} over the last dimension. PyTorch: {@code
   * F.gumbel_softmax(logits)}.
   */
  public static Tensor gumbelSoftmax(Tensor logits) {
    return gumbelSoftmax(logits, 1, false, -1);
  }

  /**
   * A class drawn by the probabilities that the scores stand for, softened so that gradients reach
   * the scores. PyTorch: {@code F.gumbel_softmax}; Jang et al. 2017.
   *
   * @param logits scores [*, C]
   * @param tau the temperature: the lower, the nearer to one class
   * @param hard whether the result is one-hot; gradients are those of the soft one all the same
   * @param dim the dimension of the classes
   * @return the shape of the scores; positive and adding up to 1 along {@code dim}
   */
  public static Tensor gumbelSoftmax(Tensor logits, double tau, boolean hard, int dim) {
    Checks.floating("gumbelSoftmax", "logits", logits);
    if (!(tau > 0)) {
      throw Checks.invalid("gumbelSoftmax", "tau is %s. It must be above 0.".formatted(tau));
    }
    Tensor gumbels = Tensor.emptyLike(logits.detach()).exponential_(1).log().neg();
    Tensor soft = logits.add(gumbels).div(tau).softmax(dim);
    if (!hard) {
      return soft;
    }
    Tensor place = soft.detach().argmax(dim, true);
    Tensor oneHot = Tensor.zerosLike(logits.detach()).scatter(dim, place, 1);
    return oneHot.sub(soft.detach()).add(soft);
  }

  /** softmax(−x). PyTorch: {@code F.softmin(input, dim)}. */
  public static Tensor softmin(Tensor input, int dim) {
    return given(input).neg().softmax(dim);
  }

  /**
   * {@link #softmin(Tensor, int)} computed in {@code dtype}. PyTorch: {@code F.softmin(input, dim,
   * dtype=dtype)}.
   */
  public static Tensor softmin(Tensor input, int dim, DType dtype) {
    return as(input, dtype).neg().softmax(dim);
  }

  /** {@link #glu(Tensor, int)} over the last dimension. PyTorch: {@code F.glu}. */
  public static Tensor glu(Tensor input) {
    return glu(input, -1);
  }

  /**
   * a·σ(b), where a and b are the two halves of the input along {@code dim}. PyTorch: {@code
   * F.glu(input, dim)}; Dauphin et al. 2016.
   *
   * @param input a tensor of even size along {@code dim}
   * @param dim the dimension to halve
   * @return half the size along {@code dim}
   */
  public static Tensor glu(Tensor input, int dim) {
    if (given(input).dim() == 0) {
      throw Checks.invalid(
          "glu", "a scalar cannot be halved. glu does not support 0-dimensional tensors.");
    }
    int size = input.size(dim);
    if (size % 2 != 0) {
      throw Checks.invalid(
          "glu",
          "Halving dimension must be even, but dimension %s of %s is size %s."
              .formatted(dim, input.shape(), size));
    }
    return input.narrow(dim, 0, size / 2).mul(input.narrow(dim, size / 2, size / 2).sigmoid());
  }

  /**
   * x where positive, weight·x elsewhere. PyTorch: {@code F.prelu(input, weight)}.
   *
   * @param input [N, C, *]
   * @param weight one slope, or one a channel [C] (dimension 1)
   * @return the shape of the input
   */
  public static Tensor prelu(Tensor input, Tensor weight) {
    given(input, "input");
    if (given(weight, "weight").dim() > 1) {
      throw Checks.invalid(
          "prelu",
          "Expected `weight` to be a scalar or 1D tensor, but got ndim = " + weight.dim() + ".");
    }
    Tensor slopes = weight;
    if (weight.numel() != 1) {
      int channels = input.dim() >= 2 ? input.size(1) : 1;
      if (input.dim() == 0) {
        throw Checks.invalid(
            "prelu",
            "Not allow zero-dim input tensor with " + weight.numel() + " slopes. Use one slope.");
      }
      if (weight.numel() != channels) {
        throw Checks.invalid(
            "prelu",
            ("Mismatch of parameter numbers and input channel size. Found parameter numbers = "
                    + "%s and channel size = %s.")
                .formatted(weight.numel(), channels));
      }
      int[] shape = new int[input.dim()];
      Arrays.fill(shape, 1);
      shape[Math.min(1, input.dim() - 1)] = channels;
      slopes = weight.reshape(shape);
    } else {
      slopes = weight.reshape();
    }
    return Tensor.where(input.gt(0), input, input.mul(slopes));
  }

  /**
   * The input divided by its norm along dimension 1. PyTorch: {@code F.normalize}.
   *
   * @param input [N, D]
   * @return vectors of length 1
   */
  public static Tensor normalize(Tensor input) {
    return normalize(input, 2, 1, 1e-12);
  }

  /**
   * The input divided by its p-norm along {@code dim}. PyTorch: {@code F.normalize(input, p, dim,
   * eps)}.
   *
   * @param input any shape
   * @param p the exponent of the norm
   * @param dim the dimension of the vectors
   * @param eps the least divisor
   * @return the same shape
   */
  public static Tensor normalize(Tensor input, double p, int dim, double eps) {
    return given(input).div(input.norm(p, dim, true).clampMin(eps));
  }
}
