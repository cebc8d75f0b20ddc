package gradus.tensor;

/**
 * Reductions and normalisations that only see the elements where a BOOL mask is true.
 *
 * <p>The mask broadcasts to the input; null stands for one that is true everywhere. An empty list
 * of dimensions means all. Where nothing is left to see, the result is what folding nothing gives:
 * 0 for a sum, NaN for a mean.
 *
 * <pre>{@code
 * Masked.mean(Tensor.of(1.0, 2.0, 9.0), new int[0], false, Tensor.of(true, true, false));   // 1.5
 * }</pre>
 *
 * <p>PyTorch: {@code torch.masked}.
 */
public final class Masked {
  private Masked() {}

  /** The input where the mask is true, a neutral number elsewhere. */
  private static Tensor seen(Tensor input, Tensor mask, Number neutral) {
    if (mask == null) {
      return input;
    }
    if (mask.dtype() != DType.BOOL) {
      throw Errors.dtype("masked", "mask", "BOOL", mask.dtype(), "Use x.ne(0) or x.toBool().");
    }
    return Tensor.where(mask, input, Tensor.full(Shape.of(), neutral, input.dtype()));
  }

  private static Tensor count(Tensor input, int[] dim, boolean keepdim, Tensor mask) {
    Tensor ones = Tensor.onesLike(input.detach(), DType.INT64);
    return (mask == null ? ones : Tensor.where(mask, ones, Tensor.zerosLike(ones)))
        .sum(dim, keepdim);
  }

  private static Tensor real(Tensor input) {
    return input.to(input.dtype().orFloat());
  }

  /** The smallest or largest number of a dtype. */
  private static Number border(DType dtype, boolean largest) {
    return switch (dtype) {
      case FLOAT32, FLOAT64 -> largest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      case INT64 -> largest ? Long.MAX_VALUE : Long.MIN_VALUE;
      case INT32 -> (long) (largest ? Integer.MAX_VALUE : Integer.MIN_VALUE);
      case BOOL -> largest ? 1L : 0L;
    };
  }

  /** The sums of what is seen. PyTorch: {@code torch.masked.sum}. */
  public static Tensor sum(Tensor input, int[] dim, boolean keepdim, Tensor mask) {
    return seen(input, mask, 0).sum(dim, keepdim);
  }

  /** The products of what is seen. PyTorch: {@code torch.masked.prod}. */
  public static Tensor prod(Tensor input, int[] dim, boolean keepdim, Tensor mask) {
    Tensor out = seen(input, mask, 1);
    int[] dims = Views.ints(Shapes.dims("prod", input.shape(), dim));
    for (int i = dims.length - 1; i >= 0; i--) {
      out = out.prod(dims[i], keepdim);
    }
    return dims.length == 0 ? out.prod() : out;
  }

  /** The means of what is seen. PyTorch: {@code torch.masked.mean}. */
  public static Tensor mean(Tensor input, int[] dim, boolean keepdim, Tensor mask) {
    return seen(real(input), mask, 0).sum(dim, keepdim).div(count(input, dim, keepdim, mask));
  }

  /** The largest elements seen. PyTorch: {@code torch.masked.amax}. */
  public static Tensor amax(Tensor input, int[] dim, boolean keepdim, Tensor mask) {
    return seen(input, mask, border(input.dtype(), false)).amax(dim, keepdim);
  }

  /** The smallest elements seen. PyTorch: {@code torch.masked.amin}. */
  public static Tensor amin(Tensor input, int[] dim, boolean keepdim, Tensor mask) {
    return seen(input, mask, border(input.dtype(), true)).amin(dim, keepdim);
  }

  /**
   * The medians along one dimension of what is seen; NaN if nothing is. PyTorch: {@code
   * torch.masked.median}.
   */
  public static Tensor median(Tensor input, int dim, boolean keepdim, Tensor mask) {
    return seen(real(input), mask, Double.NaN).nanmedian(dim, keepdim).values();
  }

  /** The p-norms of what is seen. PyTorch: {@code torch.masked.norm}. */
  public static Tensor norm(Tensor input, Number ord, int[] dim, boolean keepdim, Tensor mask) {
    double neutral = ord.doubleValue() < 0 ? Double.POSITIVE_INFINITY : 0;
    return seen(real(input), mask, neutral).norm(ord, dim, keepdim);
  }

  /**
   * The variances of what is seen; {@code unbiased} divides by n − 1. PyTorch: {@code
   * torch.masked.var}.
   */
  public static Tensor var(
      Tensor input, int[] dim, boolean unbiased, boolean keepdim, Tensor mask) {
    Tensor x = real(input);
    Tensor rest = x.sub(mean(x, dim, true, mask));
    Tensor n = count(input, dim, keepdim, mask).sub(unbiased ? 1 : 0).clampMin(0);
    return seen(rest.mul(rest), mask, 0).sum(dim, keepdim).div(n);
  }

  /** The standard deviations of what is seen. PyTorch: {@code torch.masked.std}. */
  public static Tensor std(
      Tensor input, int[] dim, boolean unbiased, boolean keepdim, Tensor mask) {
    return var(input, dim, unbiased, keepdim, mask).sqrt();
  }

  /** Running sums of what is seen. PyTorch: {@code torch.masked.cumsum}. */
  public static Tensor cumsum(Tensor input, int dim, Tensor mask) {
    return seen(input, mask, 0).cumsum(dim);
  }

  /** Running products of what is seen. PyTorch: {@code torch.masked.cumprod}. */
  public static Tensor cumprod(Tensor input, int dim, Tensor mask) {
    return seen(input, mask, 1).cumprod(dim);
  }

  /** Softmax among what is seen; the rest gets 0. PyTorch: {@code torch.masked.softmax}. */
  public static Tensor softmax(Tensor input, int dim, Tensor mask) {
    return seen(real(input), mask, Double.NEGATIVE_INFINITY).softmax(dim);
  }

  /** The logarithm of {@link #softmax}. PyTorch: {@code torch.masked.log_softmax}. */
  public static Tensor logSoftmax(Tensor input, int dim, Tensor mask) {
    return seen(real(input), mask, Double.NEGATIVE_INFINITY).logSoftmax(dim);
  }

  /** Softmin among what is seen; the rest gets 0. PyTorch: {@code torch.masked.softmin}. */
  public static Tensor softmin(Tensor input, int dim, Tensor mask) {
    return seen(real(input), mask, Double.POSITIVE_INFINITY).softmin(dim);
  }

  /**
   * What is seen divided by its p-norm along {@code dim}, or by eps if that is larger. PyTorch:
   * {@code torch.masked.normalize}.
   */
  public static Tensor normalize(Tensor input, Number ord, int dim, double eps, Tensor mask) {
    Tensor length = norm(input, ord, new int[] {dim}, true, mask);
    return seen(real(input), mask, 0).div(length.clampMin(eps));
  }

  /** {@code log(Σ e^x)} of what is seen. PyTorch: {@code torch.masked.logsumexp}. */
  public static Tensor logsumexp(Tensor input, int[] dim, boolean keepdim, Tensor mask) {
    return seen(real(input), mask, Double.NEGATIVE_INFINITY).logsumexp(dim, keepdim);
  }

  /**
   * {@code log(e^a + e^b)}, an element that is not seen adding nothing. PyTorch: {@code
   * torch.masked.logaddexp}.
   */
  public static Tensor logaddexp(Tensor input, Tensor other, Tensor inputMask, Tensor otherMask) {
    double none = Double.NEGATIVE_INFINITY;
    return seen(real(input), inputMask, none).logaddexp(seen(real(other), otherMask, none));
  }
}
