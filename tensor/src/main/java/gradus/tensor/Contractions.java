package gradus.tensor;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import java.util.Arrays;
import java.util.Set;

/**
 * Products beyond matrices: over chosen dimensions, of blocks, in space, and distances between
 * rows.
 */
public sealed interface Contractions permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * The last {@code dims} dimensions here multiplied and summed with the first ones there. PyTorch:
   * {@code torch.tensordot}.
   */
  default Tensor tensordot(Tensor other, int dims) {
    given(other);
    if (dims < 0 || dims > self().dim() || dims > other.dim()) {
      throw Errors.invalid(
          "tensordot",
          "%s dimensions of %s and %s: there are not so many."
              .formatted(dims, self().shape(), other.shape()));
    }
    int[] a = new int[dims];
    int[] b = new int[dims];
    for (int i = 0; i < dims; i++) {
      a[i] = self().dim() - dims + i;
      b[i] = i;
    }
    return tensordot(other, new int[][] {a, b});
  }

  /** The dimensions {@code dims[0]} here multiplied and summed with {@code dims[1]} there. */
  default Tensor tensordot(Tensor other, int[][] dims) {
    given(other);
    if (givenAll(dims).length != 2 || dims[0].length != dims[1].length) {
      throw Errors.invalid(
          "tensordot", "dims must be two lists of one length, for the left and the right tensor.");
    }
    var a = Arrays.stream(dims[0]).mapToObj(d -> self().shape().dim("tensordot", d)).toList();
    var b = Arrays.stream(dims[1]).mapToObj(d -> other.shape().dim("tensordot", d)).toList();
    if (Set.copyOf(a).size() < a.size() || Set.copyOf(b).size() < b.size()) {
      throw Errors.invalid(
          "tensordot",
          "dims are %s of %s and %s of %s: a dimension occurs twice. Name each once."
              .formatted(a, self().shape(), b, other.shape()));
    }
    return Einsum.tensordot(self(), other, a, b);
  }

  /** The dot product of two vectors: {@code []}. PyTorch: {@code torch.vdot}. */
  default Tensor vdot(Tensor other) {
    return self().dot(other);
  }

  /**
   * The vector at right angles to both, along a dimension of size 3. PyTorch: {@code
   * torch.linalg.cross}.
   */
  default Tensor cross(Tensor other, int dim) {
    int rank = Math.max(self().dim(), given(other).dim());
    if (self().dim() != other.dim()) {
      throw Errors.invalid("cross", self().shape() + " and " + other.shape() + " differ in rank.");
    }
    boolean three = self().dim() == 0 || (self().size(dim) == 3 && other.size(dim) == 3);
    if (!three) {
      throw Errors.invalid(
          "cross",
          self().shape() + " and " + other.shape() + " need size 3 at dimension " + dim + ".");
    }
    int[] common = Shape.broadcast("cross", self().shape(), other.shape()).raw();
    Tensor a = self().expand(common);
    Tensor b = other.expand(common);
    int d = a.shape().dim("cross", dim);
    if (rank == 0 || a.size(d) != 3) {
      throw Errors.invalid(
          "cross", "dimension " + dim + " of " + a.shape() + " does not have size 3.");
    }
    return a.roll(-1, d).mul(b.roll(1, d)).sub(a.roll(1, d).mul(b.roll(-1, d)));
  }

  /**
   * The vector at right angles to both, along the first dimension of size 3. PyTorch: {@code
   * torch.cross}.
   */
  default Tensor cross(Tensor other) {
    int[] sizes = Shape.broadcast("cross", self().shape(), given(other).shape()).raw();
    for (int d = 0; d < sizes.length; d++) {
      if (sizes[d] == 3) {
        return cross(other, d);
      }
    }
    throw Errors.invalid(
        "cross", self().shape() + " and " + other.shape() + " have no dimension of size 3.");
  }

  /**
   * Every element here times the whole of {@code other}, as blocks. PyTorch: {@code torch.kron}.
   */
  default Tensor kron(Tensor other) {
    int rank = Math.max(self().dim(), given(other).dim());
    int[] left = new int[2 * rank];
    int[] right = new int[2 * rank];
    int[] out = new int[rank];
    for (int d = 0; d < rank; d++) {
      int a = d - (rank - self().dim());
      int b = d - (rank - other.dim());
      left[2 * d] = a < 0 ? 1 : self().size(a);
      left[2 * d + 1] = 1;
      right[2 * d] = 1;
      right[2 * d + 1] = b < 0 ? 1 : other.size(b);
      out[d] = left[2 * d] * right[2 * d + 1];
    }
    return self().reshape(left).mul(other.reshape(right)).reshape(out);
  }

  /**
   * Euclidean distances of rows: {@code […, m, k]} and {@code […, n, k]} give {@code […, m, n]}.
   * PyTorch: {@code torch.cdist}.
   */
  default Tensor cdist(Tensor x2) {
    return cdist(x2, 2);
  }

  /** Distances of rows in the p-norm. */
  default Tensor cdist(Tensor x2, Number p) {
    given(x2);
    if (self().dim() < 2 || x2.dim() < 2 || self().size(-1) != x2.size(-1)) {
      throw Errors.invalid(
          "cdist",
          "%s and %s: both need rows, of one length. Use unsqueeze(0) for a vector."
              .formatted(self().shape(), x2.shape()));
    }
    if (given(p, "p").doubleValue() < 0) {
      throw Errors.invalid("cdist", "p is " + p + ". It must be 0 or more.");
    }
    return self().unsqueeze(-2).sub(x2.unsqueeze(-3)).norm(p, -1);
  }
}
