package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.Arrays;

/** The functions of {@link F} behind the layers: linear maps, normalisation, dropout, padding. */
public abstract sealed class LayerFunctions extends GatingFunctions permits EmbeddingFunctions {
  /** x·Wᵀ. PyTorch: {@code F.linear(input, weight)}. */
  public static Tensor linear(Tensor input, Tensor weight) {
    return linear(input, weight, null);
  }

  /**
   * x·Wᵀ + b. PyTorch: {@code F.linear}.
   *
   * @param input [*, in]
   * @param weight [out, in], or [in] for a single output
   * @param bias [out], or null for none
   * @return [*, out], or [*] for a single output
   * @throws IllegalArgumentException if the last size of the input is not {@code in}
   */
  public static Tensor linear(Tensor input, Tensor weight, Tensor bias) {
    if (given(weight, "weight").dim() < 1 || weight.dim() > 2) {
      throw Checks.invalid(
          "linear", "weight is " + weight.shape() + ". It must be [out, in], or [in].");
    }
    if (given(input, "input").dim() == 0 || input.size(-1) != weight.size(-1)) {
      throw Checks.invalid(
          "linear",
          ("input %s and weight %s do not fit. The last size of the input must be the %s "
                  + "input features of the weight [out, in].")
              .formatted(input.shape(), weight.shape(), weight.size(-1)));
    }
    if (input.dtype() == DType.BOOL) {
      throw Checks.invalid("linear", "input must be a number but is BOOL. Use x.toFloat().");
    }
    if (input.dtype() != weight.dtype()) {
      throw Checks.invalid(
          "linear",
          ("input %s %s and weight %s %s differ in dtype. Both must have one. Use "
                  + "x.to(DType.%s).")
              .formatted(
                  input.shape(), input.dtype(), weight.shape(), weight.dtype(), weight.dtype()));
    }
    if (weight.dim() == 2 && (bias == null || isBias(bias, weight))) {
      return Tensor.linear(input, weight, bias);
    }
    Tensor product = input.matmul(weight.dim() == 1 ? weight : weight.t());
    return bias == null ? product : product.add(bias);
  }

  /** Whether it is [out] and not a number or a matrix to broadcast. */
  private static boolean isBias(Tensor bias, Tensor weight) {
    return bias.dim() == 1 && bias.size(0) == weight.size(0) && bias.dtype() == weight.dtype();
  }

  /** x₁ᵀ·A·x₂. PyTorch: {@code F.bilinear(input1, input2, weight)}. */
  public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight) {
    return bilinear(input1, input2, weight, null);
  }

  /**
   * x₁ᵀ·A·x₂ + b. PyTorch: {@code F.bilinear}.
   *
   * @param input1 [*, in1]
   * @param input2 [*, in2], the same leading sizes
   * @param weight [out, in1, in2]
   * @param bias [out], or null for none
   * @return [*, out]
   */
  public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor bias) {
    given(input1, "input1");
    given(input2, "input2");
    int in1 = given(weight, "weight").size(1);
    int in2 = weight.size(2);
    int out = weight.size(0);
    int[] shape = input1.shape().toArray();
    if (shape.length == 0 || shape[shape.length - 1] != in1 || input2.size(-1) != in2) {
      throw Checks.invalid(
          "bilinear",
          ("inputs %s and %s do not fit the weight %s [out, in1, in2]. Their last sizes "
                  + "must be in1 and in2.")
              .formatted(input1.shape(), input2.shape(), weight.shape()));
    }
    int rows = in1 == 0 ? 0 : input1.numel() / in1;
    Tensor left = input1.reshape(rows, in1).matmul(weight.permute(1, 0, 2).reshape(in1, out * in2));
    Tensor product = left.reshape(rows, out, in2).mul(input2.reshape(rows, 1, in2)).sum(-1);
    shape[shape.length - 1] = out;
    Tensor result = product.reshape(shape);
    return bias == null ? result : result.add(bias);
  }

  /**
   * The input with its last dimensions at mean 0 and variance 1, eps 1e-5. PyTorch: {@code
   * F.layer_norm}.
   */
  public static Tensor layerNorm(Tensor input, int... normalizedShape) {
    return layerNorm(input, normalizedShape, null, null, 1e-5);
  }

  /**
   * (x − mean)/√(variance + eps)·weight + bias over the last dimensions. PyTorch: {@code
   * F.layer_norm}.
   *
   * @param input [*, normalizedShape]
   * @param normalizedShape the sizes of the last dimensions
   * @param weight [normalizedShape], or null for none
   * @param bias [normalizedShape], or null for none
   * @param eps added to the variance
   * @return the shape of the input
   */
  public static Tensor layerNorm(
      Tensor input, int[] normalizedShape, Tensor weight, Tensor bias, double eps) {
    return Tensor.layerNorm(input, normalizedShape, weight, bias, eps);
  }

  /**
   * {@link #dropout(Tensor, double, boolean)} with p = 0.5, in training. PyTorch: {@code
   * F.dropout}.
   */
  public static Tensor dropout(Tensor input) {
    return dropout(input, 0.5, true);
  }

  /**
   * In training the input with each element zeroed with probability {@code p} and the rest scaled
   * by 1/(1−p); else the input. PyTorch: {@code F.dropout(input, p, training)}.
   *
   * @param input any shape
   * @param p the probability of a zero
   * @param training whether to drop at all
   * @return the same shape
   */
  public static Tensor dropout(Tensor input, double p, boolean training) {
    given(input);
    Checks.probability("dropout", p);
    if (!training || p == 0) {
      return input;
    }
    if (p == 1) {
      return input.mul(Tensor.zeros(input.dtype(), input.shape().toArray()));
    }
    Checks.floating("dropout", "input", input);
    return Tensor.dropout(input, p);
  }

  /**
   * One-hot vectors for as many classes as the greatest index asks for. PyTorch: {@code
   * F.one_hot(input)}.
   */
  public static Tensor oneHot(Tensor input) {
    return oneHot(input, -1);
  }

  /**
   * INT64 vectors of zeros with a 1 at the class: [*] to [*, numClasses]. PyTorch: {@code
   * F.one_hot}.
   *
   * @param input INT64 class indices, any shape
   * @param numClasses the number of classes, −1 for the greatest index + 1
   * @return [*, numClasses]
   */
  public static Tensor oneHot(Tensor input, int numClasses) {
    Checks.longTarget("oneHot", input);
    int classes = numClasses;
    if (numClasses == -1) {
      if (input.numel() == 0) {
        throw Checks.invalid(
            "oneHot", "Can not infer total number of classes from empty tensor. Give numClasses.");
      }
      long greatest = input.max().itemLong();
      if (greatest >= Integer.MAX_VALUE) {
        throw Checks.invalid(
            "oneHot", "the greatest class is " + greatest + ". It must be below 2^31 - 1.");
      }
      classes = Math.toIntExact(greatest + 1);
    }
    Checks.classes("oneHot", input, classes, Long.MIN_VALUE);
    if ((long) input.numel() * classes > Integer.MAX_VALUE) {
      throw Checks.invalid(
          "oneHot",
          ("%s classes of %s make more than 2^31 - 1 elements. Use fewer, or embedding(...) "
                  + "instead.")
              .formatted(input.numel(), classes));
    }
    int[] shape = input.shape().toArray();
    int[] out = Arrays.copyOf(shape, shape.length + 1);
    out[shape.length] = classes;
    Tensor ones = Tensor.zeros(DType.INT64, input.numel(), classes);
    return ones.scatter(1, input.reshape(-1, 1), 1).reshape(out);
  }
}
