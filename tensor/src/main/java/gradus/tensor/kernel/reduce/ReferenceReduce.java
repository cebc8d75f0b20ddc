package gradus.tensor.kernel.reduce;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.StrideWalk;
import gradus.tensor.kernel.reduce.Reduce.Kind;

/** Reductions one element at a time, in {@code double}: the reference of the vector forms. */
final class ReferenceReduce {

  private ReferenceReduce() {}

  static void reduce(
      Kind kind,
      float[] x,
      int xOff,
      int[] keptShape,
      int[] keptStrides,
      int[] reducedShape,
      int[] reducedStrides,
      float[] out) {
    int count = StrideWalk.count(reducedShape);
    Parallel.rows(
        StrideWalk.count(keptShape),
        count,
        (from, to) -> {
          StrideWalk kept = new StrideWalk(xOff, keptShape, keptStrides).skip(from);
          for (int i = from; i < to; i++, kept.next()) {
            StrideWalk reduced = new StrideWalk(kept.at, reducedShape, reducedStrides);
            double result = start(kind);
            for (int j = 0; j < count; j++, reduced.next()) {
              result = step(kind, result, x[reduced.at]);
            }
            out[i] = (float) result;
          }
        });
  }

  /** The result of nothing, with which every reduction begins. */
  static float start(Kind kind) {
    return switch (kind) {
      case SUM, SUM_SQUARES, SUM_ABS -> 0;
      case PROD -> 1;
      case MAX -> Float.NEGATIVE_INFINITY;
      case MIN -> Float.POSITIVE_INFINITY;
    };
  }

  static double step(Kind kind, double result, double x) {
    return switch (kind) {
      case SUM -> result + x;
      case PROD -> result * x;
      case MAX -> Math.max(result, x);
      case MIN -> Math.min(result, x);
      case SUM_SQUARES -> result + x * x;
      case SUM_ABS -> result + Math.abs(x);
    };
  }

  static void arg(
      boolean max,
      float[] x,
      int xOff,
      int[] keptShape,
      int[] keptStrides,
      int size,
      int stride,
      float[] values,
      long[] places) {
    Parallel.rows(
        StrideWalk.count(keptShape),
        size,
        (from, to) -> {
          StrideWalk kept = new StrideWalk(xOff, keptShape, keptStrides).skip(from);
          for (int i = from; i < to; i++, kept.next()) {
            int place = argOfRow(max, x, kept.at, size, stride);
            places[i] = place;
            if (values != null) {
              values[i] = x[kept.at + place * stride];
            }
          }
        });
  }

  private static int argOfRow(boolean max, float[] x, int at, int size, int stride) {
    int best = 0;
    float extreme = x[at];
    for (int j = 1; j < size && extreme == extreme; j++) {
      float value = x[at + j * stride];
      if (value != value || (max ? value > extreme : value < extreme)) {
        extreme = value;
        best = j;
      }
    }
    return best;
  }

  static void moments(
      float[] x,
      int xOff,
      int[] keptShape,
      int[] keptStrides,
      int[] reducedShape,
      int[] reducedStrides,
      float[] mean,
      float[] sumSquaredDeviations) {
    int count = StrideWalk.count(reducedShape);
    Parallel.rows(
        StrideWalk.count(keptShape),
        2L * count,
        (from, to) -> {
          StrideWalk kept = new StrideWalk(xOff, keptShape, keptStrides).skip(from);
          for (int i = from; i < to; i++, kept.next()) {
            StrideWalk reduced = new StrideWalk(kept.at, reducedShape, reducedStrides);
            double sum = 0;
            for (int j = 0; j < count; j++, reduced.next()) {
              sum += x[reduced.at];
            }
            double centre = sum / count;
            double squares = 0;
            // After its last step the walk is back at the first element.
            for (int j = 0; j < count; j++, reduced.next()) {
              double deviation = x[reduced.at] - centre;
              squares += deviation * deviation;
            }
            mean[i] = (float) centre;
            sumSquaredDeviations[i] = (float) squares;
          }
        });
  }
}
