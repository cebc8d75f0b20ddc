package gradus.nn.optim;

import gradus.tensor.DType;
import gradus.tensor.Tensor;

/**
 * Looks along a line for a step after which the function has fallen enough and is flat enough: the
 * strong Wolfe conditions.
 *
 * <p>First steps grow until one goes too far, then the interval between the last two shrinks; the
 * next trial is where the cubic through both ends, values and slopes, has its minimum. PyTorch:
 * {@code _strong_wolfe}; Nocedal and Wright, Numerical Optimization, algorithms 3.5 and 3.6.
 */
final class StrongWolfe {
  private static final double C1 = 1e-4;
  private static final double C2 = 0.9;
  private static final int MOST = 25;

  /** The function and its gradient a step along the line. */
  interface Line {
    Point at(double step);
  }

  /** A step with the function, its gradient, and its slope along the line. */
  record Point(double step, double value, Tensor gradient, double slope) {}

  private final Line line;
  private final Point start;
  private final DType dtype;
  private final double longest;
  private final double toleranceChange;
  private Point low;
  private Point high;

  /** How often the function was computed. */
  int evaluations;

  /**
   * A search.
   *
   * @param start where the line begins, at step 0
   * @param longest the greatest element of the direction, by size
   * @param toleranceChange an interval that moves no element by more is small enough
   */
  StrongWolfe(Line line, Point start, double longest, double toleranceChange) {
    this.line = line;
    this.start = start;
    this.dtype = start.gradient().dtype();
    this.longest = longest;
    this.toleranceChange = toleranceChange;
  }

  /** The step that was found. */
  Point search(double first) {
    int iterations = bracket(first);
    if (iterations >= 0) {
      zoom(iterations);
    }
    return low;
  }

  private Point evaluate(double step) {
    evaluations++;
    return line.at(step);
  }

  private boolean tooHigh(Point p) {
    return p.value() > start.value() + C1 * p.step() * start.slope();
  }

  private boolean flat(Point p) {
    return Math.abs(p.slope()) <= -C2 * start.slope();
  }

  /** Finds two steps with a good one between them; -1 if {@link #low} is good already. */
  private int bracket(double first) {
    Point before = start;
    Point now = evaluate(first);
    for (int i = 0; i < MOST; i++) {
      if (tooHigh(now) || (i > 1 && now.value() >= before.value())) {
        return between(before, now, i);
      }
      if (flat(now)) {
        low = now;
        return -1;
      }
      if (now.slope() >= 0) {
        return between(before, now, i);
      }
      double t = now.step();
      double least = round(t + 0.01 * (t - before.step()));
      double next = minimum(before, now, least, round(10 * t));
      before = now;
      now = evaluate(next);
    }
    return between(start, now, MOST);
  }

  private int between(Point a, Point b, int iterations) {
    boolean first = a.value() <= b.value();
    low = first ? a : b;
    high = first ? b : a;
    return iterations;
  }

  private void zoom(int iterations) {
    // The interval as PyTorch keeps it: which end came first decides ties of the interpolation.
    Point[] ends = low.step() <= high.step() ? new Point[] {low, high} : new Point[] {high, low};
    int lowest = ends[0] == low ? 0 : 1;
    boolean stuck = false;
    for (int i = iterations; i < MOST; i++) {
      double least = Math.min(ends[0].step(), ends[1].step());
      double most = Math.max(ends[0].step(), ends[1].step());
      if (Math.abs(ends[1].step() - ends[0].step()) * longest < toleranceChange) {
        break;
      }
      double t = minimum(ends[0], ends[1], least, most);
      double margin = round(0.1 * (most - least));
      boolean close = Math.min(most - t, t - least) < margin;
      if (close && (stuck || t >= most || t <= least)) {
        t = round(Math.abs(t - most) < Math.abs(t - least) ? most - margin : least + margin);
        close = false;
      }
      stuck = close;
      Point now = evaluate(t);
      int highest = 1 - lowest;
      boolean done = false;
      if (tooHigh(now) || now.value() >= ends[lowest].value()) {
        ends[highest] = now;
        lowest = ends[0].value() <= ends[1].value() ? 0 : 1;
      } else {
        done = flat(now);
        if (!done && now.slope() * (ends[highest].step() - ends[lowest].step()) >= 0) {
          ends[highest] = ends[lowest];
        }
        ends[lowest] = now;
      }
      if (done) {
        break;
      }
    }
    low = ends[lowest];
  }

  /** Where the cubic through two points is least, inside of bounds; else their middle. */
  private double minimum(Point a, Point b, double from, double to) {
    double d1 =
        round(
            round(a.slope() + b.slope())
                - round(3 * (a.value() - b.value()) / (a.step() - b.step())));
    double square = round(round(d1 * d1) - round(a.slope() * b.slope()));
    if (!(square >= 0)) {
      return round((from + to) / 2);
    }
    double d2 = round(Math.sqrt(square));
    boolean ordered = a.step() <= b.step();
    Point x = ordered ? a : b;
    Point y = ordered ? b : a;
    double share =
        round(
            round(round(y.slope() + d2) - d1)
                / round(round(y.slope() - x.slope()) + round(2 * d2)));
    double least = round(y.step() - round(round(y.step() - x.step()) * share));
    return Math.min(Math.max(least, from), to);
  }

  /** PyTorch computes with tensors of one element here, of the parameters' type. */
  private double round(double value) {
    return dtype == DType.FLOAT32 ? (float) value : value;
  }
}
