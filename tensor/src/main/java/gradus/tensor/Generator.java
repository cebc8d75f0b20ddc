package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.random.MersenneTwister;
import gradus.tensor.kernel.random.NormalPairs;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * The source of random numbers: PyTorch's own (Mersenne twister MT19937) once seeded, and until
 * then a faster one that splits over threads.
 *
 * <p>After {@code manualSeed(0)}, {@code rand}, {@code randn}, {@code randint}, {@code randperm},
 * {@code bernoulli}, {@code multinomial}, {@code uniform_} and {@code normal_} draw the numbers
 * PyTorch draws on a CPU: FLOAT32 bit for bit; FLOAT64 normal numbers may differ in the last
 * digits, where logarithm, sine and cosine of the two platforms do.
 *
 * <p>Any thread may draw: a lock gives each call a stretch of the sequence of its own, so that no
 * number is drawn twice. Which thread gets which stretch is up to their order; a program that is to
 * repeat itself draws in one thread.
 *
 * <pre>{@code
 * var g = new Generator().manualSeed(42);
 * var w = Tensor.randn(g, 27, 27);   // torch.randn((27, 27), generator=g)
 * }</pre>
 *
 * <p>PyTorch: {@code torch.Generator}.
 */
public final class Generator {
  private static final int CHUNK = 1 << 14;

  /** Normal numbers come in blocks of so many, see {@link NormalPairs}. */
  private static final int BLOCK = 16;

  /** PyTorch's seed of a generator that got none. */
  private static final long DEFAULT_SEED = 67280421310721L;

  private static final Generator STANDARD = unseeded();

  private MersenneTwister twister = new MersenneTwister();
  private SplittableRandom fast = new SplittableRandom();
  private boolean seeded;
  private long initialSeed;
  private double spareNormal = Double.NaN;

  /**
   * One of your own, with the seed that PyTorch's begins with. PyTorch: {@code torch.Generator()}.
   */
  public Generator() {
    this(true);
  }

  private Generator(boolean seeded) {
    if (seeded) {
      manualSeed(DEFAULT_SEED);
    }
  }

  /** One that has no seed yet, as the standard one begins. */
  static Generator unseeded() {
    return new Generator(false);
  }

  /** The generator that everything draws from which is not given another. */
  public static Generator standard() {
    return STANDARD;
  }

  /**
   * Starts PyTorch's sequence of this seed. PyTorch: {@code torch.manual_seed(seed)}.
   *
   * @param seed any number
   * @return this generator
   */
  public synchronized Generator manualSeed(long seed) {
    seeded = true;
    initialSeed = seed;
    spareNormal = Double.NaN;
    twister.seed(seed);
    return this;
  }

  /**
   * Starts the sequence of a seed that nobody knows beforehand. PyTorch: {@code seed()}.
   *
   * @return the seed, with which {@link #manualSeed} gives the same numbers again
   */
  public synchronized long seed() {
    long seed = new SplittableRandom().nextLong();
    manualSeed(seed);
    return seed;
  }

  /**
   * The seed this generator began with; one that has none yet begins now, as {@link #seed()} does.
   * PyTorch: {@code initial_seed()}.
   */
  public synchronized long initialSeed() {
    return seeded ? initialSeed : seed();
  }

  /**
   * How far this generator is, to go on from there with {@link #setState}: INT32 [5056], bytes in
   * PyTorch's own layout.
   *
   * <pre>{@code
   * TorchFile.save(Map.of("rng", Generator.standard().getState()), path);
   * Generator.standard().setState(TorchFile.loadMap(path).getTensor("rng"));
   * }</pre>
   *
   * <p>A file of PyTorch's holds the same; PyTorch wants ours as bytes: {@code
   * torch.set_rng_state(rng.to(torch.uint8))}. It refuses the state of a generator without a seed.
   *
   * <p>PyTorch: {@code get_state()}, {@code torch.get_rng_state()}.
   */
  public Tensor getState() {
    byte[] state = state();
    int[] bytes = new int[state.length];
    Arrays.setAll(bytes, i -> Byte.toUnsignedInt(state[i]));
    return Tensor.of(bytes).to(DType.INT32);
  }

