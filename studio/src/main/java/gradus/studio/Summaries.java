package gradus.studio;

import gradus.tensor.DType;
import gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What large tensors are like. A model has millions of weights: they are read in parts, several at
 * once, and what parts add up to is added in their order.
 */
final class Summaries {
  private static final int PART = 1 << 16;

  private final Shape shape;
  private final DType dtype;
  private final IntToDoubleFunction at;
  private final IntFunction<double[]> part;

  private Summaries(Shape shape, DType dtype, IntToDoubleFunction at, IntFunction<double[]> part) {
    this.shape = shape;
    this.dtype = dtype;
    this.at = at;
    this.part = part;
  }

  static Value.Summary of(Shape shape, DType dtype, float[] data) {
    return new Summaries(shape, dtype, at -> data[at], part -> part(data, part * PART)).summary();
  }

  static Value.Summary of(Shape shape, DType dtype, double[] data) {
    return new Summaries(
            shape,
            dtype,
            at -> data[at],
            part -> Arrays.copyOfRange(data, part * PART, Math.min(data.length, (part + 1) * PART)))
        .summary();
  }

  private static double[] part(float[] data, int from) {
    double[] part = new double[Math.min(PART, data.length - from)];
    for (int i = 0; i < part.length; i++) {
      part[i] = data[from + i];
    }
    return part;
  }

  private Stream<double[]> parts() {
    return IntStream.range(0, Math.ceilDiv(shape.numel(), PART)).parallel().mapToObj(part);
  }

  private Value.Summary summary() {
    Range all = parts().map(Range::of).reduce(Range::and).orElseThrow();
    double mean = all.sum / shape.numel();
    Spread spread = parts().map(x -> Spread.of(x, mean, all)).reduce(Spread::and).orElseThrow();
    double std = Math.sqrt(spread.squares / shape.numel());
    return new Value.Summary(
        shape, dtype, corners(), all.min, all.max, mean, std, spread.histogram);
  }

  /** Where numbers lie; low and high are the range of those that are finite. */
  private record Range(double sum, double min, double max, double low, double high) {
    static Range of(double[] part) {
      double sum = 0;
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (double x : part) {
        sum += x;
        min = Math.min(min, x);
        max = Math.max(max, x);
      }
      if (Double.isFinite(min) && Double.isFinite(max)) {
        return new Range(sum, min, max, min, max);
      }
      double[] finite = Arrays.stream(part).filter(Double::isFinite).toArray();
      double low = Arrays.stream(finite).min().orElse(Double.POSITIVE_INFINITY);
      double high = Arrays.stream(finite).max().orElse(Double.NEGATIVE_INFINITY);
      return new Range(sum, min, max, low, high);
    }

    Range and(Range other) {
      return new Range(
          sum + other.sum,
          Math.min(min, other.min),
          Math.max(max, other.max),
          Math.min(low, other.low),
          Math.max(high, other.high));
    }
  }

  /** How far numbers are from the mean, and how many lie in each part of the range. */
  private record Spread(double squares, int[] histogram) {
    static Spread of(double[] part, double mean, Range range) {
      double low = range.low;
      double scale = range.high > low ? Value.BINS / (range.high - low) : 0;
      boolean finite = range.min == low && range.max == range.high;
      double squares = 0;
      int[] histogram = new int[Value.BINS];
      for (double x : part) {
        squares += (x - mean) * (x - mean);
        if (finite || Double.isFinite(x)) {
          histogram[Math.min((int) ((x - low) * scale), Value.BINS - 1)]++;
        }
      }
      return new Spread(squares, histogram);
    }

    Spread and(Spread other) {
      int[] sum = new int[Value.BINS];
      Arrays.setAll(sum, i -> histogram[i] + other.histogram[i]);
      return new Spread(squares + other.squares, sum);
    }
  }

  private List<double[][]> corners() {
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
            corner[r][c] = at.applyAsDouble((row + r) * columns + column + c);
          }
        }
        corners.add(corner);
      }
    }
    return List.copyOf(corners);
  }
}
