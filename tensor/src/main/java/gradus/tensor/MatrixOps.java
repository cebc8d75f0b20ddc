package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.Arrays;

/** Products of matrices and vectors. */
public sealed interface MatrixOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * The matrix product, batch dimensions broadcasting. PyTorch: {@code torch.matmul}, {@code a @
   * b}.
   *
   * <p>{@code [n] @ [n]} is a dot product {@code []}; {@code [m, k] @ [k]} and {@code [k] @ [k, n]}
   * treat the vector as a column or row; otherwise {@code […, m, k] @ […, k, n]} gives {@code […,
   * m, n]}.
   *
   * <p>Sums of FLOAT32 products are cut into chains of at most 256, those added up in FLOAT32 to
   * 32,768 products, and beyond that in FLOAT64: an element is off by at most 2.3e-5 times the sum
   * of the products' magnitudes, some 1e-7 as a rule, however long the inner dimension is.
   *
   * @param other the right factor, of the same dtype
   * @return the product
   * @throws IllegalArgumentException if the inner sizes differ
   */
  default Tensor matmul(Tensor other) {
    return MatMulOps.matmul("matmul", self(), other);
  }

  /** The product of two matrices {@code [m, k] @ [k, n]}. PyTorch: {@code torch.mm}. */
  default Tensor mm(Tensor mat2) {
    MatMulOps.rank("mm", self(), 2, mat2, 2);
    return MatMulOps.matmul("mm", self(), mat2);
  }

  /** The products of a batch {@code [b, m, k] @ [b, k, n]}. PyTorch: {@code torch.bmm}. */
  default Tensor bmm(Tensor mat2) {
    MatMulOps.rank("bmm", self(), 3, mat2, 3);
    if (self().size(0) != mat2.size(0)) {
      throw Errors.matmul(
          "bmm",
          self().shape(),
          mat2.shape(),
          "batch sizes " + self().size(0) + " and " + mat2.size(0) + " differ.");
    }
    return MatMulOps.matmul("bmm", self(), mat2);
  }

  /** A matrix times a vector {@code [m, k] @ [k]}. PyTorch: {@code torch.mv}. */
  default Tensor mv(Tensor vec) {
    MatMulOps.rank("mv", self(), 2, vec, 1);
    return MatMulOps.matmul("mv", self(), vec);
  }

  /**
   * The dot product of two vectors: {@code []}; as accurate as {@link #matmul}. PyTorch: {@code
   * torch.dot}.
   */
  default Tensor dot(Tensor tensor) {
    MatMulOps.rank("dot", self(), 1, tensor, 1);
    return MatMulOps.matmul("dot", self(), tensor);
  }

  /**
   * The dot product along the last dimensions: {@code [m, k]} with {@code [n, k]} is {@code [m,
   * n]}. PyTorch: {@code inner}.
   */
  default Tensor inner(Tensor other) {
    given(other);
    if (self().dim() == 0 || other.dim() == 0) {
      return self().mul(other);
    }
    int k = self().size(-1);
    if (k != other.size(-1)) {
      throw Errors.matmul(
          "inner",
          self().shape(),
          other.shape(),
          "last sizes " + k + " and " + other.size(-1) + " differ.");
    }
    int[] a = self().shape().raw();
    int[] b = other.shape().raw();
    int[] out = new int[a.length + b.length - 2];
    System.arraycopy(a, 0, out, 0, a.length - 1);
    System.arraycopy(b, 0, out, a.length - 1, b.length - 1);
    int rows = k == 0 ? Shape.of(Arrays.copyOf(a, a.length - 1)).numel() : self().numel() / k;
    int cols = k == 0 ? Shape.of(Arrays.copyOf(b, b.length - 1)).numel() : other.numel() / k;
    return self().reshape(rows, k).matmul(other.reshape(cols, k).t()).reshape(out);
  }

  /** All products of two vectors' elements: {@code [m, n]}. PyTorch: {@code torch.outer}. */
  default Tensor outer(Tensor vec2) {
    MatMulOps.rank("outer", self(), 1, vec2, 1);
    return self().unsqueeze(1).mul(vec2.unsqueeze(0));
  }

  /** {@code beta · self + alpha · mat1 @ mat2}. PyTorch: {@code torch.addmm}. */
  default Tensor addmm(Tensor mat1, Tensor mat2, Number beta, Number alpha) {
    return MatMulOps.affine(self(), given(mat1, "mat1").mm(mat2), beta, alpha);
  }

  /** {@code self + mat1 @ mat2}. */
  default Tensor addmm(Tensor mat1, Tensor mat2) {
    return addmm(mat1, mat2, 1, 1);
  }

  /** {@code beta · self + alpha · mat @ vec}. PyTorch: {@code torch.addmv}. */
  default Tensor addmv(Tensor mat, Tensor vec, Number beta, Number alpha) {
    return MatMulOps.affine(self(), given(mat, "mat").mv(vec), beta, alpha);
  }

  /** {@code self + mat @ vec}. */
  default Tensor addmv(Tensor mat, Tensor vec) {
    return addmv(mat, vec, 1, 1);
  }

  /** {@code beta · self + alpha · vec1 ⊗ vec2}. PyTorch: {@code torch.addr}. */
  default Tensor addr(Tensor vec1, Tensor vec2, Number beta, Number alpha) {
    return MatMulOps.affine(self(), given(vec1, "vec1").outer(vec2), beta, alpha);
  }

  /**
   * {@code beta · self + alpha · batch1 @ batch2}, matrix by matrix. PyTorch: {@code
   * torch.baddbmm}.
   */
  default Tensor baddbmm(Tensor batch1, Tensor batch2, Number beta, Number alpha) {
    return MatMulOps.affine(self(), given(batch1, "batch1").bmm(batch2), beta, alpha);
  }

  /** {@code self + batch1 @ batch2}, matrix by matrix. */
  default Tensor baddbmm(Tensor batch1, Tensor batch2) {
    return baddbmm(batch1, batch2, 1, 1);
  }

  /** {@code beta · self + alpha · Σ batch1 @ batch2}. PyTorch: {@code torch.addbmm}. */
  default Tensor addbmm(Tensor batch1, Tensor batch2, Number beta, Number alpha) {
    return MatMulOps.affine(self(), given(batch1, "batch1").bmm(batch2).sum(0), beta, alpha);
  }

  /** The sum of the diagonal of a matrix: {@code []}. PyTorch: {@code torch.trace}. */
  default Tensor trace() {
    if (self().dim() != 2) {
      throw Errors.invalid("trace", self().shape() + " is not a matrix.");
    }
    return self().diagonal().sum();
  }
}
