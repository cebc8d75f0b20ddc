package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.GradMode;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;

/** Similarities and distances among the functions of {@link F}. */
public abstract sealed class DistanceFunctions extends AttentionFunctions permits RegressionLosses {
  /**
   * {@link #cosineSimilarity(Tensor, Tensor, int, double)} along dimension 1. PyTorch: {@code
   * F.cosine_similarity}.
   */
  public static Tensor cosineSimilarity(Tensor x1, Tensor x2) {
    return cosineSimilarity(x1, x2, 1, 1e-8);
  }

  /** {@link #cosineSimilarity(Tensor, Tensor, int, double)} with eps 1e-8. */
  public static Tensor cosineSimilarity(Tensor x1, Tensor x2, int dim) {
    return cosineSimilarity(x1, x2, dim, 1e-8);
  }

  /**
   * The cosine of the angle between vectors: x₁·x₂/(|x₁||x₂|), −1..1. PyTorch: {@code
   * F.cosine_similarity}.
   *
   * @param x1 any shape
   * @param x2 a shape that broadcasts with it
   * @param dim the dimension of the vectors
   * @param eps the least length, so that a zero vector gives 0
   * @return the common shape without {@code dim}
   */
  public static Tensor cosineSimilarity(Tensor x1, Tensor x2, int dim, double eps) {
    Shape common =
        Shape.broadcast("cosineSimilarity", given(x1, "x1").shape(), given(x2, "x2").shape());
    int rank = Math.max(1, common.rank());
    if (dim < -rank || dim >= rank) {
      throw new IndexOutOfBoundsException(
          "cosineSimilarity: dim "
              + dim
              + " is out of range for "
              + common
              + "; valid are "
              + -rank
              + ".."
              + (rank - 1)
              + ".");
    }
    if (common.rank() == 0) {
      return cosineSimilarity(x1.unsqueeze(0), x2.unsqueeze(0), 0, eps);
    }
    Tensor first = direction(whole(x1, common, dim), dim, eps);
    return first.mul(direction(whole(x2, common, dim), dim, eps)).sum(dim);
  }

  /** x itself if its vectors are whole, so that each is measured once; else broadcast. */
  private static Tensor whole(Tensor x, Shape common, int dim) {
    boolean whole = x.dim() == common.rank() && x.size(dim) == common.size(dim);
    return whole ? x : x.expand(common.toArray());
  }

  /**
   * The vectors divided by their lengths; a length below eps counts as eps but keeps its gradient,
   * as in PyTorch.
   */
  private static Tensor direction(Tensor x, int dim, double eps) {
    Tensor length = x.norm(2, dim, true);
    Tensor divisor = length.clone();
    try (var _ = GradMode.noGrad()) {
      divisor.clamp_(eps, Double.POSITIVE_INFINITY);
    }
    return x.div(divisor);
  }

  /**
   * Euclid's distance between the vectors of the last dimension. PyTorch: {@code
   * F.pairwise_distance}.
   */
  public static Tensor pairwiseDistance(Tensor x1, Tensor x2) {
    return pairwiseDistance(x1, x2, 2, 1e-6, false);
  }

  /**
   * The p-norm of x₁ − x₂ + eps over the last dimension. PyTorch: {@code F.pairwise_distance}.
   *
   * @param x1 [*, D]
   * @param x2 [*, D]
   * @param p the exponent of the norm
   * @param eps added to each difference, so that the root has a derivative at 0
   * @param keepdim whether the last dimension stays, with size 1
   * @return [*] or [*, 1]
   */
  public static Tensor pairwiseDistance(
      Tensor x1, Tensor x2, double p, double eps, boolean keepdim) {
    return given(x1, "x1").sub(x2).add(eps).norm(p, -1, keepdim);
  }

  /** {@link #pdist(Tensor, double)} by Euclid. PyTorch: {@code F.pdist}. */
  public static Tensor pdist(Tensor input) {
    return pdist(input, 2);
  }

  /**
   * The distances of all pairs of rows i &lt; j: [N, D] to [N(N−1)/2]. PyTorch: {@code
   * F.pdist(input, p)}.
   *
   * @param input [N, D]
   * @param p the exponent of the norm
   * @return the distances 0–1, 0–2, …, 1–2, …
   */
  public static Tensor pdist(Tensor input, double p) {
    if (given(input).dim() != 2) {
      throw Checks.invalid(
          "pdist", input.shape() + " is not a matrix. pdist only supports 2D tensors [N, D].");
    }
    int n = input.size(0);
    long[] first = new long[Math.max(0, n * (n - 1) / 2)];
    long[] second = new long[first.length];
    int k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        first[k] = i;
        second[k++] = j;
      }
    }
    Tensor left = input.indexSelect(0, Tensor.of(first));
    return left.sub(input.indexSelect(0, Tensor.of(second))).norm(p, -1, false);
  }
}
