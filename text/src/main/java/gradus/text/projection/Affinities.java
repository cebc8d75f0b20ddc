package gradus.text.projection;

import gradus.tensor.FlatIndex;
import gradus.tensor.Metric;
import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much each point is a neighbour of each other: the P of t-SNE, in rows of those that are not
 * zero.
 *
 * <p>Around each point stands a bell curve as wide as it must be to reach {@code perplexity}
 * neighbours; what it says of the nearest points, made the same in both directions, sums up to one.
 *
 * @param start where the row of point i begins; entry n is the end
 * @param others the neighbours
 * @param p their shares
 */
record Affinities(int[] start, int[] others, double[] p) {
  /** Beyond three widths of the bell curve there is nothing worth counting (van der Maaten). */
  private static final int NEIGHBOURS_PER_PERPLEXITY = 3;

  private static final int MOST_HALVINGS = 100;
  private static final double CLOSE_ENOUGH = 1e-5;

  static Affinities of(Tensor points, double perplexity) {
    int n = points.size(0);
    int k = (int) Math.min(n - 1, NEIGHBOURS_PER_PERPLEXITY * perplexity);
    var found = FlatIndex.of(points, Metric.EUCLIDEAN).search(points, k + 1);
    long[] rows = found.indices().toLongArray();
    float[] distances = found.values().toFloatArray();
    int[] neighbours = new int[n * k];
    double[] shares = new double[n * k];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              int at = i * k;
              for (int j = i * (k + 1); j < (i + 1) * (k + 1) && at < (i + 1) * k; j++) {
                if (rows[j] != i) { // of equal points the one itself may come late, or not at all
                  neighbours[at] = Math.toIntExact(rows[j]);
                  shares[at++] = (double) distances[j] * distances[j];
                }
              }
              bell(shares, i * k, (i + 1) * k, perplexity);
            });
    return symmetric(n, k, neighbours, shares);
  }

  /** Turns squared distances into shares whose perplexity is the one wanted. */
  private static void bell(double[] row, int from, int to, double perplexity) {
    double[] squares = Arrays.copyOfRange(row, from, to);
    double least = Arrays.stream(squares).min().orElse(0);
    double wanted = Math.log(perplexity);
    double beta = 1;
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    for (int round = 0; round < MOST_HALVINGS; round++) {
      double sum = 0;
      double mean = 0;
      for (int j = from; j < to; j++) {
        double square = squares[j - from] - least; // changes no share, and keeps exp above zero
        row[j] = Math.exp(-beta * square);
        sum += row[j];
        mean += square * row[j];
      }
      for (int j = from; j < to; j++) {
        row[j] /= sum;
      }
      double surplus = Math.log(sum) + beta * mean / sum - wanted;
      if (Math.abs(surplus) < CLOSE_ENOUGH) {
        break;
      }
      if (surplus > 0) { // too wide
        low = beta;
        beta = high == Double.POSITIVE_INFINITY ? 2 * beta : (beta + high) / 2;
      } else {
        high = beta;
        beta = (beta + low) / 2;
      }
    }
  }

  /** (P + Pᵀ) / 2n. */
  private static Affinities symmetric(int n, int k, int[] neighbours, double[] shares) {
    int[] size = new int[n];
    for (int i = 0; i < n * k; i++) {
      size[i / k]++;
      size[neighbours[i]]++;
    }
    int[] start = new int[n + 1];
    for (int i = 0; i < n; i++) {
      start[i + 1] = start[i] + size[i];
    }
    int[] others = new int[start[n]];
    double[] p = new double[others.length];
    int[] end = Arrays.copyOf(start, n);
    for (int i = 0; i < n * k; i++) {
      int row = i / k;
      int other = neighbours[i];
      others[end[row]] = other;
      p[end[row]++] = shares[i] / (2.0 * n);
      others[end[other]] = row;
      p[end[other]++] = shares[i] / (2.0 * n);
    }
    return merged(n, start, others, p);
  }

  /** With two that are neighbours of each other told once. */
  private static Affinities merged(int n, int[] start, int[] others, double[] p) {
    int[] place = new int[n];
    Arrays.fill(place, -1);
    int[] first = new int[n + 1];
    int end = 0;
    for (int i = 0; i < n; i++) {
      first[i] = end;
      for (int j = start[i]; j < start[i + 1]; j++) {
        if (place[others[j]] >= first[i]) {
          p[place[others[j]]] += p[j];
        } else {
          place[others[j]] = end;
          others[end] = others[j];
          p[end++] = p[j];
        }
      }
    }
    first[n] = end;
    return new Affinities(first, Arrays.copyOf(others, end), Arrays.copyOf(p, end));
  }

  int points() {
    return start.length - 1;
  }
}
