package gradus.nn;

import gradus.tensor.Tensor;
import gradus.tensor.io.Heap;
import gradus.tensor.io.LoadProgress;
import gradus.tensor.io.Npz;
import gradus.tensor.io.Safetensors;
import gradus.tensor.io.TensorFiles;
import gradus.tensor.io.TorchFile;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The state of a layer: its tensors by dotted name, in order. The map cannot be changed; the
 * tensors are detached but share memory with the layer, so later training shows in them.
 *
 * <pre>{@code
 * model.stateDict().save(path);
 * model.loadStateDict(StateDict.load(path));
 * }</pre>
 *
 * <p>PyTorch: the result of {@code state_dict()}.
 */
public final class StateDict extends AbstractMap<String, Tensor> {
  private final Map<String, Tensor> tensors;

  StateDict(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * A state of the given tensors.
   *
   * @param tensors the tensors by dotted name
   */
  public static StateDict of(Map<String, Tensor> tensors) {
    return new StateDict(tensors);
  }

  /**
   * The state in a file of any known kind, told apart by what is in it: safetensors, also sharded
   * ({@code model.safetensors.index.json}), NumPy's {@code .npz} and {@code .npy}, PyTorch's
   * checkpoints ({@code .pt}, {@code .pth}), and with the module {@code gradus.text} ONNX models
   * and TensorFlow's SavedModel.
   *
   * @param path the file, or the folder of a SavedModel
   * @throws gradus.tensor.io.FormatException if the file is of no known kind, or damaged; then
   *     nothing is loaded
   * @throws java.io.UncheckedIOException if it cannot be opened
   */
  public static StateDict load(Path path) {
    return load(path, LoadProgress.console());
  }

  /** The same, telling {@code progress} how far it is. */
  public static StateDict load(Path path, LoadProgress progress) {
    Map<String, Tensor> tensors = TensorFiles.load(path, progress);
    return Heap.reading(path, "its names", () -> new StateDict(tensors));
  }

  /**
   * Writes the state, wholly or not at all: as a PyTorch checkpoint if the name ends in {@code .pt}
   * or {@code .pth}, for NumPy if it ends in {@code .npz}, as safetensors if in {@code
   * .safetensors}.
   *
   * @param path the file, replaced if it is there
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path) {
    String given = String.valueOf(path.getFileName());
    String name = given.toLowerCase(Locale.ROOT);
    switch (name.indexOf('.') < 0 ? "" : name.substring(name.lastIndexOf('.') + 1)) {
      case "pt", "pth" -> TorchFile.save(this, path);
      case "npz" -> Npz.save(this, path);
      case "safetensors" -> Safetensors.save(this, path);
      default ->
          throw new IllegalArgumentException(
              "save: a state is not written as %s. Name the file .safetensors, .pt, .pth or .npz."
                  .formatted(given));
    }
  }

  /**
   * A state with copies of all tensors, which later training does not change, and which outlive the
   * {@link gradus.tensor.Memory#scope() scope} they were made in.
   */
  public StateDict copy() {
    var copies = new LinkedHashMap<String, Tensor>();
    tensors.forEach((name, tensor) -> copies.put(name, LayerTree.lasting(tensor.detach().clone())));
    return new StateDict(copies);
  }

  @Override
  public Set<Entry<String, Tensor>> entrySet() {
    return tensors.entrySet();
  }

  @Override
  public Tensor get(Object name) {
    return tensors.get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    return tensors.containsKey(name);
  }
}
