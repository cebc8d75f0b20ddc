package gradus.text.projection;

import java.util.Arrays;

/**
 * Points of a plane in squares within squares, so that a far square acts as one point in its centre
 * of mass (Barnes and Hut).
 */
final class QuadTree {
  private static final int DEEPEST = 48;
  private static final int MOST_PENDING = 4 * DEEPEST;

  private final double[] places;

  private int squares;
  private double[] sumX;
  private double[] sumY;
  private double[] middleX;
  private double[] middleY;
  private double[] width;
  private int[] count;

  /** The first of four squares within, or 0 for none. */
  private int[] within;

  /**
   * @param places x and y of each point in turn
   */
  QuadTree(double[] places) {
    this.places = places;
    int n = places.length / 2;
    room(4 * n + 16);
    double least = Arrays.stream(places).min().orElse(0);
    double most = Arrays.stream(places).max().orElse(0);
    add((least + most) / 2, (least + most) / 2, Math.max(most - least, 1e-300) * 1.0001);
    for (int i = 0; i < n; i++) {
      insert(i);
    }
    for (int square = 0; square < squares; square++) {
      sumX[square] /= Math.max(1, count[square]);
      sumY[square] /= Math.max(1, count[square]);
    }
  }

  private void room(int most) {
    sumX = sumX == null ? new double[most] : Arrays.copyOf(sumX, most);
    sumY = sumY == null ? new double[most] : Arrays.copyOf(sumY, most);
    middleX = middleX == null ? new double[most] : Arrays.copyOf(middleX, most);
    middleY = middleY == null ? new double[most] : Arrays.copyOf(middleY, most);
    width = width == null ? new double[most] : Arrays.copyOf(width, most);
    count = count == null ? new int[most] : Arrays.copyOf(count, most);
    within = within == null ? new int[most] : Arrays.copyOf(within, most);
  }

  private void add(double x, double y, double wide) {
    if (squares == count.length) {
      room(2 * squares);
    }
    middleX[squares] = x;
    middleY[squares] = y;
    width[squares++] = wide;
  }

  private void insert(int point) {
    double x = places[2 * point];
    double y = places[2 * point + 1];
    int square = 0;
    for (int depth = 0; ; depth++) {
      if (count[square] > 0 && within[square] == 0) {
        boolean same = sumX[square] == x * count[square] && sumY[square] == y * count[square];
        if (!same && depth < DEEPEST) {
          split(square);
        }
      }
      sumX[square] += x;
      sumY[square] += y;
      count[square]++;
      if (within[square] == 0) {
        return;
      }
      square = quarter(square, x, y);
    }
  }

  private int quarter(int square, double x, double y) {
    return within[square] + (x >= middleX[square] ? 1 : 0) + (y >= middleY[square] ? 2 : 0);
  }

  /** Gives a leaf four squares, into one of which goes what lay in it. */
  private void split(int square) {
    int first = squares;
    double quarter = width[square] / 4;
    for (int i = 0; i < 4; i++) {
      add(
          middleX[square] + (i % 2 == 0 ? -quarter : quarter),
          middleY[square] + (i < 2 ? -quarter : quarter),
          width[square] / 2);
    }
    within[square] = first;
    int to = quarter(square, sumX[square] / count[square], sumY[square] / count[square]);
    sumX[to] = sumX[square];
    sumY[to] = sumY[square];
    count[to] = count[square];
  }

  /**
   * Adds how a point is pushed away by all: Σ q² (y − y'), where q = 1 / (1 + ‖y − y'‖²).
   *
   * @param point which
   * @param angle squares that look smaller act as one; at 0 none does
   * @param force x and y of the push are put in at twice the point
   * @return Σ q over the others
   */
  double push(int point, double angle, double[] force) {
    double x = places[2 * point];
    double y = places[2 * point + 1];
    double sum = -1; // the point itself is among all, with q = 1
    double pushX = 0;
    double pushY = 0;
    int[] pending = new int[MOST_PENDING];
    int top = 1;
    while (top > 0) {
      int square = pending[--top];
      double dx = x - sumX[square];
      double dy = y - sumY[square];
      double distance = dx * dx + dy * dy;
      int first = within[square];
      if (first == 0 || width[square] * width[square] < angle * angle * distance) {
        double q = 1 / (1 + distance);
        double all = count[square] * q;
        sum += all;
        pushX += all * q * dx;
        pushY += all * q * dy;
      } else {
        for (int i = first; i < first + 4; i++) {
          if (count[i] > 0) {
            pending[top++] = i;
          }
        }
      }
    }
    force[2 * point] = pushX;
    force[2 * point + 1] = pushY;
    return sum;
  }
}
