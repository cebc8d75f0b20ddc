package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Reads and writes {@code .npy}: one array of NumPy.
 *
 * <pre>{@code
 * Tensor x = Npy.load(Path.of("x.npy"));
 * Npy.save(x, Path.of("y.npy"));   // the bytes np.save writes
 * }</pre>
 *
 * <p>All numeric types are read, widened to a type of tensors ({@link StoredDType}), in both byte
 * orders; an array in Fortran order becomes a tensor with such strides. NumPy: {@code np.load},
 * {@code np.save}.
 */
public final class Npy {
  private static final String START = "byte 0";

  private Npy() {}

  /**
   * The array of a file.
   *
   * @return a tensor of its shape
   * @throws FormatException if the file is damaged, or holds no plain numbers
   */
  public static Tensor load(Path path) {
    return load(path, LoadProgress.console());
  }

  /** The same, telling {@code progress} how far it is. */
  public static Tensor load(Path path, LoadProgress progress) {
    return FileBytes.reading(path, progress, Npy::read);
  }

  static Tensor read(FileBytes file, LoadProgress progress) {
    FileInput in = file.input(0, file.size());
    try {
      NpyHeader header = NpyHeader.read(file.path(), START, in);
      Tensor tensor = array(file.path(), START, header, in, in.left());
      Rest.leftOut(file.path(), START, in.left(), "the array");
      progress.at(file.path(), file.size(), file.size());
      return tensor;
    } catch (IOException e) {
      throw FileErrors.reading(file.path(), e);
    }
  }

  /** How the array of a file is stored. */
  public static NpyHeader header(Path path) {
    try (FileBytes file = FileBytes.open(path)) {
      return NpyHeader.read(path, START, file.input(0, file.size()));
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }

  /** The array behind a header, of which that many bytes are known to be there. */
  static Tensor array(Path file, String place, NpyHeader header, InputStream in, long there)
      throws IOException {
    if (header.bytes(file, place) > there) {
      throw new FormatException(
          file,
          place,
          "%s of %s takes %d bytes, but %d follow the header."
              .formatted(
                  Arrays.toString(header.shape()),
                  header.dtype(),
                  header.bytes(file, place),
                  there));
    }
    return inOrder(
        ElementSink.read(file, place, in, header.dtype(), header.order(), stored(header)),
        header.fortranOrder());
  }

  /** The sizes in the order in which the file runs through them, the last one fastest. */
  static long[] stored(NpyHeader header) {
    long[] shape = header.shape();
    int last = shape.length - 1;
    return header.fortranOrder()
        ? IntStream.rangeClosed(0, last).mapToLong(i -> shape[last - i]).toArray()
        : shape;
  }

  /** The array as the file describes it. */
  static Tensor inOrder(Tensor stored, boolean fortranOrder) {
    return fortranOrder && stored.dim() > 1 ? reversed(stored).detach() : stored;
  }

  private static Tensor reversed(Tensor x) {
    return x.detach().permute(IntStream.range(0, x.dim()).map(i -> x.dim() - 1 - i).toArray());
  }

  /**
   * Writes a tensor as {@code np.save} does: its type as it is, little-endian, and in Fortran order
   * only if it lies so in memory.
   *
   * @param tensor the tensor
   * @param path the file, replaced if it is there
   */
  public static void save(Tensor tensor, Path path) {
    save(tensor, path, header(FileErrors.given("save", "the tensor", tensor)));
  }

  /**
   * Writes a tensor in the form of another file, such as {@code f2} or big-endian.
   *
   * @param tensor the tensor
   * @param path the file, replaced if it is there
   * @param like how to store it; only the shape is the tensor's own
   * @throws IllegalArgumentException if a number does not fit, or NumPy has no such type
   */
  public static void save(Tensor tensor, Path path, NpyHeader like) {
    FileErrors.given("save", "the tensor", tensor);
    FileErrors.given("save", "the header", like);
    AtomicFile.write(path, channel -> write(channel, tensor, like));
  }

  static NpyHeader header(Tensor tensor) {
    boolean fortran = !tensor.isContiguous() && tensor.dim() > 1 && reversed(tensor).isContiguous();
    StoredDType type = StoredDType.of(tensor.dtype());
    return new NpyHeader(1, type, ByteOrder.LITTLE_ENDIAN, fortran);
  }

  static void write(WritableByteChannel channel, Tensor tensor, NpyHeader like) throws IOException {
    if (like.dtype().numpy().isEmpty()) {
      throw new IllegalArgumentException(
          "npy: NumPy has no type " + like.dtype() + ". Use F32, or safetensors.");
    }
    long[] shape = Arrays.stream(tensor.shape().toArray()).asLongStream().toArray();
    var header =
        new NpyHeader(like.version(), like.dtype(), like.order(), like.fortranOrder(), shape);
    ElementWriter.writeFully(channel, ByteBuffer.wrap(header.toBytes()));
    boolean reversed = like.fortranOrder() && tensor.dim() > 1;
    ElementWriter.write(
        channel, reversed ? reversed(tensor) : tensor.detach(), like.dtype(), like.order());
  }
}
