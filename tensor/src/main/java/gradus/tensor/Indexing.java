package gradus.tensor;

import static gradus.tensor.spi.Given.given;

/** Elements chosen by indices or masks, and written back to where they came from. */
public sealed interface Indexing permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * The part that an index list names, as Python's {@code x[…]}.
   *
   * <p>Each place takes an {@code Integer} (that slice), a string (Python's own text), an {@link
   * Index} ({@code ALL}, {@code slice(1, 5)}, {@code NEW_AXIS}, {@code ELLIPSIS}), an INT64 tensor,
   * an {@code int[]} or a list of integers (those slices, a copy), a BOOL tensor or a {@code
   * boolean[]} (where true, a copy). A whole number in a 0-dim tensor is one as an {@code Integer}.
   * PyTorch: {@code x.__getitem__}.
   *
   * <pre>{@code
   * x.at(":", "0::2")                // x[:, 0::2]
   * x.at("...", -1)                  // x[..., -1]
   * x.at(0, ":", List.of(2, 0))      // x[0, :, [2, 0]]
   * }</pre>
   *
   * @param index one entry a dimension; missing ones mean all
   * @return a view if no tensor is among the entries, else a copy; an in-place op on that copy is
   *     refused, since {@code x} would not see it: {@code x.set(0, mask)} writes there
   */
  default Tensor at(Object... index) {
    return IndexLists.get(self(), index);
  }

  /**
   * Overwrites in place the part that an index list names, as Python's {@code x[…] = value}.
   *
   * @param value a tensor that broadcasts to that part
   * @param index as for {@link #at}
   * @return this tensor
   */
  default Tensor set(Tensor value, Object... index) {
    return IndexLists.set(self(), value, index);
  }

  /** Overwrites in place the part that an index list names by one number. */
  default Tensor set(Number value, Object... index) {
    return set(Tensor.full("set", Shape.of(), value, self().dtype()), index);
  }

  /**
   * Adds in place to the part that an index list names, as Python's {@code x[…] += value}: what a
   * tensor of indices names twice is added to once.
   *
   * <pre>{@code counts.addAt(1, i, j);   // counts[i, j] += 1 }</pre>
   *
   * @param value a tensor that broadcasts to that part
   * @param index as for {@link #at}
   * @return this tensor
   */
  default Tensor addAt(Tensor value, Object... index) {
    return set(at(index).add(given(value, "value")), index);
  }

  /** Adds one number in place to the part that an index list names. */
  default Tensor addAt(Number value, Object... index) {
    return set(at(index).add(given(value, "value")), index);
  }

  /**
   * The slices at the given indices along {@code dim}; a copy. PyTorch: {@code torch.index_select}.
   *
   * @param dim the dimension to choose from
   * @param index INT64 {@code [n]}
   * @return this shape with size n at {@code dim}
   */
  default Tensor indexSelect(int dim, Tensor index) {
    Tensor x = self();
    int d = x.shape().dim("indexSelect", dim);
    return Tensor.record(new Op.IndexSelect(d), IndexSelectOps.indexSelect(x, d, index), x, index);
  }

  /**
   * {@code out[i][j] = self[index[i][j]][j]} for {@code dim} 0, and likewise for others. PyTorch:
   * {@code torch.gather}.
   *
   * @param dim the dimension the indices point along
   * @param index INT64, of the same rank, no larger than this tensor in the other dimensions
   * @return a tensor of index's shape
   */
  default Tensor gather(int dim, Tensor index) {
    Tensor x = self();
    int d = x.shape().dim("gather", dim);
    return Tensor.record(new Op.Gather(d), Scattering.gather(x, d, index), x, index);
  }

  /**
   * A copy with {@code out[index[i][j]][j] = src[i][j]} for {@code dim} 0, and likewise for others.
   * PyTorch: {@code torch.scatter}.
   */
  default Tensor scatter(int dim, Tensor index, Tensor src) {
    Tensor x = self();
    int d = x.shape().dim("scatter", dim);
    return Tensor.record(
        new Op.Scatter(d), Scattering.scatter("scatter", x, d, index, src, false), x, index, src);
  }

  /** A copy with one number at the indices. */
  default Tensor scatter(int dim, Tensor index, Number value) {
    return scatter(dim, index, Tensor.full("scatter", given(index).shape(), value, self().dtype()));
  }

  /** A copy with a number added or multiplied in at the places of index. */
  default Tensor scatter(int dim, Tensor index, Number value, String reduce) {
    return scatter(dim, index, Tensor.full(given(index).shape(), value, self().dtype()), reduce);
  }

  /**
   * A copy with {@code src} added to ({@code "add"}) or multiplied in ({@code "multiply"}) at the
   * places of index.
   */
  default Tensor scatter(int dim, Tensor index, Tensor src, String reduce) {
    return switch (given(reduce, "reduce")) {
      case "add" -> self().scatterReduce(dim, index, src, "sum", true);
      case "multiply" -> self().scatterReduce(dim, index, src, "prod", true);
      default ->
          throw Errors.invalid(
              "scatter", "reduce is \"" + reduce + "\". It is \"add\" or \"multiply\".");
    };
  }

  /**
   * A copy with {@code out[index[i][j]][j] += src[i][j]} for {@code dim} 0. PyTorch: {@code
   * torch.scatter_add}.
   */
  default Tensor scatterAdd(int dim, Tensor index, Tensor src) {
    Tensor x = self();
    int d = x.shape().dim("scatterAdd", dim);
    return Tensor.record(
        new Op.ScatterAdd(d),
        Scattering.scatter("scatterAdd", x, d, index, src, true),
        x,
        index,
        src);
  }

  /**
   * A copy with the slices of {@code source} added at the indices along {@code dim}. PyTorch:
   * {@code index_add}.
   */
  default Tensor indexAdd(int dim, Tensor index, Tensor source) {
    Tensor x = self();
    int d = x.shape().dim("indexAdd", dim);
    return Tensor.record(
        new Op.IndexAdd(d), IndexSelectOps.indexAdd(x, d, index, source), x, index, source);
  }

  /**
   * A copy with {@code alpha} times the slices of {@code source} added at the indices along {@code
   * dim}.
   */
  default Tensor indexAdd(int dim, Tensor index, Tensor source, Number alpha) {
    boolean truth = given(source, "source").dtype() == DType.BOOL;
    Tensor scaled = truth ? source.logicalAnd(Tensor.wrap(alpha)) : source.mul(alpha);
    return indexAdd(dim, index, alpha.doubleValue() == 1 ? source : scaled);
  }

  /**
   * A copy with the slices at the indices along {@code dim} replaced. PyTorch: {@code
   * torch.index_copy}.
   */
  default Tensor indexCopy(int dim, Tensor index, Tensor source) {
    return scatter(
        dim, IndexSelectOps.spread(self(), self().shape().dim("indexCopy", dim), index), source);
  }

  /**
   * A copy with one number in the slices at the indices along {@code dim}. PyTorch: {@code
   * torch.index_fill}.
   */
  default Tensor indexFill(int dim, Tensor index, Number value) {
    return scatter(
        dim, IndexSelectOps.spread(self(), self().shape().dim("indexFill", dim), index), value);
  }

  /**
   * A copy with a 0-dim tensor in the slices at the indices along {@code dim}. PyTorch: {@code
   * torch.index_fill}.
   */
  default Tensor indexFill(int dim, Tensor index, Tensor value) {
    if (given(value, "value").dim() != 0) {
      throw Errors.invalid(
          "indexFill",
          "value is " + value.shape() + ". It must be a number or a scalar tensor [].");
    }
    Tensor places = IndexSelectOps.spread(self(), self().shape().dim("indexFill", dim), index);
    return self().scatter(dim, places, value.to(self().dtype()).expand(places.shape().raw()));
  }

  /**
   * The elements at indices counted in row-major order, negative ones from the end: index's shape.
   * PyTorch: {@code torch.take}.
   */
  default Tensor take(Tensor index) {
    Scattering.wholeIndex("take", index);
    int n = self().numel();
    for (long i : Dense.longs(index)) {
      if (i < -n || i >= n) {
        throw Errors.outside(
            "take",
            "index %s is outside of the %s elements of %s%s"
                .formatted(
                    i,
                    n,
                    self().shape(),
                    n == 0 ? "." : "; valid are " + -n + ".." + (n - 1) + "."));
      }
    }
    Tensor wrapped = Tensor.where(index.lt(0), index.add(self().numel()), index);
    return self().flatten().indexSelect(0, wrapped.flatten()).reshape(index.shape().raw());
  }

  /** Gather with broadcasting of all other dimensions. PyTorch: {@code torch.take_along_dim}. */
  default Tensor takeAlongDim(Tensor indices, int dim) {
    int d = self().shape().dim("takeAlongDim", dim);
    if (given(indices).dim() != self().dim()) {
      throw Errors.invalid(
          "takeAlongDim",
          ("the tensor is %s and indices are %s. Both must have as many dimensions. Use "
                  + "takeAlongDim(indices) for flat ones.")
              .formatted(self().shape(), indices.shape()));
    }
    if (self().dim() == 0) {
      return gather(0, indices);
    }
    int[] a = self().shape().toArray();
    int[] b = indices.shape().toArray();
    int size = a[d];
    int count = b[d];
    a[d] = 1;
    b[d] = 1;
    int[] common = Shape.broadcast("takeAlongDim", Shape.of(a), Shape.of(b)).toArray();
    int[] index = common.clone();
    common[d] = size;
    index[d] = count;
    return self().expand(common).gather(d, indices.expand(index));
  }

  /** Gather from the flattened elements. PyTorch: {@code torch.take_along_dim(x, indices)}. */
  default Tensor takeAlongDim(Tensor indices) {
    return self().flatten().takeAlongDim(given(indices).flatten(), 0);
  }

  /**
   * Elements of this tensor where {@code condition} is true, else of {@code other}. PyTorch: {@code
   * x.where}.
   */
  default Tensor where(Tensor condition, Tensor other) {
    return Tensor.where(condition, self(), other);
  }

  /** A copy with {@code value} where {@code mask} is true. PyTorch: {@code torch.masked_fill}. */
  default Tensor maskedFill(Tensor mask, Number value) {
    return maskedFill(mask, Tensor.full("maskedFill", Shape.of(), value, self().dtype()));
  }

  /** A copy with the 0-dim tensor {@code value} where {@code mask} is true. */
  default Tensor maskedFill(Tensor mask, Tensor value) {
    if (given(mask).dtype() != DType.BOOL) {
      throw Errors.dtype("maskedFill", "mask", "BOOL", mask.dtype(), "Use x.ne(0) or x.toBool().");
    }
    if (given(value).dim() > 0) {
      throw Errors.invalid(
          "maskedFill",
          "value is " + value.shape() + ". It must be a number or a scalar tensor [].");
    }
    return Joining.where("maskedFill", mask, value.to(self().dtype()), self());
  }

  /**
   * The elements where {@code mask} is true, in row-major order: {@code [n]}. PyTorch: {@code
   * torch.masked_select}.
   */
  default Tensor maskedSelect(Tensor mask) {
    if (given(mask).dtype() != DType.BOOL) {
      throw Errors.dtype(
          "maskedSelect", "mask", "BOOL", mask.dtype(), "Use x.ne(0) or x.toBool().");
    }
    Shape shape = Shape.broadcast("maskedSelect", self().shape(), mask.shape());
    Tensor x = self().expand(shape.raw()).flatten();
    return x.indexSelect(0, mask.expand(shape.raw()).flatten().nonzero().squeeze(1));
  }

  /**
   * The indices of the non-zero elements, one row each: INT64 {@code [n, dim]}. PyTorch: {@code
   * torch.nonzero}.
   */
  default Tensor nonzero() {
    return IndexSelectOps.nonzero(self());
  }
}
