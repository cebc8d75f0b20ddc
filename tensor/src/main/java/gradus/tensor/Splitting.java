package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A tensor cut into pieces along a dimension; the pieces are views. */
public sealed interface Splitting permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** Pieces of {@code splitSize} along the first dimension. PyTorch: {@code torch.split}. */
  default List<Tensor> split(int splitSize) {
    return self().split(splitSize, 0);
  }

  /** Pieces of the given sizes along the first dimension. */
  default List<Tensor> split(int... splitSizes) {
    return self().split(splitSizes, 0);
  }

  /**
   * Pieces of the given sizes along {@code dim}; they must add up. PyTorch: {@code torch.split}.
   */
  default List<Tensor> split(int[] splitSizes, int dim) {
    hasDimension("split");
    int d = self().shape().dim("split", dim);
    if (Arrays.stream(given(splitSizes, "splitSizes")).anyMatch(s -> s < 0)) {
      throw Errors.invalid(
          "split", Shapes.text(splitSizes) + " holds a negative size. Sizes are 0 or more.");
    }
    long total = Arrays.stream(splitSizes).asLongStream().sum();
    if (total != self().size(d)) {
      throw Errors.invalid(
          "split",
          "%s adds up to %s but dimension %s of %s is %s."
              .formatted(Shapes.text(splitSizes), total, d, self().shape(), self().size(d)));
    }
    var out = new ArrayList<Tensor>();
    int start = 0;
    for (int size : splitSizes) {
      out.add(self().narrow(d, start, size).oneOfSeveral());
      start += size;
    }
    return List.copyOf(out);
  }

  /**
   * Pieces of {@code splitSize} along {@code dim}, the last perhaps smaller. PyTorch: {@code
   * torch.split}.
   */
  default List<Tensor> split(int splitSize, int dim) {
    hasDimension("split");
    int d = self().shape().dim("split", dim);
    int size = self().dim() == 0 ? 1 : self().size(d);
    if (splitSize < 0 || (splitSize == 0 && size != 0)) {
      throw Errors.invalid("split", "splitSize is " + splitSize + ". It must be 1 or more.");
    }
    int pieces = size == 0 ? 1 : Math.ceilDiv(size, splitSize);
    int[] sizes = new int[pieces];
    for (int i = 0; i < pieces; i++) {
      sizes[i] = Math.min(splitSize, size - i * splitSize);
    }
    return split(sizes, d);
  }

  /** Pieces of the given sizes along {@code dim}. PyTorch: {@code x.split_with_sizes}. */
  default List<Tensor> splitWithSizes(int[] splitSizes, int dim) {
    return self().split(splitSizes, dim);
  }

  // ---------------------------------------------------------------- short forms of views and
  // choices

  /** At most {@code chunks} pieces along the first dimension. PyTorch: {@code torch.chunk}. */
  default List<Tensor> chunk(int chunks) {
    return self().chunk(chunks, 0);
  }

  /**
   * At most {@code chunks} pieces of equal size along {@code dim}. PyTorch: {@code torch.chunk}.
   */
  default List<Tensor> chunk(int chunks, int dim) {
    hasDimension("chunk");
    if (chunks < 1) {
      throw Errors.invalid("chunk", "chunks is " + chunks + ". It must be 1 or more.");
    }
    int size = self().size(dim);
    if (size == 0) {
      if (chunks > 1 << 20) {
        throw Errors.invalid(
            "chunk", chunks + " pieces of an empty dimension are too many. Use at most 1048576.");
      }
      return Collections.nCopies(chunks, 0).stream().map(_ -> self().narrow(dim, 0, 0)).toList();
    }
    return split(Math.ceilDiv(size, chunks), dim);
  }

  /** The slices along the first dimension. */
  default List<Tensor> unbind() {
    return unbind(0);
  }

  /** The slices along {@code dim}, that dimension removed. PyTorch: {@code torch.unbind}. */
  default List<Tensor> unbind(int dim) {
    int d = self().shape().dim("unbind", dim);
    if (self().dim() == 0) {
      throw Errors.invalid("unbind", "a scalar [] has no dimension to take apart.");
    }
    var out = new ArrayList<Tensor>();
    for (int i = 0; i < self().size(d); i++) {
      out.add(self().select(d, i).oneOfSeveral());
    }
    return List.copyOf(out);
  }

  /** Pieces between the indices (or so many, for a 0-dim tensor) along {@code dim}. */
  default List<Tensor> tensorSplit(Tensor indicesOrSections, int dim) {
    long[] v = Dense.longs(indicesOrSections);
    return indicesOrSections.dim() == 0
        ? tensorSplit((int) v[0], dim)
        : tensorSplit(
            Arrays.stream(v)
                .mapToInt(i -> Math.clamp(i, Integer.MIN_VALUE, Integer.MAX_VALUE))
                .toArray(),
            dim);
  }

  /** Pieces between the given indices along the first dimension. */
  default List<Tensor> tensorSplit(int[] indices) {
    return tensorSplit(indices, 0);
  }

  /** Pieces between the given indices along {@code dim}. */
  default List<Tensor> tensorSplit(int[] indices, int dim) {
    if (self().dim() == 0) {
      throw Errors.invalid("tensorSplit", "a scalar [] cannot be split.");
    }
    var out = new ArrayList<Tensor>();
    int start = 0;
    for (int end : given(indices, "indices")) {
      out.add(self().slice(dim, start, end));
      start = end;
    }
    out.add(self().slice(dim, start, Integer.MAX_VALUE));
    return List.copyOf(out);
  }

  /** So many pieces along the first dimension. */
  default List<Tensor> tensorSplit(int sections) {
    return tensorSplit(sections, 0);
  }

  /**
   * So many pieces along {@code dim}, sizes differing by one at most. PyTorch: {@code
   * torch.tensor_split}.
   */
  default List<Tensor> tensorSplit(int sections, int dim) {
    if (sections < 1 || self().dim() == 0) {
      throw Errors.invalid(
          "tensorSplit",
          sections + " pieces of " + self().shape() + ": it takes 1 or more, and a dimension.");
    }
    int size = self().size(self().shape().dim("tensorSplit", dim));
    int most = Math.max(size, 1 << 20); // what is more would be empty, and asked for by mistake
    if (sections > most) {
      throw Errors.invalid(
          "tensorSplit",
          "%s pieces of dimension %s of %s: nearly all would be empty. Ask for at most %s."
              .formatted(sections, dim, self().shape(), most));
    }
    int[] borders = new int[sections - 1];
    int at = 0;
    for (int i = 0; i < borders.length; i++) {
      at += size / sections + (i < size % sections ? 1 : 0);
      borders[i] = at;
    }
    return tensorSplit(borders, dim);
  }

  /** Pieces between the given indices along the columns. */
  default List<Tensor> hsplit(int... indices) {
    return between("hsplit", indices, self().dim() == 1 ? 0 : 1, 1);
  }

  /**
   * So many equal pieces along the columns (of a vector, its elements). PyTorch: {@code
   * torch.hsplit}.
   */
  default List<Tensor> hsplit(int sections) {
    return equal("hsplit", sections, self().dim() == 1 ? 0 : 1, 1);
  }

  /** Pieces between the given indices along the rows. */
  default List<Tensor> vsplit(int... indices) {
    return between("vsplit", indices, 0, 2);
  }

  /** So many equal pieces along the rows. PyTorch: {@code torch.vsplit}. */
  default List<Tensor> vsplit(int sections) {
    return equal("vsplit", sections, 0, 2);
  }

  /** Pieces between the given indices along dimension 2. */
  default List<Tensor> dsplit(int... indices) {
    return between("dsplit", indices, 2, 3);
  }

  /** So many equal pieces along dimension 2. PyTorch: {@code torch.dsplit}. */
  default List<Tensor> dsplit(int sections) {
    return equal("dsplit", sections, 2, 3);
  }

  private List<Tensor> between(String op, int[] indices, int dim, int rank) {
    if (self().dim() < rank) {
      throw Errors.invalid(op, self().shape() + " has fewer than " + rank + " dimensions.");
    }
    return tensorSplit(indices, dim);
  }

  private List<Tensor> equal(String op, int sections, int dim, int rank) {
    if (self().dim() < rank || sections < 1 || self().size(dim) % sections != 0) {
      throw Errors.invalid(
          op,
          self().shape() + " has no " + sections + " equal pieces along dimension " + dim + ".");
    }
    return tensorSplit(sections, dim);
  }

  private void hasDimension(String op) {
    if (self().dim() == 0) {
      throw Errors.invalid(
          op, "a scalar [] has no dimension to take pieces of. Use unsqueeze(0) first.");
    }
  }
}
