package gradus.text.training;

/**
 * The random numbers of a job: SplitMix64, a step and three multiplications a number.
 *
 * <p>Each job of each pass has a seed of its own, so that what is drawn depends neither on the
 * number of threads nor on whether the training was interrupted.
 *
 * <p>Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
 */
public final class SamplingRandom {

  private static final long STEP = 0x9E3779B97F4A7C15L;

  private long state;

  /** The numbers that belong to a seed. */
  public SamplingRandom(long seed) {
    state = mixed(seed);
  }

  /** The numbers of one job of one pass. */
  public SamplingRandom(long seed, long pass, long job) {
    this(mixed(mixed(seed) + pass) + job);
  }

  private static long mixed(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** 64 random bits. */
  public long next() {
    state += STEP;
    return mixed(state);
  }

  /** A whole number in {@code 0..bound-1}. */
  public int below(int bound) {
    return (int) ((next() >>> 32) * bound >>> 32);
  }

  /** A number in [0, 1). */
  public float nextFloat() {
    return (next() >>> 40) * 0x1p-24f;
  }
}
