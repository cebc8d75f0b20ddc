package gradus.studio;

import gradus.tensor.DType;
import gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What large tensors are like. A model has millions of weights: they are read once, in parts,
 * several at once, and what parts add up to is added in their order.
 */
final class Summaries {
  private static final int PART = 1 << 16;

  private Summaries() {}

  static Value.Summary of(Shape shape, DType dtype, float[] data) {
    double pivot = pivot(Math.min(PART, data.length), at -> data[at]);
    return of(
        shape,
        dtype,
        at -> data[at],
        pivot,
        part -> sums(data, part * PART, end(part, data.length), pivot));
  }

  static Value.Summary of(Shape shape, DType dtype, double[] data) {
    double pivot = pivot(Math.min(PART, data.length), at -> data[at]);
    return of(
        shape,
        dtype,
        at -> data[at],
        pivot,
        part -> sums(data, part * PART, end(part, data.length), pivot));
  }

  private static int end(int part, int length) {
    return Math.min(length, (part + 1) * PART);
  }

  /** About the mean: squares of the distance from it keep their digits. */
  private static double pivot(int count, IntToDoubleFunction data) {
    int step = Math.max(1, count / 64);
    double sum = 0;
    int finite = 0;
    for (int i = 0; i < count; i += step) {
      double x = data.applyAsDouble(i);
      if (Double.isFinite(x)) {
        sum += x;
        finite++;
      }
    }
    return finite == 0 ? 0 : sum / finite;
  }

  private static Value.Summary of(
      Shape shape, DType dtype, IntToDoubleFunction data, double pivot, IntFunction<Sums> part) {
    int count = shape.numel();
    Sums all =
        IntStream.range(0, Math.ceilDiv(count, PART))
            .parallel()
            .mapToObj(part)
            .reduce(Sums::and)
            .orElseThrow();
    double mean = pivot + all.sum / count;
    double off = all.sum / count;
    double std = Math.sqrt(Math.max(0, all.squares / count - off * off));
    return new Value.Summary(
        shape,
        dtype,
        corners(shape, data),
        all.min,
        all.max,
        mean,
        Double.isNaN(mean) ? mean : std,
        histogram(count, data, all));
  }

  /** Of distances from the pivot, and where numbers lie. */
  private record Sums(double sum, double squares, double min, double max) {
    Sums and(Sums other) {
      return new Sums(
          sum + other.sum,
          squares + other.squares,
          Math.min(min, other.min),
          Math.max(max, other.max));
    }
  }

  private static Sums sums(float[] data, int from, int to, double pivot) {
    double sum = 0;
    double squares = 0;
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      double off = data[i] - pivot;
      sum += off;
      squares += off * off;
      min = Math.min(min, data[i]);
      max = Math.max(max, data[i]);
    }
    return new Sums(sum, squares, min, max);
  }

  private static Sums sums(double[] data, int from, int to, double pivot) {
    double sum = 0;
    double squares = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      double off = data[i] - pivot;
      sum += off;
      squares += off * off;
      min = Math.min(min, data[i]);
      max = Math.max(max, data[i]);
    }
    return new Sums(sum, squares, min, max);
  }

  private static int[] histogram(int count, IntToDoubleFunction data, Sums all) {
    int step = Math.ceilDiv(count, Value.MOST_COUNTED);
    double low = all.min;
    double high = all.max;
    if (!Double.isFinite(low) || !Double.isFinite(high)) { // the range of what is finite
      low = finite(count, data).min().orElse(0);
      high = finite(count, data).max().orElse(0);
    }
    double scale = high > low ? Value.BINS / (high - low) : 0;
    int[] histogram = new int[Value.BINS];
    for (int i = 0; i < count; i += step) {
      double x = data.applyAsDouble(i);
      if (Double.isFinite(x)) {
        histogram[Math.min((int) ((x - low) * scale), Value.BINS - 1)]++;
      }
    }
    return histogram;
  }

  private static DoubleStream finite(int count, IntToDoubleFunction data) {
    return IntStream.range(0, count).mapToDouble(data).filter(Double::isFinite);
  }

  private static List<double[][]> corners(Shape shape, IntToDoubleFunction data) {
    int columns = shape.rank() == 0 ? 1 : shape.size(shape.rank() - 1);
    int rows = shape.numel() / columns;
    int height = Math.min(2, rows);
    int width = Math.min(2, columns);
    var corners = new ArrayList<double[][]>();
    for (int row : new int[] {0, rows - height}) {
      for (int column : new int[] {0, columns - width}) {
        double[][] corner = new double[height][width];
        for (int r = 0; r < height; r++) {
          for (int c = 0; c < width; c++) {
            corner[r][c] = data.applyAsDouble((row + r) * columns + column + c);
          }
        }
        corners.add(corner);
      }
    }
    return List.copyOf(corners);
  }
}
