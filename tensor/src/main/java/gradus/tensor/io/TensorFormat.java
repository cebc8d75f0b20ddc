package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;

/**
 * A kind of file that holds named tensors. Modules add theirs as a service ({@code provides
 * gradus.tensor.io.TensorFormat with …}); {@link TensorFiles#load} then knows it.
 */
public interface TensorFormat {
  /** How many bytes of a file {@link #recognises} is shown at most. */
  int SHOWN = 4096;

  /** What the kind is called, such as {@code safetensors}. */
  String name();

  /**
   * Whether a file is of this kind, as far as its beginning tells; its name does not count.
   *
   * @param path the file, or a folder
   * @param start its first bytes, at most {@link #SHOWN}; none of a folder
   */
  boolean recognises(Path path, byte[] start);

  /**
   * All tensors by name, in the order of the file.
   *
   * @param path the file or folder
   * @param progress hears how far it is
   * @throws FormatException if the file is damaged; then nothing is loaded
   */
  Map<String, Tensor> load(Path path, LoadProgress progress);
}
