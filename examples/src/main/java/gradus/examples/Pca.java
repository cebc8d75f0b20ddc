package gradus.examples;

import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Principal component analysis: the flat map that keeps as much of the points' spread as it can.
 *
 * <p>The first axis is the direction in which the points differ most, the second the next one at a
 * right angle to it. An axis is found by power iteration: multiply any vector by the covariance
 * matrix again and again, and it turns towards the direction of the largest spread. Taking that
 * direction out of the matrix (deflation) leaves the next one.
 *
 * @param mean the points' centre: [dim]
 * @param axes the axes, each of length one: [count, dim]
 * @param explained the share of all spread along each axis
 */
record Pca(Tensor mean, Tensor axes, double[] explained) {

  private static final int MOST_ROUNDS = 1000;
  private static final double CLOSE_ENOUGH = 1e-7;

  /**
   * The first axes of a cloud of points.
   *
   * @param points [n, dim] with n of at least 2
   * @param count how many axes
   */
  static Pca of(Tensor points, int count) {
    Tensor mean = points.mean(0);
    Tensor centred = points.sub(mean);
    Tensor covariance = centred.transpose(0, 1).matmul(centred).div(points.size(0) - 1);
    double total = covariance.diagonal().sum().item();
    Tensor[] axes = new Tensor[count];
    double[] explained = new double[count];
    for (int axis = 0; axis < count; axis++) {
      Tensor direction = powerIteration(covariance);
      double spread = direction.dot(covariance.mv(direction)).item();
      axes[axis] = direction;
      explained[axis] = spread / total;
      covariance = covariance.sub(direction.outer(direction).mul(spread));
    }
    return new Pca(mean, Tensor.stack(0, axes), explained);
  }

  private static Tensor powerIteration(Tensor matrix) {
    int dim = matrix.size(0);
    Tensor vector = Tensor.linspace(1, 2, dim);
    vector = vector.div(vector.norm());
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Tensor next = matrix.mv(vector);
      next = next.div(next.norm());
      double change = next.sub(vector).norm().item();
      vector = next;
      if (change < CLOSE_ENOUGH) {
        break;
      }
    }
    return vector;
  }

  /** The explained shares in words, such as {@code 40 % + 29 %}. */
  String shares() {
    return Arrays.stream(explained)
        .mapToObj(share -> String.format(Locale.ROOT, "%.0f %%", 100 * share))
        .collect(Collectors.joining(" + "));
  }

  /** The points' places on the map: [n, count]. */
  Tensor project(Tensor points) {
    return points.sub(mean).matmul(axes.transpose(0, 1));
  }
}
