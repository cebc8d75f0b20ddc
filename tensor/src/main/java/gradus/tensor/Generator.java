package gradus.tensor;

import gradus.tensor.kernel.Parallel;
import java.util.SplittableRandom;

/**
 * The source of random numbers: PyTorch's own (Mersenne twister MT19937) once seeded, and until then a faster one that
 * splits over threads.
 *
 * <p>After {@code manualSeed(0)}, {@code rand}, {@code randn}, {@code randint} and {@code randperm} draw the numbers
 * PyTorch draws on a CPU. A generator is not shared between threads safely; seed and draw from one. PyTorch: {@code
 * torch.Generator}. Matsumoto and Nishimura, "Mersenne Twister", 1998; Box and Muller, 1958.
 */
public final class Generator {
  private static final int N = 624;
  private static final int M = 397;
  private static final int CHUNK = 1 << 14;
  private static final Generator STANDARD = new Generator();

  private final int[] state = new int[N];
  private int next = N;
  private boolean seeded;
  private SplittableRandom fast = new SplittableRandom();
  private double spareNormal = Double.NaN;

  /** A generator that is not seeded yet. */
  public Generator() {}

  /** The generator that everything draws from. */
  public static Generator standard() {
    return STANDARD;
  }

  /**
   * Starts PyTorch's sequence of this seed. PyTorch: {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return this generator
   */
  public Generator manualSeed(long seed) {
    seeded = true;
    spareNormal = Double.NaN;
    next = N;
    state[0] = (int) seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
    return this;
  }

  /** 32 random bits, as a number from 0 to 2^32 − 1. */
  long nextInt32() {
    if (!seeded) {
      return fast.nextInt() & 0xffffffffL;
    }
    if (next == N) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y & 0xffffffffL;
  }

  private void twist() {
    for (int i = 0; i < N; i++) {
      int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
      state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
    }
    next = 0;
  }

  private long nextInt64() {
    long high = nextInt32();
    return (high << 32) | nextInt32();
  }

  /** A number from 0 to {@code bound − 1}. */
  long nextBelow(long bound) {
    return bound >= 1L << 32 ? Long.remainderUnsigned(nextInt64(), bound) : nextInt32() % bound;
  }

  /** A uniform number in [0, 1) of 53 bits. */
  double nextDouble() {
    return (nextInt64() & ((1L << 53) - 1)) * 0x1p-53;
  }

  private float nextFloat() {
    return (nextInt32() & ((1 << 24) - 1)) * 0x1p-24f;
  }

  /** A normal number; they come in pairs, and the second waits for the next call. */
  private double nextNormal() {
    if (!Double.isNaN(spareNormal)) {
      double spare = spareNormal;
      spareNormal = Double.NaN;
      return spare;
    }
    double u1 = nextDouble();
    double u2 = nextDouble();
    double radius = Math.sqrt(-2 * Math.log1p(-u2));
    double theta = 2 * Math.PI * u1;
    spareNormal = radius * Math.sin(theta);
    return radius * Math.cos(theta);
  }

