package gradus.tensor.kernel.random;

import java.nio.ByteBuffer;

/**
 * 32 random bits at a time with a period of 2^19937 − 1: the sequence PyTorch draws on a CPU.
 *
 * <p>Matsumoto and Nishimura, "Mersenne Twister", 1998.
 */
public final class MersenneTwister {
  private static final int N = 624;
  private static final int M = 397;

  private final int[] state = new int[N];
  private int next = N;

  /** Starts the sequence of a seed, of which the lower 32 bits count. */
  public void seed(long seed) {
    next = N;
    state[0] = (int) seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** Puts how far it is, as PyTorch lays it out: how many are left, 1, the next, all numbers. */
  public void write(ByteBuffer out) {
    boolean used = next == N;
    out.putInt(used ? 1 : N + 1 - next).putInt(1).putLong(used ? 0 : next);
    for (int number : state) {
      out.putLong(number & 0xffffffffL);
    }
  }

  /** Takes what {@link #write} or PyTorch has put; false, and no change, if that is none. */
  public boolean read(ByteBuffer in) {
    int left = in.getInt();
    int filled = in.getInt();
    long from = in.getLong();
    if (filled != 1 || left < 1 || left > N || left > 1 && left + from != N + 1) {
      return false;
    }
    next = left == 1 ? N : (int) from;
    for (int i = 0; i < N; i++) {
      state[i] = (int) in.getLong();
    }
    return true;
  }

  public int nextInt() {
    if (next == N) {
      twist();
    }
    return tempered(state[next++]);
  }

  /** The next {@code n} numbers, which {@link #nextInt} would give one by one. */
  public void fill(int[] out, int n) {
    for (int filled = 0; filled < n; ) {
      if (next == N) {
        twist();
      }
      int count = Math.min(n - filled, N - next);
      for (int i = 0; i < count; i++) {
        out[filled + i] = tempered(state[next + i]);
      }
      filled += count;
      next += count;
    }
  }

  private static int tempered(int y) {
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < N - M; i++) {
      state[i] = mixed(state[i], state[i + 1]) ^ state[i + M];
    }
    for (int i = N - M; i < N - 1; i++) {
      state[i] = mixed(state[i], state[i + 1]) ^ state[i + M - N];
    }
    state[N - 1] = mixed(state[N - 1], state[0]) ^ state[M - 1];
    next = 0;
  }

  /** Without a branch: it would be mispredicted half of the time. */
  private static int mixed(int a, int b) {
    int y = (a & 0x80000000) | (b & 0x7fffffff);
    return (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
  }
}
