package gradus.tensor;

import gradus.tensor.kernel.order.Sort;
import gradus.tensor.kernel.reduce.Scan;

/** Sorting, choosing the largest, and running totals along a dimension. */
public sealed interface Ordering permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * The elements in order along {@code dim}, and where each came from. PyTorch: {@code torch.sort}.
   *
   * @param dim the dimension to sort along
   * @param descending largest first
   * @return values and indices of this shape; equal elements keep their order, NaN counts as
   *     largest
   */
  default ValuesIndices sort(int dim, boolean descending) {
    return ordered("sort", dim, descending, Integer.MAX_VALUE);
  }

  /** The elements in ascending order along {@code dim}. */
  default ValuesIndices sort(int dim) {
    return sort(dim, false);
  }

  /** The elements in ascending order along the last dimension. */
  default ValuesIndices sort() {
    return sort(-1, false);
  }

  /** The elements in ascending order along the first dimension. PyTorch: {@code torch.msort}. */
  default Tensor msort() {
    return sort(0).values();
  }

  /** The indices that would sort along {@code dim}: INT64. PyTorch: {@code torch.argsort}. */
  default Tensor argsort(int dim, boolean descending) {
    return sort(dim, descending).indices();
  }

  /** The indices that would sort along {@code dim} in ascending order. */
  default Tensor argsort(int dim) {
    return argsort(dim, false);
  }

  /** The indices that would sort along the last dimension in ascending order. */
  default Tensor argsort() {
    return argsort(-1, false);
  }

  /**
   * The k largest (or smallest) elements along {@code dim}, in order. PyTorch: {@code torch.topk}.
   *
   * @param k how many
   * @param dim the dimension to choose from
   * @param largest whether the largest or the smallest
   * @return values and indices with size k at {@code dim}
   */
  default ValuesIndices topk(int k, int dim, boolean largest) {
    int d = self().shape().dim("topk", dim);
    int size = self().dim() == 0 ? 1 : self().size(d);
    if (k < 0 || k > size) {
      throw Errors.invalid(
          "topk",
          "k is %s but dimension %s of %s has %s elements.".formatted(k, d, self().shape(), size));
    }
    return ordered("topk", d, largest, k);
  }

  /** The k largest elements along {@code dim}, largest first. */
  default ValuesIndices topk(int k, int dim) {
    return topk(k, dim, true);
  }

  /** The k largest elements along the last dimension, largest first. */
  default ValuesIndices topk(int k) {
    return topk(k, -1, true);
  }

  /**
   * The k largest (or smallest) elements; they always come {@code sorted}. PyTorch: {@code
   * torch.topk}.
   */
  default ValuesIndices topk(int k, int dim, boolean largest, boolean sorted) {
    return self().topk(k, dim, largest);
  }

  /** The k-th smallest element (from 1) along {@code dim}. PyTorch: {@code torch.kthvalue}. */
  default ValuesIndices kthvalue(int k, int dim, boolean keepdim) {
    int size = self().dim() == 0 ? 1 : self().size(dim);
    if (k < 1 || k > size) {
      throw Errors.invalid(
          "kthvalue", "k is " + k + "; valid are 1.." + size + " for " + self().shape() + ".");
    }
    return Quantiles.ranked(self(), self().shape().dim("kthvalue", dim), k - 1, keepdim);
  }

  /** The k-th smallest element (from 1) along {@code dim}. */
  default ValuesIndices kthvalue(int k, int dim) {
    return kthvalue(k, dim, false);
  }

  /**
   * The k-th smallest element (from 1) along the last dimension. PyTorch: {@code torch.kthvalue}.
   */
  default ValuesIndices kthvalue(int k) {
    return self().kthvalue(k, -1, false);
  }

  private ValuesIndices ordered(String op, int dim, boolean descending, int limit) {
    Tensor x = self();
    int d = x.shape().dim(op, dim);
    int[] sizes = x.shape().toArray();
    int n = x.dim() == 0 ? 1 : sizes[d];
    // A scalar has no dimension that could become shorter.
    int k = x.dim() == 0 ? 1 : Math.min(limit, n);
    int outer = Shapes.outer(x.shape(), d);
    int inner = Shapes.inner(x.shape(), d);
    long[] places = new long[outer * k * inner];
    Tensor dense = Dense.packed(x);
    Sort.first(Dense.keys(dense), dense.offset, outer, n, inner, descending, k, places);
    if (sizes.length > 0) {
      sizes[d] = k;
    }
    Tensor indices = Dense.of(places, DType.INT64, Shape.wrap(sizes));
    return new ValuesIndices(x.gather(d, indices), indices);
  }

  /** The running sum along {@code dim}. PyTorch: {@code torch.cumsum}. */
  default Tensor cumsum(int dim) {
    Tensor x = self().dtype().isFloatingPoint() ? self() : self().to(DType.INT64);
    int d = x.shape().dim("cumsum", dim);
    return Tensor.record(new Op.Cumsum(d), scan(x, d, true), x);
  }

  /** The running sum along {@code dim}, in another dtype. */
  default Tensor cumsum(int dim, DType dtype) {
    return self().to(dtype).cumsum(dim).to(dtype);
  }

  /** The running product along {@code dim}. PyTorch: {@code torch.cumprod}. */
  default Tensor cumprod(int dim) {
    Tensor x = self().dtype().isFloatingPoint() ? self() : self().to(DType.INT64);
    int d = x.shape().dim("cumprod", dim);
    return Tensor.record(new Op.Cumprod(d), scan(x, d, false), x);
  }

  /** The running product along {@code dim}, in another dtype. */
  default Tensor cumprod(int dim, DType dtype) {
    return self().to(dtype).cumprod(dim).to(dtype);
  }

  private static Tensor scan(Tensor x, int dim, boolean sum) {
    if (x.dtype() == DType.FLOAT32) {
      Tensor dense = Dense.packed(x);
      float[] out = ArrayPool.floats(x.numel());
      if (x.numel() > 0) {
        int outer = Shapes.outer(x.shape(), dim);
        int n = x.dim() == 0 ? 1 : x.size(dim);
        int inner = Shapes.inner(x.shape(), dim);
        Scan.run(sum, Dense.array(dense), dense.offset, outer, n, inner, out);
      }
      return Dense.of(out, x.shape());
    }
    Tensor rows = SoftmaxOps.last(x, dim);
    int cols = SoftmaxOps.cols(rows);
    Tensor out;
    if (x.dtype().isFloatingPoint()) {
      double[] v = Dense.doubles(rows);
      for (int i = 0; i < v.length; i++) {
        if (i % cols != 0) {
          v[i] = sum ? v[i] + v[i - 1] : v[i] * v[i - 1];
        }
      }
      out = Dense.of(v, x.dtype(), rows.shape());
    } else {
      long[] v = Dense.longs(rows);
      for (int i = 0; i < v.length; i++) {
        if (i % cols != 0) {
          v[i] = sum ? v[i] + v[i - 1] : v[i] * v[i - 1];
        }
      }
      out = Dense.of(v, x.dtype(), rows.shape());
    }
    return SoftmaxOps.back(out, dim);
  }
}
