package gradus.tensor;

import static gradus.tensor.spi.Given.givenAll;

import java.util.List;

/**
 * The cheapest order to multiply a chain of matrices (Cormen et al., "Introduction to Algorithms",
 * 15.2).
 */
final class MatrixChain {
  private MatrixChain() {}

  static Tensor multiply(List<Tensor> tensors) {
    if (givenAll(tensors).isEmpty()) {
      throw Errors.invalid("multiDot", "the list of tensors is empty. Give at least one.");
    }
    int n = tensors.size();
    if (n == 1) {
      return tensors.getFirst();
    }
    boolean row = tensors.getFirst().dim() == 1;
    boolean column = tensors.getLast().dim() == 1;
    Tensor[] chain = tensors.toArray(Tensor[]::new);
    chain[0] = row ? chain[0].unsqueeze(0) : chain[0];
    chain[n - 1] = column ? chain[n - 1].unsqueeze(1) : chain[n - 1];
    long[] sizes = new long[n + 1];
    for (int i = 0; i < n; i++) {
      if (chain[i].dim() != 2) {
        throw Errors.invalid(
            "multiDot", tensors.get(i).shape() + " is not a matrix; only the ends may be vectors.");
      }
      sizes[i] = chain[i].size(0);
    }
    sizes[n] = chain[n - 1].size(1);
    int[][] cut = cuts(sizes, n);
    Tensor out = product(chain, cut, 0, n - 1);
    out = column ? out.squeeze(-1) : out;
    return row ? out.squeeze(0) : out;
  }

  private static int[][] cuts(long[] sizes, int n) {
    double[][] cost = new double[n][n];
    int[][] cut = new int[n][n];
    for (int length = 1; length < n; length++) {
      for (int i = 0; i + length < n; i++) {
        int j = i + length;
        cost[i][j] = Double.POSITIVE_INFINITY;
        for (int k = i; k < j; k++) {
          double c = cost[i][k] + cost[k + 1][j] + (double) sizes[i] * sizes[k + 1] * sizes[j + 1];
          if (c < cost[i][j]) {
            cost[i][j] = c;
            cut[i][j] = k;
          }
        }
      }
    }
    return cut;
  }

  private static Tensor product(Tensor[] chain, int[][] cut, int from, int to) {
    return from == to
        ? chain[from]
        : product(chain, cut, from, cut[from][to]).mm(product(chain, cut, cut[from][to] + 1, to));
  }
}
