package gradus.tensor.io;

import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Damages small valid files in all the ways that are known to hurt readers; only a {@link
 * FormatException} may come out of them.
 */
public final class Mutations {
  /** How many damaged files each reader is given. */
  public static final int COUNT = 10_000;

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    127,
    128,
    255,
    256,
    32767,
    65535,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -8,
    -16
  };

  private Mutations() {}

  /**
   * Gives 10,000 damaged forms of the samples to a reader.
   *
   * @param seed where the random numbers begin
   * @param samples valid files
   * @param reader the reader
   */
  public static void check(long seed, List<byte[]> samples, Consumer<byte[]> reader) {
    try (var _ = Warnings.heard()) {
      checkQuietly(seed, samples, reader);
    }
  }

  private static void checkQuietly(long seed, List<byte[]> samples, Consumer<byte[]> reader) {
    int refused = 0;
    for (int i = 0; i < COUNT; i++) {
      var random = new SplittableRandom(seed * COUNT + i);
      byte[] sample = samples.get(random.nextInt(samples.size()));
      byte[] damaged = sample;
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        damaged = mutate(damaged, samples, random);
      }
      try {
        reader.accept(damaged);
      } catch (FormatException e) {
        refused++;
      } catch (Throwable e) {
        fail("seed " + seed + ", mutation " + i + ": " + e, e);
      }
    }
    if (refused < COUNT / 20) {
      fail("only " + refused + " of " + COUNT + " damaged files were refused");
    }
  }

  private static byte[] mutate(byte[] from, List<byte[]> samples, SplittableRandom random) {
    int n = from.length;
    int at = n == 0 ? 0 : random.nextInt(n);
    return switch (random.nextInt(7)) {
      case 0 -> flipped(from, at, random);
      case 1 -> joined(Arrays.copyOf(from, at), bytes(random), Arrays.copyOfRange(from, at, n));
      case 2 -> {
        int end = at + random.nextInt(Math.min(n - at, 16) + 1);
        yield joined(Arrays.copyOf(from, at), Arrays.copyOfRange(from, end, n));
      }
      case 3 -> Arrays.copyOf(from, at);
      case 4 -> {
        byte[] other = samples.get(random.nextInt(samples.size()));
        int start = random.nextInt(other.length);
        yield joined(Arrays.copyOf(from, at), Arrays.copyOfRange(other, start, other.length));
      }
      case 5 -> extreme(from, at, random);
      default -> digits(from, at, random);
    };
  }

  private static byte[] flipped(byte[] from, int at, SplittableRandom random) {
    byte[] out = from.clone();
    if (at < out.length) {
      out[at] ^= (byte) (random.nextBoolean() ? 1 << random.nextInt(8) : random.nextInt(256));
    }
    return out;
  }

  private static byte[] bytes(SplittableRandom random) {
    byte[] bytes = new byte[1 + random.nextInt(16)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] extreme(byte[] from, int at, SplittableRandom random) {
    byte[] out = from.clone();
    long value = EXTREMES[random.nextInt(EXTREMES.length)];
    int width = 1 << random.nextInt(4);
    for (int i = 0; i < width && at + i < out.length; i++) {
      out[at + i] = (byte) (value >> 8 * i);
    }
    return out;
  }

  /** A digit in a text turned into a large or negative number. */
  private static byte[] digits(byte[] from, int at, SplittableRandom random) {
    for (int i = at; i < from.length; i++) {
      if (from[i] >= '0' && from[i] <= '9') {
        byte[] number = Long.toString(EXTREMES[random.nextInt(EXTREMES.length)]).getBytes();
        return joined(Arrays.copyOf(from, i), number, Arrays.copyOfRange(from, i + 1, from.length));
      }
    }
    return flipped(from, at, random);
  }

  private static byte[] joined(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(p -> p.length).sum();
    byte[] out = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, out, at, part.length);
      at += part.length;
    }
    return out;
  }
}
