package gradus.nn.data;

import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several elements made one batch. PyTorch: {@code default_collate}. */
public final class Collate {
  private Collate() {}

  /**
   * Tensors are stacked; lists of tensors, and maps to tensors, are stacked place by place.
   *
   * @param elements of one kind and, place by place, of one shape
   * @return a tensor, a list or a map, as each element is
   * @throws IllegalArgumentException if an element is of another kind
   */
  @SuppressWarnings("unchecked") // an element's kind is the batch's
  public static <T> T stack(List<? extends T> elements) {
    return (T) any(elements);
  }

  private static Object any(List<?> elements) {
    Object first = elements.getFirst();
    return switch (first) {
      case Tensor _ -> Tensor.stack(elements.stream().map(Tensor.class::cast).toList());
      case List<?> list -> {
        var out = new ArrayList<Object>();
        for (int i = 0; i < list.size(); i++) {
          int place = i;
          out.add(any(elements.stream().map(element -> ((List<?>) element).get(place)).toList()));
        }
        yield List.copyOf(out);
      }
      case Map<?, ?> map -> {
        var out = new LinkedHashMap<Object, Object>();
        for (Object key : map.keySet()) {
          out.put(
              key, any(elements.stream().map(element -> ((Map<?, ?>) element).get(key)).toList()));
        }
        yield out;
      }
      default ->
          throw new IllegalArgumentException(
              ("DataLoader: an element is a %s. Tensors, lists of tensors and maps to tensors are"
                      + " stacked by themselves; for anything else give a function that makes one"
                      + " batch of several: DataLoader.of(dataset, collate, options).")
                  .formatted(first.getClass().getSimpleName()));
    };
  }
}
