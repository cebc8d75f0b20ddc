package gradus.text.projection;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.text.io.Given;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Principal component analysis: the flat map that keeps as much of the points' spread as it can.
 *
 * <p>The first axis is the direction in which the points differ most, the second the next one at a
 * right angle to it. An axis is found by power iteration: multiply any vector by the covariance
 * matrix again and again, and it turns towards the direction of the largest spread. To multiply a
 * thousand times is to multiply once by the matrix's 1024th power, which is ten squarings. Taking
 * that direction out of the matrix (deflation) leaves the next one.
 *
 * <pre>{@code
 * Pca pca = Pca.of(vectors, 2);              // vectors [n, dim]
 * Tensor places = pca.project(vectors);      // [n, 2]
 * pca.shares();                              // 40 % + 29 %
 * }</pre>
 *
 * <p>scikit-learn: {@code PCA(n_components).fit_transform(x)}; the signs of axes may differ.
 *
 * @param mean the points' centre: [dim]
 * @param axes the axes, each of length one: [count, dim]
 * @param explained the share of all spread along each axis
 */
public record Pca(Tensor mean, Tensor axes, double[] explained) {

  private static final int MOST_SQUARINGS = 20;
  private static final double CLOSE_ENOUGH = 1e-6;

  /** So many points are worked on at a time; what they take stays in the cache. */
  private static final int ROWS = 4096;

  /** Beyond so many numbers a matrix is too large to be squared. */
  private static final int LARGE = 512;

  /** So many dimensions of a large one are looked at. */
  private static final int PART = 256;

  private static final double SMALL = 1e-3;

  /** A share of the spread that is rounding and no direction. */
  private static final double NOTHING = 1e-6;

  /**
   * The first axes of a cloud of points. Of 100,000 points with 384 numbers each that is about 30
   * billion multiply-adds, a second or so.
   *
   * @param points FLOAT32 [n, dim] with n of at least 2
   * @param count how many axes, from 1 to dim; where the points spread in fewer directions, the
   *     rest are any at right angles to those, with a share of 0
   * @return the axes, the one of the largest spread first
   * @throws IllegalArgumentException if the points are no such matrix, or there are not so many
   *     axes
   */
  public static Pca of(Tensor points, int count) {
    check(points);
    int dim = points.size(1);
    if (count < 1 || count > dim) {
      throw new IllegalArgumentException(
          "Pca: count is %d and the points are %s. Points of %d numbers have 1..%d axes."
              .formatted(count, points.shape(), dim, dim));
    }
    Tensor mean = points.mean(0);
    Tensor covariance = Tensor.zeros(dim, dim);
    for (int from = 0; from < points.size(0); from += ROWS) {
      Tensor centred = rows(points, from).sub(mean);
      covariance = covariance.add(centred.transpose(0, 1).matmul(centred));
    }
    covariance = covariance.div(points.size(0) - 1);
    double total = covariance.diagonal().sum().item();
    // Of a large matrix only the part counts in which its first axes lie.
    Tensor basis = dim <= LARGE ? null : basis(covariance, Math.max(PART, 4 * count), count + 6);
    Tensor part =
        basis == null ? covariance : basis.matmul(covariance).matmul(basis.transpose(0, 1));
    Tensor[] directions = new Tensor[count];
    double[] explained = new double[count];
    for (int axis = 0; axis < count; axis++) {
      Tensor before = axis == 0 ? null : Tensor.stack(0, Arrays.copyOf(directions, axis));
      Tensor direction = direction(part, before, total * NOTHING);
      double spread = direction.dot(part.mv(direction)).item();
      directions[axis] = direction;
      explained[axis] = total > 0 ? Math.max(0, spread / total) : 0;
      part = part.sub(direction.outer(direction).mul(spread));
    }
    Tensor axes = Tensor.stack(0, directions);
    return new Pca(mean, basis == null ? axes : axes.matmul(basis), explained);
  }

