package gradus.text.projection;

import gradus.tensor.Tensor;
import gradus.text.io.Given;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * t-SNE: a flat map on which neighbours stay neighbours.
 *
 * <pre>{@code
 * Tensor places = new Tsne().perplexity(30).fitTransform(vectors);   // [n, dim] to [n, 2]
 * }</pre>
 *
 * <p>Near points pull each other together as much as they are neighbours in the space, and all push
 * each other apart, until both balance. Trust who lies beside whom; how far groups are apart, and
 * how large they are, means little. Vectors of hundreds of numbers are usually brought down to 50
 * by {@link Pca} before.
 *
 * <p>Neighbours are exact. The push of far points is that of their groups (Barnes–Hut), so that an
 * iteration takes time of n log n: 10,000 points some ten seconds in all. With the same points,
 * settings and seed the map is the same, bit for bit. Settings bear scikit-learn's names and
 * defaults.
 *
 * <p>Source: van der Maaten, "Accelerating t-SNE using Tree-Based Algorithms" (2014).
 */
public final class Tsne {
  private static final int EXPLORATION = 250;
  private static final int BETWEEN_CALLS = 10;
  private static final double START_SPREAD = 1e-4;
  private static final double LEAST_GAIN = 0.01;

  private double perplexity = 30;
  private double earlyExaggeration = 12;
  private double learningRate;
  private int nIter = 1000;
  private double angle = 0.5;
  private long seed = 1;

  /** t-SNE with scikit-learn's defaults. */
  public Tsne() {}

  /** About how many neighbours a point has (default 30); fewer than there are points. */
  public Tsne perplexity(double perplexity) {
    this.perplexity = number("perplexity", perplexity, 1, Double.MAX_VALUE);
    return this;
  }

  /** How much harder neighbours pull in the first 250 iterations (default 12). */
  public Tsne earlyExaggeration(double earlyExaggeration) {
    this.earlyExaggeration = number("earlyExaggeration", earlyExaggeration, 1, Double.MAX_VALUE);
    return this;
  }

  /**
   * The size of the steps. By default, as scikit-learn's {@code "auto"}, n / earlyExaggeration / 4,
   * at least 50.
   */
  public Tsne learningRate(double learningRate) {
    this.learningRate = number("learningRate", learningRate, Double.MIN_NORMAL, Double.MAX_VALUE);
    return this;
  }

  /** How many iterations (default 1000; scikit-learn 1.5: {@code max_iter}). */
  public Tsne nIter(int nIter) {
    this.nIter = (int) number("nIter", nIter, 1, Integer.MAX_VALUE);
    return this;
  }

  /**
   * Groups that look smaller than this, in radians, push as one (default 0.5); 0 is exact and takes
   * time of n².
   */
  public Tsne angle(double angle) {
    this.angle = number("angle", angle, 0, 0.7);
    return this;
  }

  /** The seed of the small noise that parts equal points (default 1). */
  public Tsne seed(long seed) {
    this.seed = seed;
    return this;
  }

