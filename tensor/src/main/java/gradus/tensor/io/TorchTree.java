package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nested dicts and lists of a checkpoint. */
final class TorchTree {
  private static final int DEEPEST = 200;
  private static final int LONGEST_NAME = 10_000;
  private static final int MOST_TENSORS = 1_000_000;
  private static final long MOST_NAMES = 64 << 20;

  /** The names people give the weights in a checkpoint. */
  private static final List<String> USUAL = List.of("state_dict", "model_state_dict", "model");

  private TorchTree() {}

  /**
   * Refuses what nobody can walk through: trees that are too deep, contain themselves, or share
   * parts so often that they grow without end.
   */
  static void check(Path file, Object root, int bytes) {
    long nodes = nodes(file, root, 0, new IdentityHashMap<>());
    if (nodes > 1000 + 16L * bytes) {
      throw error(file, "the same lists occur in one another again and again.");
    }
  }

  private static FormatException error(Path file, String problem) {
    return new FormatException(file, "data.pkl", problem);
  }

  /** The number of nodes a walk through would meet, as far as it is below 2^60. */
  private static long nodes(Path file, Object node, int depth, Map<Object, Long> known) {
    if (!(node instanceof Map<?, ?>) && !(node instanceof List<?>)) {
      if (node instanceof TorchGlobals.Global || node instanceof TorchStorages.Reference) {
        throw error(file, Quoted.of(node) + " stands where a tensor, number or string must be.");
      }
      return 1;
    }
    Long before = known.get(node);
    if (before != null && before > 0) {
      return before;
    }
    if (before != null || depth > DEEPEST) {
      throw error(
          file, before != null ? "a list contains itself." : "lists are nested too deeply.");
    }
    known.put(node, -1L);
    long nodes = 1;
    Collection<?> children = node instanceof Map<?, ?> map ? map.values() : (List<?>) node;
    for (Object child : children) {
      nodes = Math.min(1L << 60, nodes + nodes(file, child, depth + 1, known));
    }
    known.put(node, nodes);
    return nodes;
  }

  /** The tensors of the state dict in a checkpoint; see {@link TorchFile#loadStateDict}. */
  static Map<String, Tensor> stateDict(Path file, Object root) {
    if (isStateDict(root)) {
      return stateDict(root);
    }
    if (root instanceof Map<?, ?> map) {
      List<String> found = new ArrayList<>();
      map.forEach(
          (key, value) -> {
            if (key instanceof String name && isStateDict(value) && !isEmpty(value)) {
              found.add(name);
            }
          });
      for (String usual : USUAL) {
        if (isStateDict(map.get(usual))) {
          return stateDict(map.get(usual));
        }
      }
      if (found.size() == 1) {
        return stateDict(map.get(found.get(0)));
      }
      if (found.size() > 1) {
        throw error(
            file,
            "there are several state dicts: %s. Choose one of TorchFile.load(path)."
                .formatted(Quoted.of(found)));
      }
    }
    var flat = new Flat(file);
    flat.add(null, root);
    Map<String, Tensor> all = flat.out;
    if (all.isEmpty()) {
      throw error(file, "the checkpoint holds no tensors.");
    }
    return all;
  }

  private static boolean isStateDict(Object node) {
    return node instanceof Map<?, ?> map
        && map.entrySet().stream()
            .allMatch(e -> e.getKey() instanceof String && e.getValue() instanceof Tensor);
  }

  private static boolean isEmpty(Object map) {
    return ((Map<?, ?>) map).isEmpty();
  }

  private static Map<String, Tensor> stateDict(Object node) {
    var tensors = new LinkedHashMap<String, Tensor>();
    ((Map<?, ?>) node).forEach((name, tensor) -> tensors.put((String) name, (Tensor) tensor));
    return tensors;
  }

  /** Collects tensors by dotted names: parts that are shared many times must not become a bomb. */
  private static final class Flat {
    private final Path file;
    private final Map<String, Tensor> out = new LinkedHashMap<>();
    private long letters;

    Flat(Path file) {
      this.file = file;
    }

    void add(String name, Object node) {
      switch (node) {
        case Tensor tensor -> put(name == null ? "tensor" : name, tensor);
        case Map<?, ?> map -> map.forEach((key, value) -> add(name(name, key), value));
        case List<?> list -> {
          for (int i = 0; i < list.size(); i++) {
            add(name(name, i), list.get(i));
          }
        }
        case null, default -> {
          // Numbers and strings are no tensors.
        }
      }
    }

    private String name(String prefix, Object key) {
      String part = String.valueOf(key);
      if (prefix == null) {
        return part;
      }
      if (prefix.length() + part.length() > LONGEST_NAME) {
        throw error(file, "a dotted name is longer than %,d characters.".formatted(LONGEST_NAME));
      }
      return prefix + "." + part;
    }

    private void put(String name, Tensor tensor) {
      letters += name.length();
      if (out.put(name, tensor) != null) {
        throw error(
            file,
            "two tensors have the dotted name \"%s\". Take them from TorchFile.load(path)."
                .formatted(Quoted.of(name)));
      }
      if (out.size() > MOST_TENSORS || letters > MOST_NAMES) {
        throw error(
            file,
            "more than %,d tensors, or more than %,d characters of names."
                .formatted(MOST_TENSORS, MOST_NAMES));
      }
    }
  }
}