  /**
   * Vectors at right angles that span what some random ones become when they are multiplied by a
   * matrix again and again: its first axes lie in there, very nearly (block Krylov iteration; Musco
   * and Musco, 2015).
   *
   * @return [size, dim]
   */
  private static Tensor basis(Tensor matrix, int size, int block) {
    int dim = matrix.size(0);
    int rows = Math.min(size, dim);
    var random = new Random(1);
    Tensor basis = Tensor.zeros(rows, dim);
    for (int row = 0; row < rows; row++) {
      Tensor before = row == 0 ? null : basis.narrow(0, 0, row);
      Tensor next = row < block ? any(random, dim) : matrix.mv(basis.select(0, row - block));
      Tensor fresh = rid(next, before);
      if (fresh.norm().item() <= NOTHING * next.norm().item()) {
        fresh = rid(any(random, dim), before); // the matrix leads nowhere new
      }
      basis.select(0, row).copy_(unit(rid(unit(fresh), before)));
    }
    return basis;
  }

  private static Tensor any(Random random, int dim) {
    float[] values = new float[dim];
    for (int i = 0; i < dim; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values);
  }

  static void check(Tensor points) {
    Given.notNull("projection", "points", points);
    if (points.dim() != 2 || points.size(0) < 2 || points.dtype() != DType.FLOAT32) {
      throw new IllegalArgumentException(
          "projection: the points are %s%s. They must be FLOAT32 [n, dim] with n of at least 2. Use x.toFloat()."
              .formatted(points.dtype(), points.shape()));
    }
  }

  private static Tensor rows(Tensor points, int from) {
    return points.narrow(0, from, Math.min(ROWS, points.size(0) - from));
  }

  /** The direction of the largest spread, at right angles to those before. */
  private static Tensor direction(Tensor matrix, Tensor before, double nothing) {
    int dim = matrix.size(0);
    if (matrix.norm().item() <= nothing) {
      return rest(dim, before); // nothing is left to find
    }
    Tensor power = unit(matrix);
    double change = 1;
    for (int done = 0; done < MOST_SQUARINGS && change > CLOSE_ENOUGH; done++) {
      Tensor next = unit(power.matmul(power));
      change = next.sub(power).norm().item();
      power = next;
    }
    Tensor any = unit(Tensor.linspace(1, 2, dim));
    Tensor towards = power.mv(any);
    boolean across =
        towards.norm().item() < SMALL; // any lies at a right angle to what is looked for
    Tensor found = across ? power.select(1, power.diagonal().argmax().itemInt()) : towards;
    return unit(rid(unit(rid(found, before)), before));
  }

  /** The unit vector that those before leave most of, without its part along them. */
  private static Tensor rest(int dim, Tensor before) {
    Tensor left = rid(Tensor.eye(dim), before);
    Tensor most = left.select(0, left.norm(2, 1).argmax().itemInt());
    return unit(rid(unit(most), before));
  }

  /** A vector, or each row, without its part along some axes. */
  private static Tensor rid(Tensor x, Tensor axes) {
    return axes == null ? x : x.sub(x.matmul(axes.transpose(0, 1)).matmul(axes));
  }

  /** A vector or matrix of length one. */
  private static Tensor unit(Tensor x) {
    return x.div(x.norm());
  }

  /** The explained shares in words, such as {@code 40 % + 29 %}. */
  public String shares() {
    return Arrays.stream(explained)
        .mapToObj(share -> String.format(Locale.ROOT, "%.0f %%", 100 * share))
        .collect(Collectors.joining(" + "));
  }

  /**
   * The points' places on the map.
   *
   * @param points FLOAT32 [n, dim], those of {@link #of} or others of the same space
   * @return [n, count]
   */
  public Tensor project(Tensor points) {
    Tensor towards = axes.transpose(0, 1);
    var parts = new ArrayList<Tensor>();
    for (int from = 0; from < points.size(0); from += ROWS) {
      parts.add(rows(points, from).sub(mean).matmul(towards));
    }
    return Tensor.cat(parts, 0);
  }
}
