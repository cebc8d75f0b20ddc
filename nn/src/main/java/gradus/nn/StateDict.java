package gradus.nn;

import gradus.tensor.Tensor;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The state of a layer: its tensors by dotted name, in order. The map cannot be changed; the
 * tensors are detached but share memory with the layer, so later training shows in them.
 *
 * <pre>{@code
 * Safetensors.save(model.stateDict(), path);
 * model.loadStateDict(Safetensors.load(path));
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
   * @return the state
   */
  public static StateDict of(Map<String, Tensor> tensors) {
    return new StateDict(tensors);
  }

  /** A state with copies of all tensors, which later training does not change. */
  public StateDict copy() {
    var copies = new LinkedHashMap<String, Tensor>();
    tensors.forEach((name, tensor) -> copies.put(name, tensor.detach().clone()));
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