  Tensor uniform(DType dtype, Shape shape, double from, double to) {
    floating("uniform", dtype);
    int n = shape.numel();
    if (dtype == DType.FLOAT32) {
      float[] out = new float[n];
      float low = (float) from;
      float width = (float) to - low;
      if (seeded) {
        for (int i = 0; i < n; i++) {
          out[i] = nextFloat() * width + low;
        }
      } else {
        split(n, (random, i) -> out[i] = random.nextInt(1 << 24) * 0x1p-24f * width + low);
      }
      return Dense.of(out, shape);
    }
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = nextDouble() * (to - from) + from;
    }
    return Dense.of(out, dtype, shape);
  }

  Tensor normal(DType dtype, Shape shape, double mean, double std) {
    floating("normal", dtype);
    int n = shape.numel();
    if (!seeded && dtype == DType.FLOAT32) {
      float[] out = new float[n];
      split(n, (random, i) -> out[i] = (float) (random.nextGaussian() * std + mean));
      return Dense.of(out, shape);
    }
    double[] out = new double[n];
    boolean single = dtype == DType.FLOAT32;
    if (n < 16) {
      for (int i = 0; i < n; i++) {
        out[i] = nextNormal() * std + mean;
      }
      return Dense.of(out, dtype, shape);
    }
    for (int i = 0; i < n; i++) {
      out[i] = single ? nextFloat() : nextDouble();
    }
    for (int i = 0; i < n - 15; i += 16) {
      boxMuller(out, i, mean, std);
    }
    if (n % 16 != 0) {
      for (int i = n - 16; i < n; i++) {
        out[i] = single ? nextFloat() : nextDouble();
      }
      boxMuller(out, n - 16, mean, std);
    }
    return Dense.of(out, dtype, shape);
  }

  /** Sixteen uniform numbers made normal, eight pairs. */
  private static void boxMuller(double[] data, int from, double mean, double std) {
    for (int j = from; j < from + 8; j++) {
      double radius = Math.sqrt(-2 * Math.log(1 - data[j]));
      double theta = 2 * Math.PI * data[j + 8];
      data[j] = radius * Math.cos(theta) * std + mean;
      data[j + 8] = radius * Math.sin(theta) * std + mean;
    }
  }

  private static void floating(String op, DType dtype) {
    if (!dtype.isFloatingPoint()) {
      throw Errors.dtype(op, "dtype", "FLOAT32 or FLOAT64", dtype, "Use randint(...) for whole numbers.");
    }
  }

  private interface Draw {
    void at(SplittableRandom random, int i);
  }

  /** Fills by chunks, each with a generator split off beforehand, so that the threads need not meet. */
  private void split(int n, Draw draw) {
    int chunks = (n + CHUNK - 1) / CHUNK;
    var randoms = new SplittableRandom[chunks];
    for (int c = 0; c < chunks; c++) {
      randoms[c] = fast.split();
    }
    Parallel.rows(
        chunks,
        CHUNK * 8L,
        (from, to) -> {
          for (int c = from; c < to; c++) {
            int end = Math.min(n, (c + 1) * CHUNK);
            for (int i = c * CHUNK; i < end; i++) {
              draw.at(randoms[c], i);
            }
          }
        });
  }

  Tensor multinomial(Tensor input, int numSamples, boolean replacement) {
    boolean vector = input.dim() == 1;
    int rows = vector ? 1 : input.size(0);
    int cols = input.size(-1);
    double[] weights = Dense.doubles(input);
    long[] out = new long[rows * numSamples];
    for (int r = 0; r < rows; r++) {
      double[] w = java.util.Arrays.copyOfRange(weights, r * cols, (r + 1) * cols);
      long positive = java.util.Arrays.stream(w).filter(v -> v > 0).count();
      if (positive == 0 || (!replacement && positive < numSamples) || java.util.Arrays.stream(w).anyMatch(v -> !(v >= 0))) {
        throw Errors.invalid(
            "multinomial",
            "row " + r + " of " + input.shape() + " offers " + positive + " indices of positive weight for " + numSamples
                + " samples. Weights are 0 or more, and without replacement enough must be positive.");
      }
      for (int s = 0; s < numSamples; s++) {
        int choice = draw(w);
        out[r * numSamples + s] = choice;
        w[choice] = replacement ? w[choice] : 0;
      }
    }
    return Dense.of(out, DType.INT64, vector ? Shape.of(numSamples) : Shape.of(rows, numSamples));
  }

  private int draw(double[] weights) {
    double total = 0;
    for (double w : weights) {
      total += w;
    }
    double target = nextDouble() * total;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        target -= weights[i];
        if (target < 0) {
          break;
        }
      }
    }
    return last;
  }
}
