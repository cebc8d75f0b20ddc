package gradus.tensor.io;

import java.nio.file.Path;

/** Says of a file that it is too large for the memory, instead of leaving it to the machine. */
public final class Heap {

  private Heap() {}

  /** What makes something of a file. */
  @FunctionalInterface
  public interface Reading<T, E extends Exception> {
    /** What it makes. */
    T make() throws E;
  }

  /**
   * What is made of a file.
   *
   * @param file the file, for the error
   * @param place what of it takes the memory, such as {@code its words}
   * @param reading makes it
   * @throws FormatException if the heap is too small
   */
  public static <T, E extends Exception> T reading(Path file, String place, Reading<T, E> reading)
      throws E {
    try {
      return reading.make();
    } catch (OutOfMemoryError e) {
      throw tooSmall(file, place, "they do", e);
    }
  }

  /** The error where it is known how many bytes are wanted. */
  static FormatException tooSmall(Path file, String place, long bytes, OutOfMemoryError e) {
    return tooSmall(file, place, "%,d bytes do".formatted(bytes), e);
  }

  private static FormatException tooSmall(
      Path file, String place, String what, OutOfMemoryError e) {
    return new FormatException(
        file,
        place,
        "%s not fit into the heap of %,d MB. Give Java more: -Xmx."
            .formatted(what, Runtime.getRuntime().maxMemory() >> 20),
        e);
  }
}