  /**
   * Goes on from a state. PyTorch: {@code set_state(state)}, {@code torch.set_rng_state(state)}.
   *
   * @param state whole numbers [5056], from {@link #getState} or from PyTorch
   * @return this generator
   * @throws IllegalArgumentException if it is something else; nothing has changed then
   */
  public Generator setState(Tensor state) {
    if (given(state, "state").dtype().isFloatingPoint() || state.numel() != GeneratorState.BYTES) {
      throw GeneratorState.invalid("the state is %s%s".formatted(state.dtype(), state.shape()));
    }
    int[] numbers = state.toIntArray();
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers[i];
      if (Byte.toUnsignedInt(bytes[i]) != numbers[i]) {
        throw GeneratorState.invalid("number %d is %d, no byte".formatted(i, numbers[i]));
      }
    }
    restore(bytes);
    return this;
  }

  /** What takes this generator back to the present moment, as often as it runs. */
  Runnable mark() {
    byte[] now = state();
    return () -> restore(now);
  }

  /** One without a seed is started anew: how far it is, it does not tell. */
  private synchronized byte[] state() {
    if (!seeded) {
      initialSeed = fast.nextLong();
      fast = new SplittableRandom(initialSeed);
    }
    return GeneratorState.bytes(initialSeed, seeded, twister, spareNormal);
  }

  private synchronized void restore(byte[] bytes) {
    var state = GeneratorState.of(bytes);
    initialSeed = state.initialSeed();
    seeded = state.seeded();
    twister = state.twister();
    spareNormal = state.spareNormal();
    fast = new SplittableRandom(initialSeed);
  }

  /**
   * 63 random bits: what PyTorch draws to seed what it shuffles by. PyTorch: {@code torch.empty((),
   * dtype=torch.int64).random_()}.
   */
  public synchronized long random() {
    return nextInt64() & Long.MAX_VALUE;
  }

  // One number at a time: whoever draws some holds the lock meanwhile.

  /** 32 random bits, as a number from 0 to 2^32 − 1. */
  long nextInt32() {
    return (seeded ? twister.nextInt() : fast.nextInt()) & 0xffffffffL;
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

  /** Whether each of n numbers of {@link #nextDouble} is below {@code p}. */
  boolean[] below(double p, int n) {
    // The numbers are multiples of 2^-53, so that they compare as whole numbers.
    long bound = (long) Math.ceil(p * 0x1p53);
    boolean[] out = ArrayPool.room(Shape.of(n), 1, boolean[]::new);
    if (!belowSeeded(bound, out)) {
      split(
          n,
          (random, from, to) -> {
            for (int i = from; i < to; i++) {
              out[i] = random.nextLong() >>> 11 < bound;
            }
          });
    }
    return out;
  }

  private synchronized boolean belowSeeded(long bound, boolean[] out) {
    int n = out.length;
    int[] bits = new int[(int) Math.min(2L * n, 1 << 10)];
    for (int from = 0; seeded && from < n; from += bits.length / 2) {
      int count = Math.min(bits.length / 2, n - from);
      twister.fill(bits, 2 * count);
      for (int i = 0; i < count; i++) {
        long high = bits[2 * i] & ((1L << 21) - 1);
        out[from + i] = (high << 32 | bits[2 * i + 1] & 0xffffffffL) < bound;
      }
    }
    return seeded;
  }

  /** A uniform number in [0, 1) of 24 bits. */
  float nextFloat() {
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
    if (dtype == DType.FLOAT64) {
      return filled(shape, () -> Math.fma(nextDouble(), to - from, from));
    }
    float[] out = ArrayPool.floats(shape);
    uniform(out, 0, n, from, to);
    return Dense.of(out, shape);
  }

  /** Uniform numbers in {@code [low, high)} for {@code n} elements from {@code at} on. */
  void uniform(float[] out, int at, int n, double low, double high) {
    float start = (float) low;
    float width = (float) high - start;
    if (!uniformSeeded(out, at, n, start, width)) {
      split(
          n,
          (random, first, last) -> {
            for (int i = at + first; i < at + last; i++) {
              out[i] = (random.nextInt() >>> 8) * 0x1p-24f * width + start;
            }
          });
    }
  }

  private synchronized boolean uniformSeeded(float[] out, int at, int n, float low, float width) {
    for (int i = at; seeded && i < at + n; i++) {
      out[i] = Math.fma(nextFloat(), width, low);
    }
    return seeded;
  }

  /** Uniform numbers for the elements of {@code x}, in the order they lie in memory. */
  Tensor uniform(Tensor x, double from, double to) {
    int[] order = MemoryOrder.of(x);
    return MemoryOrder.arranged(
        uniform(x.dtype(), MemoryOrder.permuted(x.shape(), order), from, to), order);
  }

  Tensor normal(DType dtype, Shape shape, double mean, double std) {
    floating("normal", dtype);
    int n = shape.numel();
    if (dtype == DType.FLOAT32) {
      float[] out = ArrayPool.floats(shape);
      normal(out, 0, n, mean, std);
      return Dense.of(out, shape);
    }
    if (n < BLOCK) {
      return filled(shape, () -> Math.fma(nextNormal(), std, mean));
    }
    double[] out = ArrayPool.room(shape, 8, double[]::new);
    int rest = n - lastBlock(n);
    synchronized (this) {
      fill(out, 0);
      NormalPairs.transform(out, 0, n, mean, std);
      fill(out, rest);
      NormalPairs.transform(out, rest, n, mean, std);
    }
    return Dense.of(out, dtype, shape);
  }

  /** Normal numbers for {@code n} elements from {@code at} on. */
  void normal(float[] out, int at, int n, double mean, double std) {
    if (!normalSeeded(out, at, n, mean, std)) {
      split(
          n,
          (random, first, last) -> {
            for (int i = at + first; i < at + last; i++) {
              out[i] = (float) (random.nextGaussian() * std + mean);
            }
          });
    }
  }

  private synchronized boolean normalSeeded(float[] out, int at, int n, double mean, double std) {
    if (!seeded) {
      return false;
    }
    if (n < BLOCK) {
      for (int i = at; i < at + n; i++) {
        out[i] = (float) Math.fma(nextNormal(), std, mean);
      }
    } else {
      int end = at + n;
      int rest = end - lastBlock(n);
      fill(out, at, end);
      NormalPairs.transformAll(out, at, end, (float) mean, (float) std);
      fill(out, rest, end);
      NormalPairs.transformAll(out, rest, end, (float) mean, (float) std);
    }
    return true;
  }

  /** The last numbers are drawn anew if they do not fill a block of their own. */
  private static int lastBlock(int n) {
    return n % BLOCK == 0 ? 0 : BLOCK;
  }

  /**
   * Normal numbers for the elements of {@code x}; one by one in the order of memory if that has
   * gaps or turns.
   */
  Tensor normal(Tensor x, double mean, double std) {
    if (x.isContiguous()) {
      return normal(x.dtype(), x.shape(), mean, std);
    }
    floating("normal", x.dtype());
    int[] order = MemoryOrder.of(x);
    Tensor drawn =
        filled(MemoryOrder.permuted(x.shape(), order), () -> Math.fma(nextNormal(), std, mean));
    return MemoryOrder.arranged(drawn.to(x.dtype()), order);
  }

  private void fill(float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = nextFloat();
    }
  }

  private void fill(double[] out, int from) {
    for (int i = from; i < out.length; i++) {
      out[i] = nextDouble();
    }
  }

  private synchronized Tensor filled(Shape shape, DoubleSupplier next) {
    double[] out = ArrayPool.room(shape, 8, double[]::new);
    for (int i = 0; i < out.length; i++) {
      out[i] = next.getAsDouble();
    }
    return Dense.of(out, DType.FLOAT64, shape);
  }

  private static void floating(String op, DType dtype) {
    if (!given(dtype, DType.class).isFloatingPoint()) {
      throw Errors.dtype(
          op, "dtype", "FLOAT32 or FLOAT64", dtype, "Use randint(...) for whole numbers.");
    }
  }

  // ---------------------------------------------------------------- unseeded, on all threads

  private interface Draw {
    void fill(SplittableRandom random, int from, int to);
  }

  /**
   * Fills by chunks, each with a generator split off beforehand, so that the threads need not meet.
   */
  private void split(int n, Draw draw) {
    int chunks = Math.ceilDiv(n, CHUNK);
    var randoms = new SplittableRandom[chunks];
    synchronized (this) {
      for (int c = 0; c < chunks; c++) {
        randoms[c] = fast.split();
      }
    }
    Parallel.rows(
        chunks,
        CHUNK * 8L,
        (from, to) -> {
          for (int c = from; c < to; c++) {
            draw.fill(randoms[c], c * CHUNK, (int) Math.min(n, (c + 1L) * CHUNK));
          }
        });
  }
}
