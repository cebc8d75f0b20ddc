package gradus.tensor.kernel.math;

/** Integer functions that {@link Math} does not have; all wrap around like Java's {@code long}. */
public final class Integers {

  private Integers() {}

  /** Base to the power; a negative power is 0 unless the base is 1 or −1, as in PyTorch. */
  public static long pow(long base, long power) {
    if (power < 0) {
      return base == 1 ? 1 : base == -1 ? ((power & 1) == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    for (long factor = base, left = power; left != 0; left >>= 1, factor *= factor) {
      if ((left & 1) != 0) {
        result *= factor;
      }
    }
    return result;
  }

  /** The greatest common divisor, never negative. */
  public static long gcd(long a, long b) {
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return Math.abs(a);
  }

  /** The least common multiple, never negative; 0 if one of them is 0. */
  public static long lcm(long a, long b) {
    long divisor = gcd(a, b);
    return divisor == 0 ? 0 : Math.abs(a / divisor * b);
  }

  /** Fails: for the floating forms of ops that exist for integers only. */
  public static double onlyIntegers() {
    throw new UnsupportedOperationException("This op is one of integers. Convert with toLong().");
  }
}
