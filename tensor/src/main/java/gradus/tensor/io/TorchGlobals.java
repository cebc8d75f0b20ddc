package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/** The few names a checkpoint may use, and what they mean here; all others are refused. */
final class TorchGlobals {
  /** A name that stands for itself until it is called. */
  record Global(String module, String name) {
    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  private static final int MOST_DIMS = 64;

  private static final List<String> ALLOWED =
      List.of(
          "collections.OrderedDict",
          "torch._utils._rebuild_tensor_v2",
          "torch._utils._rebuild_tensor_v3",
          "torch._utils._rebuild_parameter",
          "torch.Size",
          "torch.storage.UntypedStorage");

  private final TorchStorages storages;
  private final Function<String, FormatException> error;

  TorchGlobals(TorchStorages storages, Function<String, FormatException> error) {
    this.storages = storages;
    this.error = error;
  }

  /** The meaning of a name; a type such as {@code torch.float32} is its name. */
  Object find(String module, String name) {
    var global = new Global(module, name);
    boolean ofTorch = module.equals("torch");
    if (ofTorch && StoredDType.ofTorch(name).isPresent()) {
      return global.toString();
    }
    if (!ALLOWED.contains(global.toString()) && !(ofTorch && TorchStorages.ofClass(name) != null)) {
      throw error.apply(
          "%s is not allowed: whatever it is, loading it could run a program. Only tensors, dicts, lists, numbers and strings are loaded. In Python, save model.state_dict() instead."
              .formatted(Quoted.of(global)));
    }
    return global;
  }

  /** A block of memory, from {@code ("storage", torch.FloatStorage, "0", "cpu", 12)}. */
  TorchStorages.Reference storage(List<?> id) {
    if (id.size() != 5 || !"storage".equals(id.get(0))) {
      throw error.apply("the checkpoint names something outside of it that is no storage.");
    }
    var type = (Global) id.get(1);
    StoredDType stored = TorchStorages.ofClass(type.name());
    if (stored == null && !type.name().equals("UntypedStorage")) {
      throw error.apply(Quoted.of(type) + " is no type of storage.");
    }
    String key = (String) id.get(2);
    if (!key.matches("\\w{1,40}")) {
      throw error.apply("\"" + Quoted.of(key) + "\" is no name of a storage.");
    }
    return new TorchStorages.Reference(key, stored, (Long) id.get(4));
  }

  /** What a call gives. */
  Object call(Object callee, List<?> args) {
    String name = callee instanceof Global global ? global.toString() : "something nameless";
    int n = args.size();
    if (name.equals("collections.OrderedDict") && n == 0) {
      return new LinkedHashMap<>();
    } else if (name.equals("torch._utils._rebuild_tensor_v2") && (n == 6 || n == 7)) {
      return tensor(args, null);
    } else if (name.equals("torch._utils._rebuild_tensor_v3") && (n == 7 || n == 8)) {
      return tensor(args, (String) args.get(6));
    } else if (name.equals("torch._utils._rebuild_parameter") && n == 3) {
      return (Tensor) args.get(0);
    } else if (name.equals("torch.Size") && n == 1 && args.get(0) instanceof List<?> sizes) {
      // The only call that copies: of a long list it would be a bomb.
      if (sizes.size() > MOST_DIMS) {
        throw error.apply("torch.Size of " + sizes.size() + " sizes; at most 64 are allowed.");
      }
      return new ArrayList<Object>(sizes);
    }
    throw error.apply(
        Quoted.of(name) + " is called with " + n + " arguments, which is not allowed.");
  }

  private Tensor tensor(List<?> args, String dtype) {
    var storage = (TorchStorages.Reference) args.get(0);
    StoredDType type =
        dtype == null
            ? storage.type()
            : StoredDType.ofTorch(dtype.replace("torch.", "")).orElse(storage.type());
    if (type == null) {
      throw error.apply("a tensor has no type.");
    }
    return storages.tensor(
        storage, type, (Long) args.get(1), longs(args.get(2)), longs(args.get(3)));
  }

  private static List<Long> longs(Object list) {
    return ((List<?>) list).stream().map(Long.class::cast).toList();
  }

  /** What Python calls an instruction that is refused here. */
  static String instruction(int op) {
    String name =
        switch (op) {
          case 0x81 -> "NEWOBJ";
          case 0x92 -> "NEWOBJ_EX";
          case 'i' -> "INST";
          case 'o' -> "OBJ";
          case 'P' -> "PERSID";
          case 0x82, 0x83, 0x84 -> "EXT";
          case 'B', 'C', 0x8e -> "BINBYTES";
          case 0x96 -> "BYTEARRAY8";
          case 0x97, 0x98 -> "BUFFER";
          case 0x8f, 0x90, 0x91 -> "SET";
          case 'S', 'V' -> "STRING";
          case 'I', 'L', 'F', 0x8b -> "NUMBER";
          case '1', '2' -> "STACK";
          default -> "UNKNOWN";
        };
    return "%s (0x%02x)".formatted(name, op);
  }
}
