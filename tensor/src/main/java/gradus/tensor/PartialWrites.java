package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.function.UnaryOperator;

/** Copies with some elements replaced: a slice, a diagonal, the places of a mask or index. */
public sealed interface PartialWrites permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  private Tensor with(Tensor src, UnaryOperator<Tensor> part) {
    Tensor out = self().clone();
    Tensor window = part.apply(out);
    if (!window.shape().equals(given(src).shape())) {
      throw Errors.invalid(
          "scatter", "src is " + src.shape() + " but the place for it is " + window.shape() + ".");
    }
    window.copy_(src);
    return out;
  }

  /** A copy with one slice along {@code dim} replaced. PyTorch: {@code torch.select_scatter}. */
  default Tensor selectScatter(Tensor src, int dim, int index) {
    return with(src, out -> out.select(dim, index));
  }

  /** A copy with every {@code step}-th slice replaced. PyTorch: {@code torch.slice_scatter}. */
  default Tensor sliceScatter(Tensor src, int dim, Integer start, Integer end, int step) {
    return with(
        src,
        out ->
            out.slice(dim, start == null ? 0 : start, end == null ? Integer.MAX_VALUE : end, step));
  }

  /** A copy with a diagonal replaced. PyTorch: {@code torch.diagonal_scatter}. */
  default Tensor diagonalScatter(Tensor src, int offset, int dim1, int dim2) {
    return with(src, out -> out.diagonal(offset, dim1, dim2));
  }

  /** A copy with the main diagonal of the first two dimensions replaced. */
  default Tensor diagonalScatter(Tensor src) {
    return diagonalScatter(src, 0, 0, 1);
  }

  /** A copy with any look at its memory replaced. PyTorch: {@code torch.as_strided_scatter}. */
  default Tensor asStridedScatter(Tensor src, int[] size, int[] stride, int storageOffset) {
    return with(src, out -> out.asStrided(size, stride, storageOffset));
  }

  /**
   * A copy with the places of {@code mask} filled by the elements of {@code source} in order.
   * PyTorch: {@code masked_scatter}.
   */
  default Tensor maskedScatter(Tensor mask, Tensor source) {
    if (given(mask, "mask").dtype() != DType.BOOL) {
      throw Errors.dtype(
          "maskedScatter", "mask", "BOOL", mask.dtype(), "Use x.ne(0) or x.toBool().");
    }
    Elementwise.sameDType("maskedScatter", self(), source);
    int[] shape = Shape.broadcast("maskedScatter", self().shape(), mask.shape()).raw();
    Tensor places = mask.expand(shape).flatten().nonzero().squeeze(1);
    if (places.numel() > source.numel()) {
      throw Errors.invalid(
          "maskedScatter",
          "source has " + source.numel() + " elements for " + places.numel() + " places.");
    }
    Tensor flat = self().expand(shape).flatten();
    return flat.scatter(0, places, source.flatten().narrow(0, 0, places.numel())).reshape(shape);
  }

  /**
   * A copy with elements at indices in row-major order replaced, or added to. PyTorch: {@code
   * torch.put}.
   *
   * @param index INT64, negative ones from the end
   * @param source as many elements
   * @param accumulate whether they are added
   * @return a tensor of this shape
   */
  default Tensor put(Tensor index, Tensor source, boolean accumulate) {
    Elementwise.sameDType("put", self(), source);
    if (given(index, "index").numel() != source.numel()) {
      throw Errors.invalid(
          "put", "index " + index.shape() + " and source " + source.shape() + " differ in number.");
    }
    Scattering.wholeIndex("put", index);
    Tensor at = Tensor.where(index.lt(0), index.add(self().numel()), index).flatten();
    Tensor flat = self().flatten();
    Tensor values = source.flatten();
    Tensor out = accumulate ? flat.scatterAdd(0, at, values) : flat.scatter(0, at, values);
    return out.reshape(self().shape().raw());
  }

  /** A copy with elements at indices in row-major order replaced. */
  default Tensor put(Tensor index, Tensor source) {
    return put(index, source, false);
  }

  /**
   * A copy with the elements of {@code src} folded into the places of {@code index} along {@code
   * dim}. PyTorch: {@code torch.scatter_reduce}.
   *
   * @param dim the dimension the index counts along
   * @param index INT64, of src's rank
   * @param src what is folded in
   * @param reduce {@code "sum"}, {@code "mean"}, {@code "prod"}, {@code "amax"} or {@code "amin"}
   * @param includeSelf whether the elements here take part, where something is folded in
   * @return a tensor of this shape
   */
  default Tensor scatterReduce(
      int dim, Tensor index, Tensor src, String reduce, boolean includeSelf) {
    return ScatterReduceOps.scatter(
        self(), self().shape().dim("scatterReduce", dim), index, src, reduce, includeSelf);
  }

  /** The same with the elements here taking part. */
  default Tensor scatterReduce(int dim, Tensor index, Tensor src, String reduce) {
    return scatterReduce(dim, index, src, reduce, true);
  }

  /**
   * A copy with the slices of {@code source} folded into the slices at the indices. PyTorch: {@code
   * torch.index_reduce}.
   *
   * @param dim the dimension of the slices
   * @param index INT64 {@code [n]}
   * @param source n slices
   * @param reduce {@code "mean"}, {@code "prod"}, {@code "amax"} or {@code "amin"}
   * @param includeSelf whether the elements here take part, where something is folded in
   * @return a tensor of this shape
   */
  default Tensor indexReduce(
      int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
    int d = self().shape().dim("indexReduce", dim);
    Tensor from = self().dim() == 0 ? given(source, "source").reshape() : source;
    return ScatterReduceOps.scatter(
        self(), d, IndexSelectOps.spread(self(), d, index), from, reduce, includeSelf);
  }

  /** The same with the elements here taking part. */
  default Tensor indexReduce(int dim, Tensor index, Tensor source, String reduce) {
    return indexReduce(dim, index, source, reduce, true);
  }
}
