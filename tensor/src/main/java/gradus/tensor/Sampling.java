package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Draws from distributions over few outcomes: coins and weighted indices. */
final class Sampling {
  private Sampling() {}

  /**
   * 1 with the probability each element of {@code p} names, else 0; FLOAT32 compares with 24 random
   * bits.
   */
  static Tensor bernoulli(Generator generator, Tensor p) {
    double[] out = Dense.doubles(p);
    for (double probability : out) {
      checkProbability("bernoulli", probability);
    }
    boolean single = p.dtype() != DType.FLOAT64;
    synchronized (generator) {
      for (int i = 0; i < out.length; i++) {
        out[i] = (single ? generator.nextFloat() : generator.nextDouble()) < out[i] ? 1 : 0;
      }
    }
    return Dense.of(out, p.dtype(), p.shape());
  }

  /**
   * 1 with probability {@code p}, else 0, for the elements of {@code x} in the order they lie in
   * memory.
   */
  static Tensor bernoulli(Generator generator, Tensor x, double p) {
    checkProbability("bernoulli_", p);
    int[] order = MemoryOrder.of(x);
    double[] out = new double[x.numel()];
    boolean[] below = generator.below(p, out.length);
    for (int i = 0; i < out.length; i++) {
      out[i] = below[i] ? 1 : 0;
    }
    return MemoryOrder.arranged(
        Dense.of(out, x.dtype(), MemoryOrder.permuted(x.shape(), order)), order);
  }

  private static void checkProbability(String op, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw Errors.invalid(op, "p is " + p + ". A probability is between 0 and 1.");
    }
  }

  static Tensor multinomial(
      Generator generator, Tensor input, int numSamples, boolean replacement) {
    if (given(input).dim() < 1 || input.dim() > 2 || numSamples < 1) {
      throw Errors.invalid(
          "multinomial",
          "%s samples of %s: it takes weights [n] or [m, n], and draws 1 sample or more."
              .formatted(numSamples, input.shape()));
    }
    boolean vector = input.dim() == 1;
    int rows = vector ? 1 : input.size(0);
    int cols = input.size(-1);
    double[] weights = Dense.doubles(input);
    for (int r = 0; r < rows; r++) {
      check(weights, r, cols, input, numSamples, replacement);
    }
    long[] out = ArrayPool.room(Shape.of(rows, numSamples), 8, long[]::new);
    if (replacement) {
      synchronized (generator) {
        for (int r = 0; r < rows; r++) {
          double[] cumulative = cumulative(weights, r * cols, cols, input.dtype());
          for (int s = 0; s < numSamples; s++) {
            out[r * numSamples + s] = slot(cumulative, generator.nextDouble());
          }
        }
      }
    } else {
      race(generator, weights, input.dtype());
      Tensor arrivals = Dense.of(weights, input.dtype(), Shape.of(rows, cols));
      out = arrivals.topk(numSamples, 1).indices().toLongArray();
    }
    return Dense.of(out, DType.INT64, vector ? Shape.of(numSamples) : Shape.of(rows, numSamples));
  }

  private static void check(
      double[] weights, int row, int cols, Tensor input, int numSamples, boolean replacement) {
    double[] w = Arrays.copyOfRange(weights, row * cols, (row + 1) * cols);
    for (int i = 0; i < cols; i++) {
      if (!(w[i] >= 0 && w[i] < Double.POSITIVE_INFINITY)) {
        throw Errors.invalid(
            "multinomial",
            ("weight %s%s of %s is %s. Weights are 0 or more, and finite. Use "
                    + "logits.softmax(-1) for logits.")
                .formatted(i, input.dim() == 1 ? "" : " of row " + row, input.shape(), w[i]));
      }
    }
    long positive = Arrays.stream(w).filter(v -> v > 0).count();
    boolean enough = positive > 0 && (replacement || positive >= numSamples);
    if (!enough) {
      throw Errors.invalid(
          "multinomial",
          ("row %s of %s offers %s indices of positive weight for %s samples. Without "
                  + "replacement each index is drawn once: enough weights must be positive. Draw "
                  + "fewer, or with replacement.")
              .formatted(row, input.shape(), positive, numSamples));
    }
  }

  /**
   * Without replacement: every weight w becomes w / e, with e exponential; the largest are the
   * sample. Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006.
   */
  private static void race(Generator generator, double[] weights, DType dtype) {
    boolean single = dtype == DType.FLOAT32;
    synchronized (generator) {
      for (int i = 0; i < weights.length; i++) {
        double e = -Math.log1p(-generator.nextDouble());
        weights[i] = single ? (float) weights[i] / (float) e : weights[i] / e;
      }
    }
  }

  /** The weights of a row summed up to 1, rounded as {@code dtype} is. */
  private static double[] cumulative(double[] weights, int from, int cols, DType dtype) {
    boolean single = dtype == DType.FLOAT32;
    double[] out = new double[cols];
    double sum = 0;
    for (int i = 0; i < cols; i++) {
      sum = single ? (float) (sum + weights[from + i]) : sum + weights[from + i];
      out[i] = sum;
    }
    for (int i = 0; i < cols; i++) {
      out[i] = single ? (float) out[i] / (float) sum : out[i] / sum;
    }
    out[cols - 1] = 1;
    return out;
  }

  /** The first place that reaches {@code wanted}. */
  private static int slot(double[] cumulative, double wanted) {
    int low = 0;
    int high = cumulative.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  static void positive(String op, String name, double value) {
    if (!(value > 0)) {
      throw Errors.invalid(op, "%s is %s. It must be above 0.".formatted(name, value));
    }
  }

  /** What {@code f} makes of numbers drawn evenly from [0, 1), in double as PyTorch does. */
  static Tensor transformed(Tensor x, String op, Generator generator, DoubleUnaryOperator f) {
    given(generator, "generator");
    if (!x.dtype().isFloatingPoint()) {
      throw Errors.invalid(
          op, "x must be FLOAT32 or FLOAT64 but is %s. Use x.toFloat().".formatted(x.dtype()));
    }
    return InPlaceOps.with(
        x,
        op,
        to -> {
          double[] drawn = Dense.doubles(generator.uniform(DType.FLOAT64, to.shape(), 0, 1));
          Arrays.setAll(drawn, i -> f.applyAsDouble(drawn[i]));
          Tensor values = Dense.of(drawn, DType.FLOAT64, to.shape()).to(to.dtype());
          return Tensor.record(new Op.Fill(), values, to);
        });
  }
}