  private static double number(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "Tsne: %s is %s. It must be a number from %s%s."
              .formatted(
                  name,
                  value,
                  least == Double.MIN_NORMAL ? "above 0" : least,
                  most >= Integer.MAX_VALUE ? "" : " to " + most));
    }
    return value;
  }

  /** The map; see {@link #fitTransform(Tensor, TsneProgress)}. */
  public Tensor fitTransform(Tensor points) {
    return fitTransform(points, TsneProgress.silent());
  }

  /**
   * The map of some points. It begins with their first two principal axes.
   *
   * @param points FLOAT32 [n, dim], without NaN
   * @param progress sees every tenth map, and the last
   * @return their places [n, 2]
   * @throws IllegalArgumentException if the points are no such matrix, or are no more than {@code
   *     perplexity}
   */
  public Tensor fitTransform(Tensor points, TsneProgress progress) {
    Pca.check(points);
    Given.notNull("Tsne", "progress", progress);
    int n = points.size(0);
    if (perplexity >= n) {
      throw new IllegalArgumentException(
          "Tsne: perplexity is %s and there are %d points. It must be less; 5 to 50 are usual."
              .formatted(perplexity, n));
    }
    if (points.isnan().any().item() != 0) {
      throw new IllegalArgumentException(
          "Tsne: the points hold NaN, which lies nowhere. Leave such rows out.");
    }
    Affinities near = Affinities.of(points, perplexity);
    double[] y = beginning(points);
    descend(near, y, progress);
    return tensor(y);
  }

  private static Tensor tensor(double[] y) {
    float[] places = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      places[i] = (float) y[i];
    }
    return Tensor.fromArray(places, y.length / 2, 2);
  }

  private double[] beginning(Tensor points) {
    int axes = Math.min(2, points.size(1));
    float[] places = Pca.of(points, axes).project(points).toFloatArray();
    double square = 0;
    for (int i = 0; i < places.length; i += axes) {
      square += (double) places[i] * places[i];
    }
    double scale = square == 0 ? 0 : START_SPREAD / Math.sqrt(square * axes / places.length);
    var random = new Random(seed);
    double[] y = new double[2 * points.size(0)];
    for (int i = 0; i < y.length; i++) {
      double place = i % 2 < axes ? places[i / 2 * axes + i % 2] : 0;
      y[i] = place * scale + random.nextGaussian() * START_SPREAD / 100;
    }
    return y;
  }

  private void descend(Affinities near, double[] y, TsneProgress progress) {
    double rate =
        learningRate > 0 ? learningRate : Math.max(near.points() / earlyExaggeration / 4, 50);
    double[] step = new double[y.length];
    double[] gains = new double[y.length];
    double[] gradient = new double[y.length];
    Arrays.fill(gains, 1);
    for (int done = 1; done <= nIter; done++) {
      boolean early = done <= EXPLORATION;
      gradient(near, y, early ? earlyExaggeration : 1, angle, gradient);
      for (int i = 0; i < y.length; i++) {
        boolean turned = (gradient[i] > 0) == (step[i] > 0) && gradient[i] != 0 && step[i] != 0;
        gains[i] = Math.max(LEAST_GAIN, turned ? gains[i] * 0.8 : gains[i] + 0.2);
        step[i] = (early ? 0.5 : 0.8) * step[i] - rate * gains[i] * gradient[i];
        y[i] += step[i];
      }
      if (done % BETWEEN_CALLS == 0 || done == nIter) {
        progress.at(done, divergence(near, y, angle), tensor(y));
      }
    }
  }

  /**
   * The slope of the divergence: 4 (Σ p q (y − y') exaggerated, less Σ q² (y − y') / Σ q).
   *
   * @return Σ q over all pairs
   */
  static double gradient(
      Affinities near, double[] y, double exaggeration, double angle, double[] gradient) {
    int n = near.points();
    var tree = new QuadTree(y);
    double[] sums = new double[n];
    IntStream.range(0, n).parallel().forEach(i -> sums[i] = tree.push(i, angle, gradient));
    double sum = Math.max(serial(sums), Double.MIN_NORMAL);
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              double pullX = 0;
              double pullY = 0;
              for (int j = near.start()[i]; j < near.start()[i + 1]; j++) {
                int other = near.others()[j];
                double dx = y[2 * i] - y[2 * other];
                double dy = y[2 * i + 1] - y[2 * other + 1];
                double pq = near.p()[j] / (1 + dx * dx + dy * dy);
                pullX += pq * dx;
                pullY += pq * dy;
              }
              gradient[2 * i] = 4 * (exaggeration * pullX - gradient[2 * i] / sum);
              gradient[2 * i + 1] = 4 * (exaggeration * pullY - gradient[2 * i + 1] / sum);
            });
    return sum;
  }

  /** A sum that does not depend on how many processors there are. */
  private static double serial(double[] sums) {
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum;
  }

  /** How badly the map tells the neighbourhoods: Σ p log(p / (q / Σ q)), in nats. */
  static double divergence(Affinities near, double[] y, double angle) {
    int n = near.points();
    var tree = new QuadTree(y);
    double[] sums = new double[n];
    double[] unused = new double[y.length];
    IntStream.range(0, n).parallel().forEach(i -> sums[i] = tree.push(i, angle, unused));
    double sum = serial(sums);
    double divergence = 0;
    for (int i = 0; i < n; i++) {
      for (int j = near.start()[i]; j < near.start()[i + 1]; j++) {
        int other = near.others()[j];
        double dx = y[2 * i] - y[2 * other];
        double dy = y[2 * i + 1] - y[2 * other + 1];
        double p = near.p()[j];
        divergence += p > 0 ? p * Math.log(p * sum * (1 + dx * dx + dy * dy)) : 0;
      }
    }
    return divergence;
  }
}
