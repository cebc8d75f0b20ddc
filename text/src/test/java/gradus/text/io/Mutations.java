package gradus.text.io;

import static org.assertj.core.api.Assertions.fail;

import gradus.tensor.io.FormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Damages valid files in ten thousand ways, several at a time; a reader may only give a result or
 * the one error.
 */
public final class Mutations {

  private static final int COUNT = 10_000;

  private static final long[] EXTREMES = {
    0,
    -1,
    1,
    2,
    255,
    256,
    65_536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 31,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x7f7f7f7f
  };

  private Mutations() {}

  /** Reads mutations of each of the files, as they are. */
  public static void fuzz(Path folder, long seed, List<byte[]> valid, Consumer<Path> reader) {
    fuzz(folder, seed, valid, UnaryOperator.identity(), reader);
  }

  /** Reads mutations of each of the files, changed into what lies on the disk. */
  public static void fuzz(
      Path folder,
      long seed,
      List<byte[]> valid,
      UnaryOperator<byte[]> wrapping,
      Consumer<Path> reader) {
    long refused =
        IntStream.range(0, COUNT)
            .parallel()
            .filter(i -> isRefused(folder, seed, i, valid, wrapping, reader))
            .count();
    if (refused < COUNT / 20) {
      fail("only %d of %d mutations were refused: they do no damage".formatted(refused, COUNT));
    }
  }

  private static boolean isRefused(
      Path folder,
      long seed,
      int i,
      List<byte[]> valid,
      UnaryOperator<byte[]> wrapping,
      Consumer<Path> reader) {
    var random = new SplittableRandom(seed + i);
    byte[] bytes = valid.get(i % valid.size());
    int damages = 1 + random.nextInt(3);
    for (int d = 0; d < damages; d++) {
      bytes = mutated(bytes, valid.get(random.nextInt(valid.size())), random);
    }
    Path file = folder.resolve("mutated" + i);
    try {
      Files.write(file, wrapping.apply(bytes));
      reader.accept(file);
      return false;
    } catch (FormatException e) {
      return true;
    } catch (IOException | RuntimeException | Error e) {
      return fail("seed %d, mutation %d: %s".formatted(seed, i, e), e);
    } finally {
      delete(file);
    }
  }

  /** Which mutation a file holds. */
  public static int number(Path mutated) {
    return Integer.parseInt(mutated.getFileName().toString().substring("mutated".length()));
  }

  /**
   * A new file costs a sixth of one that is written over: file systems put the latter on the disk.
   */
  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] mutated(byte[] bytes, byte[] other, SplittableRandom random) {
    if (bytes.length < 2) {
      return other.clone();
    }
    // Headers are where it hurts.
    int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 96));
    int count = Math.min(1 + random.nextInt(16), bytes.length - at);
    return switch (random.nextInt(7)) {
      case 0 -> flipped(bytes, at, random);
      case 1 -> spliced(bytes, at, noise(1 + random.nextInt(16), random), at);
      case 2 -> spliced(bytes, at, new byte[0], at + count);
      case 3 -> Arrays.copyOf(bytes, at);
      case 4 -> {
        int from = random.nextInt(other.length);
        yield spliced(bytes, at, Arrays.copyOfRange(other, from, other.length), bytes.length);
      }
      case 5 -> overwritten(bytes, at, random);
      default -> digits(bytes, at, random);
    };
  }

  private static byte[] flipped(byte[] bytes, int at, SplittableRandom random) {
    byte[] result = bytes.clone();
    result[at] ^= (byte) (1 << random.nextInt(8));
    return result;
  }

  private static byte[] noise(int count, SplittableRandom random) {
    byte[] noise = new byte[count];
    random.nextBytes(noise);
    return noise;
  }

  /** The bytes before {@code at}, others, and those from {@code rest} on. */
  private static byte[] spliced(byte[] bytes, int at, byte[] others, int rest) {
    byte[] result = Arrays.copyOf(bytes, at + others.length + bytes.length - rest);
    System.arraycopy(others, 0, result, at, others.length);
    System.arraycopy(bytes, rest, result, at + others.length, bytes.length - rest);
    return result;
  }

  private static byte[] overwritten(byte[] bytes, int at, SplittableRandom random) {
    byte[] number = new byte[8];
    ByteBuffer.wrap(number)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(EXTREMES[random.nextInt(EXTREMES.length)]);
    byte[] result = bytes.clone();
    int size = random.nextBoolean() ? 4 : 8;
    System.arraycopy(number, 0, result, at, Math.min(size, bytes.length - at));
    return result;
  }

  /** An extreme number in decimal digits. */
  private static byte[] digits(byte[] bytes, int at, SplittableRandom random) {
    String number = Long.toString(EXTREMES[random.nextInt(EXTREMES.length)]);
    return spliced(bytes, at, number.getBytes(java.nio.charset.StandardCharsets.US_ASCII), at);
  }
}
